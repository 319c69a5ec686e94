"""From the shares of a unit to a letter in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.ledger.canonical import canonical
from shoushan.letters.models import AnnexLine, Basis, Letter, Signature
from shoushan.orgs.models import Person, Post, Unit
from shoushan.plans import actions as plans
from shoushan.plans.models import Share, Year


@transaction.atomic
def add_basis(
    *, title: str, number: str, dated_on: date, approver: str, expires_on: date | None = None, by: Person
) -> Basis:
    """Enter the document that allows the district's letters."""
    basis = Basis.objects.create(
        title=title, number=number, dated_on=dated_on, approver=approver, expires_on=expires_on
    )
    ledger.record("entered", basis, by=by)
    return basis


@transaction.atomic
def draft(year: Year, unit: Unit, *, basis: Basis | None = None, by: Person) -> Letter:
    """Draft a unit's letter; its annex is whatever shares the unit carries."""
    letter, is_new = Letter.objects.get_or_create(year=year, unit=unit, defaults={"basis": basis})
    if is_new:
        ledger.record("drafted", letter, by=by)
    elif letter.state == Letter.State.DRAFT and basis is not None and letter.basis_id != basis.pk:
        letter = edit_draft(letter, basis=basis, measures=letter.measures, rewards=letter.rewards, by=by)
    return letter


@transaction.atomic
def draft_all(year: Year, *, basis: Basis | None, by: Person) -> list[Letter]:
    """Draft a letter for every unit that carries a share of the year and has none yet."""
    carrying = Share.objects.filter(goal__year=year).exclude(unit__letters__year=year).values("unit_id")
    return [draft(year, unit, basis=basis, by=by) for unit in Unit.objects.filter(pk__in=carrying).order_by("path")]


@transaction.atomic
def edit_draft(letter: Letter, *, basis: Basis | None, measures: str, rewards: str, by: Person) -> Letter:
    """Change what a draft says beside its annex."""
    letter = _locked(letter)
    if letter.state != Letter.State.DRAFT:
        raise _signed_already(letter)
    before = {"basis": letter.basis_id, "measures": letter.measures, "rewards": letter.rewards}
    letter.basis, letter.measures, letter.rewards = basis, measures, rewards
    letter.save(update_fields=["basis", "measures", "rewards"])
    ledger.record("edited", letter, by=by, before=before)
    return letter


@transaction.atomic
def issue(letter: Letter, *, on: date, by: Person) -> Letter:
    """Issue a draft: its annex is fixed, and the two signatories are those in office that day."""
    letter = _locked(letter)
    if letter.state != Letter.State.DRAFT:
        raise _signed_already(letter)
    _check_basis(letter, on)
    shares = shares_of(letter)
    if not shares:
        raise Refusal(
            "letter.empty",
            mark("%(unit)s carries no share, so its letter would promise nothing."),
            hint=mark("Divide a goal first."),
            params={"unit": letter.unit.name},
        )
    before = {name: getattr(letter, name) for name in ("state", "issued_on", "issuer_id", "receiver_id")}
    letter.issuer = _in_office(Post.Role.LEADER, Unit.objects.get_root(letter.unit), on)
    letter.receiver = _in_office(Post.Role.HEAD, letter.unit, on)
    letter.state, letter.issued_on = Letter.State.ISSUED, on
    letter.save(update_fields=["state", "issued_on", "issuer", "receiver"])
    write_annex(letter, shares, by=by)
    for share in shares:
        plans.fix_share(share, on=on, by=by)
    ledger.record(
        "issued",
        letter,
        by=by,
        before={name.removesuffix("_id"): value for name, value in before.items()},
    )
    return letter


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of issuing all drafts: the letters that went out, and those that stay with why."""

    letters: list[Letter]
    refused: list[tuple[Letter, Refusal]]


@transaction.atomic
def issue_all(year: Year, *, on: date, by: Person) -> Issued:
    """Issue every draft of a year that can be; one that cannot does not keep the others back."""
    issued, refused = [], []
    for letter in Letter.objects.filter(year=year, state=Letter.State.DRAFT).select_related("unit"):
        try:
            issued.append(issue(letter, on=on, by=by))
        except Refusal as refusal:
            refused.append((letter, refusal))
    return Issued(issued, refused)


def shares_of(letter: Letter) -> list[Share]:
    """What the unit carries this year, in the order of the goals: what its letter promises."""
    shares = letter.unit.shares.filter(goal__year=letter.year).select_related(
        "goal__indicator", "goal__passage__document"
    )
    return list(shares.prefetch_related("schedule").order_by("goal__order", "goal_id"))


def annex_from(letter: Letter, shares: list[Share]) -> list[AnnexLine]:
    """The annex of the letter's present version as the shares stand, not saved."""
    return [
        AnnexLine(letter=letter, version=letter.version, number=number, share=share, target=share.value, quarters=dues)
        for number, share in enumerate(shares, 1)
        for dues in [[None if due is None else plain(due) for due in share.quarters()]]
    ]


