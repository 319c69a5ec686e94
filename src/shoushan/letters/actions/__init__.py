"""Drafting, issuing, signing and amending letters."""

from shoushan.letters.actions.amending import propose, refuse_amendment, sign_amendment
from shoushan.letters.actions.issuing import Issued, add_basis, draft, draft_all, edit_draft, issue, issue_all, sign

__all__ = [
    "Issued",
    "add_basis",
    "draft",
    "draft_all",
    "edit_draft",
    "issue",
    "issue_all",
    "propose",
    "refuse_amendment",
    "sign",
    "sign_amendment",
]
