"""A letter as it is read: its annex with the sentences it comes from, and the same as paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext

from shoushan.letters.actions.issuing import annex_from, content_hash, shares_of
from shoushan.letters.models import Amendment, AnnexLine, Letter, Signature
from shoushan.orgs.models import Person, Post, Unit
from shoushan.web import figures
from shoushan.web.today import Task


def letters_of(person: Person) -> list[Letter]:
    """The letters a person may see, in tree order."""
    return list(Letter.objects.visible_to(person).select_related("unit", "year").order_by("year__number", "unit__path"))


def waiting_for(person: Person, on: date) -> Iterator[Task]:
    """Letters and amendments that wait for this person's signature, and drafts for the supervision office."""
    mine = Q(state=Letter.State.ISSUED, receiver__person=person) | Q(
        state=Letter.State.HALF_SIGNED, issuer__person=person
    )
    for letter in Letter.objects.visible_to(person).filter(mine).select_related("unit", "year"):
        title = gettext("Sign the letter of %(unit)s") % {"unit": letter.unit.name}
        yield Task(title=title, url=letter.get_absolute_url(), unit=letter.unit.name)
    unsigned = Q(letter__receiver__person=person, unit_signed_by__isnull=True) | Q(
        letter__issuer__person=person, district_signed_by__isnull=True
    )
    amendments = Amendment.objects.visible_to(person).open().filter(unsigned)
    for amendment in amendments.select_related("letter__unit", "share__goal"):
        title = gettext("Decide on the amendment of “%(goal)s”") % {"goal": amendment.share.goal.title}
        yield Task(title=title, url=amendment.get_absolute_url(), unit=amendment.letter.unit.name)
    drafts = Letter.objects.filter(state=Letter.State.DRAFT).count() if person.has_perm("letters.manage") else 0
    if drafts:
        yield Task(title=gettext("Issue %(count)s drafts of letters") % {"count": drafts}, url="/letters/")


def signed_days(year: int, unit_ids: Iterable[int]) -> dict[int, date]:
    """By unit, the day on which the second party signed the letter that is in force."""
    signed = Signature.objects.filter(letter__state=Letter.State.IN_FORCE, letter__year=year, letter__unit__in=unit_ids)
    days = signed.order_by().values("letter__unit").annotate(at=Max("signed_at")).values_list("letter__unit", "at")
    return {unit_id: timezone.localdate(at) for unit_id, at in days}


def annex_of(letter: Letter) -> list[AnnexLine]:
    """The lines of the letter's present version; of a draft, what it would promise as things stand."""
    if letter.state == Letter.State.DRAFT:
        return annex_from(letter, shares_of(letter))
    lines = letter.annex.filter(version=letter.version)
    return list(lines.select_related("share__goal__indicator", "share__goal__passage__document").order_by("number"))


def paper_of(letter: Letter) -> dict[str, Any]:
    """The letter in the shape of `exchange.paper`; it speaks the language of the institution that issues it."""
    basis = letter.basis
    return {
        "title": f"{letter.year.number} {letter._meta.verbose_name}",
        "district": Unit.objects.get_root(letter.unit).name,
        "unit": letter.unit.name,
        "year": letter.year.number,
        "issuer": _party(letter.issuer),
        "receiver": _party(letter.receiver),
        "basis": [str(basis)] if basis else [],
        "approval": {
            "document": basis.title,
            "number": basis.number,
            "date": basis.dated_on.isoformat(),
            "approver": basis.approver,
            "expires": basis.expires_on.isoformat() if basis.expires_on else "",
        }
        if basis
        else None,
        "targets": [_target(line) for line in annex_of(letter)],
        "clauses": letter.measures.splitlines(),
        "rewards": letter.rewards,
        "term": f"{letter.year.number}-01-01 — {letter.year.number}-12-31",
        "copies": "",
        "signatures": [
            {
                "party": it.get_party_display(),
                "post": it.post.title,
                "person": it.person.name,
                "signed_on": it.signed_at.date().isoformat(),
            }
            # a later version has the two signatures of its amendment; the letter keeps its own
            for it in letter.signatures.select_related("post", "person")
        ],
        "version": letter.version,
        "state_words": "" if letter.state == Letter.State.IN_FORCE else letter.get_state_display(),
        "hash": content_hash(letter)[:16],
        "language": "zh-hans",
        "on": letter.issued_on.isoformat() if letter.issued_on else f"{letter.year.number}-01-01",
    }


def _party(post: Post | None) -> dict[str, str]:
    if post is None:
        return {"unit": "", "post": "", "person": ""}
    return {"unit": post.unit.name, "post": post.title, "person": post.person.name}


def _target(line: AnnexLine) -> dict[str, Any]:
    goal = line.share.goal
    measure = figures.measure_words(goal.measure)
    return {
        "number": line.number,
        "indicator": goal.title,
        "definition": goal.indicator.definition if goal.indicator else "",
        "unit": measure,
        "target": figures.number(line.target),
        "schedule": ["" if due is None else due for due in line.quarters],
        "source": goal.indicator.get_source_display() if goal.indicator else "",
        "words": goal.passage.sentence,
    }