def write_annex(letter: Letter, shares: list[Share], *, by: Person) -> None:
    """Write the annex of the letter's present version from the shares as they stand."""
    for line in annex_from(letter, shares):
        line.save()
        ledger.record("annexed", line, by=by)


@transaction.atomic
def sign(letter: Letter, *, by: Person) -> Letter:
    """Confirm the letter as one of its two signatories; the unit signs first."""
    letter = _locked(letter)
    if letter.state not in (Letter.State.ISSUED, Letter.State.HALF_SIGNED):
        raise _not_to_sign(letter)
    party, post = party_of(letter, by)
    if party == Signature.Party.DISTRICT and letter.state == Letter.State.ISSUED:
        raise Refusal(
            "letter.order",
            mark("The unit signs first and has not."),
            hint=mark("Once it has signed, the letter waits for you under Today."),
        )
    signature = Signature.objects.create(
        letter=letter,
        version=letter.version,
        party=party,
        person=by,
        post=post,
        signed_at=moment.current().at,
        content=content_hash(letter),
    )
    ledger.record("signed", signature, by=by)
    before = {"state": letter.state}
    letter.state = Letter.State.HALF_SIGNED if party == Signature.Party.UNIT else Letter.State.IN_FORCE
    letter.save(update_fields=["state"])
    ledger.record("signed", letter, by=by, before=before)
    return letter


def content_hash(letter: Letter) -> str:
    """What a signature stands for: the letter's words and its annex, in canonical bytes."""
    annex = letter.annex.filter(version=letter.version).order_by("number")
    return hashlib.sha256(
        canonical(
            {
                "letter": letter.pk,
                "version": letter.version,
                "basis": letter.basis_id,
                "measures": letter.measures,
                "rewards": letter.rewards,
                "annex": [[line.number, line.share_id, line.target, line.quarters] for line in annex],
            }
        )
    ).hexdigest()


def party_of(letter: Letter, person: Person) -> tuple[str, Post]:
    for party, post in ((Signature.Party.UNIT, letter.receiver), (Signature.Party.DISTRICT, letter.issuer)):
        if post is not None and post.person_id == person.pk:
            return party, post
    raise Refusal(
        "letter.not_signatory",
        mark("Only the two signatories confirm this letter: %(unit)s and %(district)s."),
        hint=mark("Ask them to sign in and sign."),
        params={
            "unit": letter.receiver.person.name if letter.receiver else "",
            "district": letter.issuer.person.name if letter.issuer else "",
        },
    )


def _check_basis(letter: Letter, on: date) -> None:
    basis = letter.basis
    if basis is None or (basis.expires_on is not None and basis.expires_on < on):
        raise Refusal(
            "letter.no_basis",
            mark("This letter has no valid legal basis or approval, so it stays a draft."),
            hint=mark("Enter the document, its number, date and approver; letters at will are not allowed."),
            field="basis",
        )


def _in_office(role: str, unit: Unit, on: date) -> Post:
    post = unit.posts.filter(role=role).held(on=on).select_related("person").first()
    if post is None:
        raise Refusal(
            "letter.no_signatory",
            mark("Nobody is in office to sign for %(unit)s."),
            hint=mark("Ask the administrator to enter the head of the unit."),
            params={"unit": unit.name},
        )
    return post


def _signed_already(letter: Letter) -> Refusal:
    return Refusal(
        "letter.signed",
        mark("Issued on %(day)s, so only an amendment changes it."),
        hint=mark("Propose one with its ground."),
        params={"day": letter.issued_on},
    )


def _not_to_sign(letter: Letter) -> Refusal:
    if letter.state == Letter.State.IN_FORCE:
        return Refusal(
            "letter.in_force",
            mark("Both parties have signed; the letter is in force."),
            hint=mark("There is nothing left to sign."),
        )
    return Refusal(
        "letter.draft",
        mark("A draft cannot be signed."),
        hint=mark("The supervision office issues it first."),
    )


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("unit", "year", "basis").get(pk=letter.pk)
