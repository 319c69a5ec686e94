"""Drafting, issuing, signing and amending letters."""

from shoushan.letters.actions.amending import propose, refuse_amendment, sign_amendment
from shoushan.letters.actions.issuing import add_basis, draft, edit_draft, issue, sign

__all__ = ["add_basis", "draft", "edit_draft", "issue", "propose", "refuse_amendment", "sign", "sign_amendment"]
