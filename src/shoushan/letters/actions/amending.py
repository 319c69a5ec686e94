"""Changing a target of a letter in force: proposed with its ground, signed by both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.letters.actions.issuing import party_of, write_annex
from shoushan.letters.models import Amendment, Letter, Signature
from shoushan.orgs.models import Person, Post
from shoushan.plans import actions as plans
from shoushan.plans.models import Share


@transaction.atomic
def propose(
    letter: Letter, share: Share, *, after: Decimal, ground: str, explanation: str, on: date, by: Person
) -> Amendment:
    """Propose another target for one share of a letter in force; never after 31 December of its year."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != Letter.State.IN_FORCE:
        raise Refusal(
            "amendment.not_in_force",
            mark("This letter is not in force yet, so there is nothing to amend."),
            hint=mark("Sign it first; a draft is simply edited."),
        )
    if on.year > letter.year.number:
        raise Refusal(
            "amendment.too_late",
            mark("%(year)s is over; its targets stay as they are."),
            hint=mark("Say the ground in an objection to the score."),
            params={"year": letter.year.number},
        )
    if ground not in Amendment.Ground.values or not explanation.strip():
        raise Refusal(
            "amendment.ground",
            mark("An amendment needs a ground from the list and a sentence that explains it."),
            hint=mark("Choose the ground and say what happened."),
            field="explanation",
        )
    _check_target(letter, share, after)
    amendment = Amendment.objects.create(
        letter=letter,
        share=share,
        ground=ground,
        explanation=explanation.strip(),
        before=share.value,
        after=after,
        proposed_by=by,
        proposed_at=moment.current().at,
    )
    ledger.record("proposed", amendment, by=by, reason=explanation.strip())
    return amendment


@transaction.atomic
def sign_amendment(amendment: Amendment, *, by: Person) -> Amendment:
    """Sign an amendment as one of the letter's signatories; with both, the target changes."""
    amendment = _open(amendment)
    party, _post = party_of(amendment.letter, by)
    field = "unit_signed_by" if party == Signature.Party.UNIT else "district_signed_by"
    if getattr(amendment, f"{field}_id"):
        raise Refusal(
            "amendment.signed",
            mark("You have signed this amendment already."),
            hint=mark("It waits for the other party."),
        )
    before = {field: None, "state": amendment.state}
    setattr(amendment, field, by)
    both = amendment.unit_signed_by_id and amendment.district_signed_by_id
    amendment.state = Amendment.State.IN_FORCE if both else Amendment.State.HALF_SIGNED
    amendment.decided_at = moment.current().at if both else None
    amendment.save(update_fields=[field, "state", "decided_at"])
    ledger.record("signed", amendment, by=by, before={**before, "decided_at": None})
    if both:
        _put_in_force(amendment, by=by)
    return amendment


@transaction.atomic
def refuse_amendment(amendment: Amendment, *, reason: str, by: Person) -> Amendment:
    """One of the signatories, or the supervision office, refuses an amendment with a reason."""
    if not reason.strip():
        raise Refusal(
            "amendment.reason",
            mark("A refusal needs a reason."),
            hint=mark("Say in a sentence why the target stays."),
            field="reason",
        )
    amendment = _open(amendment)
    _check_may_refuse(amendment.letter, by)
    before = {"state": amendment.state}
    amendment.state = Amendment.State.REFUSED
    amendment.save(update_fields=["state"])
    ledger.record("refused", amendment, by=by, before=before, reason=reason.strip())
    return amendment


def _check_target(letter: Letter, share: Share, after: Decimal) -> None:
    if not letter.annex.filter(version=letter.version, share=share).exists():
        raise Refusal(
            "amendment.not_in_letter",
            mark("This letter does not promise “%(goal)s”."),
            hint=mark("Choose a line of its annex."),
            params={"goal": share.goal.title},
            field="share",
        )
    if after < 0 or after == share.value:
        raise Refusal(
            "amendment.same",
            mark("The new target is the old one, or below zero."),
            hint=mark("Type the target that is to hold from now on."),
            field="after",
        )
    if letter.amendments.open().filter(share=share).exists():
        raise Refusal(
            "amendment.open",
            mark("Another amendment of “%(goal)s” waits for its signatures."),
            hint=mark("Have that one decided first."),
            params={"goal": share.goal.title},
            field="share",
        )


def _check_may_refuse(letter: Letter, by: Person) -> None:
    """Whoever may sign may refuse; so may the supervision office."""
    if not by.holds(Post.Role.SUPERVISOR):
        party_of(letter, by)


def _open(amendment: Amendment) -> Amendment:
    amendment = (
        Amendment.objects.select_for_update(of=("self",))
        .select_related("letter__year", "letter__issuer__person", "letter__receiver__person")
        .get(pk=amendment.pk)
    )
    if not amendment.is_open:
        raise Refusal(
            "amendment.decided",
            mark("This amendment is decided already."),
            hint=mark("Reload the page to see the decision."),
        )
    return amendment


def _put_in_force(amendment: Amendment, *, by: Person) -> None:
    letter = Letter.objects.select_for_update().get(pk=amendment.letter_id)
    plans.amend_share(amendment.share, amendment.after, by=by, reason=amendment.explanation)
    before = {"version": letter.version}
    letter.version += 1
    letter.save(update_fields=["version"])
    annex = letter.annex.filter(version=letter.version - 1).select_related("share").order_by("number")
    shares = [line.share for line in annex.prefetch_related("share__schedule")]
    write_annex(letter, shares, by=by)
    ledger.record("amended", letter, by=by, before=before, reason=amendment.explanation)
