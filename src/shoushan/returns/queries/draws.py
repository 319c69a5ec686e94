"""A draw as its pages show it: what would be drawn, how far the checking is, and what the sample says of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.core.sampling import most_wrong, rounded_up
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.returns import lots
from shoushan.returns.models import Draw, Value
from shoushan.returns.norms import Norms, norms
from shoushan.returns.queries.risks import LABELS, risks_of

RIGHT, WRONG, WAITING, REST, CHANGED = "right", "wrong", "waiting", "rest", "changed"
WORDS = {
    RIGHT: _("checked, right"),
    WRONG: _("checked, wrong"),
    WAITING: _("waits to be checked"),
    REST: _("not looked at"),
    CHANGED: _("changed since the draw, checked by itself"),
}
GROUPS = {
    "certain": _("for its risk"),
    "sample": _("sample"),
    "extra": _("drawn by risk"),
    "": _("rest"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures of which months lots are drawn over."""

    year: Year
    unit: Unit
    first_month: int
    last_month: int

    @property
    def last_day(self) -> date:
        return Month(self.year.number, self.last_month).last_day

    def touches(self, other: Draw) -> bool:
        """Whether a figure could lie in both."""
        mine, theirs = self.unit.path, other.unit.path
        months = self.first_month <= other.last_month and other.first_month <= self.last_month
        return months and (mine.startswith(theirs) or theirs.startswith(mine))


def waiting_in(scope: Scope) -> QuerySet[Value]:
    """The figures of a scope that wait for verification."""
    return (
        Value.objects.waiting()
        .filter(
            entry__period__year=scope.year,
            entry__period__month__range=(scope.first_month, scope.last_month),
            entry__unit__path__startswith=scope.unit.path,
        )
        .select_related("entry__unit", "entry__period__year", "indicator", "unit", "entered_by")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a draw over a scope would come to; which figures, only the seed decides."""

    all: int
    certain: int
    sample: int
    extra: int
    rules: Norms

    @property
    def rest(self) -> int:
        """How many the sample would stand for."""
        return self.all - self.certain

    @property
    def spared(self) -> int:
        """How many nobody would have to look at."""
        return self.all - self.certain - self.sample - self.extra


def plan(scope: Scope) -> Plan:
    """How many would be looked at, and why so many; the same for every seed."""
    rules = norms(scope.last_day)
    tickets = lots.tickets_of(risks_of(waiting_in(scope), rules))
    found = lots.drawn(tickets, "", rules)
    return Plan(len(tickets), len(found.certain), len(found.sample), len(found.extra), rules)


@dataclass(frozen=True, slots=True)
class Listed:
    """One draw in the list, with how many of its figures still wait."""

    draw: Draw
    all: int
    looked_at: int
    waiting: int


def listed(draws: QuerySet[Draw]) -> list[Listed]:
    """The draws, the newest first; one more question however many are open."""
    rows = list(draws)
    open_ids = {pk for it in rows if it.state == Draw.State.OPEN for pk in it.looked_at}
    waiting = set(Value.objects.waiting().filter(pk__in=open_ids).values_list("pk", flat=True))
    return [
        Listed(it, len(it.population), len(it.looked_at), len(it.looked_at & waiting) if it.state == "open" else 0)
        for it in rows
    ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One figure of the urn: why it was drawn, its risks, and how it stands now."""

    value: Value
    group: str
    risks: list[Any]
    standing: str
    said: str  # what it said in the urn

    @property
    def group_words(self) -> Any:
        return GROUPS[self.group]

    @property
    def words(self) -> Any:
        return WORDS[self.standing]

    @property
    def amount(self) -> Decimal | None:
        """What it said in the urn, as a number."""
        return Decimal(self.said) if self.said else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draw is, and what its sample says once all of it has been looked at."""

    drawn: list[Drawn]
    rest: list[Drawn]
    left: int  # how many nobody looks at one by one
    sample_size: int
    sample_checked: int
    sample_wrong: int
    wrong: int  # in everything looked at
    waiting: int
    rest_size: int
    allowed: int
    confidence: int

    @property
    def is_beyond(self) -> bool:
        """Whether the sample holds more wrong figures than the rules allow."""
        return self.sample_wrong > self.allowed

    @property
    def is_checked(self) -> bool:
        """Whether the whole sample has been looked at; only then it says something of the rest."""
        return self.sample_checked == self.sample_size

    @property
    def most_wrong(self) -> int:
        """The most that can be wrong among those the sample stands for, at the stated confidence."""
        return most_wrong(
            self.rest_size, self.sample_size, self.sample_wrong, confidence=Fraction(self.confidence, 100)
        )

    @property
    def most_percent(self) -> Decimal:
        return rounded_up(self.most_wrong, self.rest_size)


def progress(draw: Draw, *, person: Person | None = None) -> Progress:
    """How far a draw is; one question however many figures it holds. A person is shown those they see."""
    groups = {pk: name for name in ("certain", "sample", "extra") for pk in getattr(draw, name)}
    tickets = {each.id: each for each in lots.read(draw.population)}
    related = ("entry__unit", "entry__period__year", "indicator", "unit", "decided_by", "entered_by")
    values = Value.objects.filter(pk__in=tickets).select_related(*related)
    ordered = values.order_by("entry__period__month", "entry__unit__path", "indicator__key", "unit__path")
    rows = [_drawn(it, tickets[it.pk], groups.get(it.pk, ""), draw) for it in ordered]
    looked_at = [row for row in rows if row.group]
    sample = [row for row in rows if row.group == "sample"]
    shown = [row for row in rows if person is None or person.sees(row.value.entry.unit)]
    return Progress(
        drawn=[row for row in shown if row.group],
        rest=[row for row in shown if not row.group],
        left=sum(row.standing == REST for row in rows if not row.group),
        sample_size=len(sample),
        sample_checked=sum(row.standing != WAITING for row in sample),
        sample_wrong=sum(row.standing == WRONG for row in sample),
        wrong=sum(row.standing == WRONG for row in looked_at),
        waiting=sum(row.standing == WAITING for row in looked_at),
        rest_size=draw.rest_size,
        allowed=draw.allowed,
        confidence=draw.confidence,
    )


def _drawn(value: Value, ticket: lots.Ticket, group: str, draw: Draw) -> Drawn:
    standing = _looked_at(value, ticket) if group else _left(value, ticket, draw)
    return Drawn(value, group, [LABELS[name] for name in ticket.risks], standing, ticket.figure)


def _looked_at(value: Value, ticket: lots.Ticket) -> str:
    """Right where the figure of the urn was accepted; what was changed or sent back since was not right in the urn."""
    is_same = lots.figure_of(value) == ticket.figure
    if value.state == Value.State.ACCEPTED and not value.is_by_sample:
        return RIGHT if is_same else WRONG
    if value.state == Value.State.RETURNED or not is_same:
        return WRONG
    return WAITING


def _left(value: Value, ticket: lots.Ticket, draw: Draw) -> str:
    if value.by_sample_id == draw.pk:
        return REST
    return REST if value.version == ticket.version and value.state == Value.State.SUBMITTED else CHANGED
