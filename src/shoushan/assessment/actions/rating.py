"""Raters' panels: opened with their links, voted in secretly and once each, closed with their counts."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from shoushan.assessment.models import Mark, Panel, Tally, Ticket
from shoushan.assessment.norms import norms
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Share, Year

MOST_LINKS = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a panel is about: the key of its fact, its title, the group it rates, and the clause it rests on."""

    key: str
    title: str
    group: str
    clause: str


@transaction.atomic
def open_panel(year: Year, asked: Asked, *, at: datetime, by: Person) -> Panel:
    """Open a panel on every unit of a group that carries a share of the year; the norms of the day hold for it."""
    year = Year.objects.select_for_update().get(pk=year.pk)
    if year.state != Year.State.RUNNING:
        raise Refusal(
            "panel.frozen",
            mark("%(year)s is frozen, so no panel is opened for it any more."),
            hint=mark("What raters say counts in the year in which they are asked."),
            params={"year": str(year)},
        )
    if Panel.objects.filter(year=year, key=asked.key).exists():
        raise Refusal(
            "panel.twice",
            mark("There is a panel “%(key)s” already."),
            hint=mark("Choose another key; the scheme asks for panel.KEY."),
            params={"key": asked.key},
            field="key",
        )
    shares = Share.objects.filter(goal__year=year, unit__kind=asked.group)
    units = list(Unit.objects.filter(pk__in=shares.values("unit")))
    if not units:
        raise Refusal(
            "panel.nobody",
            mark("No unit of this group carries a goal of %(year)s."),
            hint=mark("Choose another group, or divide the goals first."),
            params={"year": str(year)},
            field="group",
        )
    rule = norms(at.date())
    panel = Panel.objects.create(
        year=year, key=asked.key, title=asked.title, group=asked.group, clause=asked.clause,
        trimmed_percent=rule.trimmed_percent, least_votes=rule.least_votes, opened_by=by,
    )  # fmt: skip
    # every count is there from the start, so that none tells by its appearance that somebody voted
    tallies = Tally.objects.bulk_create(
        Tally(panel=panel, unit=unit, mark=value) for unit in units for value in Mark.values
    )
    ledger.record("opened", panel, by=by)
    ledger.record_new(("prepared", tallies), by=by)
    return panel


@transaction.atomic
def issue_links(panel: Panel, number: int, *, by: Person) -> list[str]:
    """New links, told once: only their digests are kept, and whom each is given to is written nowhere."""
    panel = _open(panel)
    if not 0 < number <= MOST_LINKS:
        raise Refusal(
            "panel.links",
            mark("Between 1 and %(most)s links are made at a time."),
            hint=mark("Choose another number."),
            params={"most": MOST_LINKS},
            field="number",
        )
    told = [secrets.token_urlsafe(24) for _ in range(number)]
    tickets = Ticket.objects.bulk_create(Ticket(panel=panel, digest=digest_of(secret)) for secret in told)
    ledger.record_new(("issued", tickets), by=by)
    return told


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def vote(secret: str, marks: Mapping[int, int]) -> Panel:
    """Count one rater's marks, by unit id; the link is used up, and nothing says which marks came with it."""
    ticket = Ticket.objects.select_for_update(of=("self",)).filter(digest=digest_of(secret)).first()
    if ticket is None:
        raise Refusal(
            "ballot.unknown",
            mark("This link is not known."),
            hint=mark("Open it as it was given to you, or ask the assessment office for another."),
        )
    panel = _open(ticket.panel)
    if ticket.is_used:
        raise Refusal(
            "ballot.used",
            mark("With this link somebody has voted already, and each link counts once."),
            hint=mark("If it was not you, tell the assessment office; nobody can see or change what was said."),
        )
    if not marks:
        raise Refusal(
            "ballot.empty",
            mark("No unit is marked."),
            hint=mark("Mark at least one; leave out those you do not know."),
        )
    for unit_id, value in marks.items():
        Tally.objects.filter(panel=panel, unit=unit_id, mark=value).update(votes=F("votes") + 1)
    Ticket.objects.filter(pk=ticket.pk).update(is_used=True)
    return panel


@transaction.atomic
def close_panel(panel: Panel, *, at: datetime, by: Person) -> Panel:
    """No more votes; the counts are written into the ledger, and those who used no link have not spoken."""
    panel = _open(panel)
    counted: dict[str, dict[str, int]] = {}
    for tally in panel.tallies.select_related("unit"):
        counted.setdefault(tally.unit.code, {})[str(tally.mark)] = tally.votes
    ledger.change("closed", panel, {"closed_at": at, "counted": counted}, by=by)
    return panel


def _open(panel: Panel) -> Panel:
    found = Panel.objects.select_for_update(of=("self",)).select_related("year").get(pk=panel.pk)
    if found.closed_at is not None:
        raise Refusal(
            "panel.closed",
            mark("The panel is closed."),
            hint=mark("Its result stands; another panel needs another key."),
        )
    return found
