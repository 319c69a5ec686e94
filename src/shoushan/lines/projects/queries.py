"""What the pages of key projects show: the identity of their counts, the Gantt, the curve, the map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from math import cos, hypot, radians

from django.db.models import Sum

from shoushan.evidence.models import Evidence, Place
from shoushan.evidence.queries import by_thing
from shoushan.lines.projects.line import milestones, months, projects
from shoushan.lines.projects.models import Project
from shoushan.orgs.models import Person
from shoushan.registers.fields import first_and_last
from shoushan.registers.models import Step

WIDTH = 1000
SAME_SPOT_METRES = 30


@dataclass(frozen=True, slots=True)
class Identity:
    """36 = 25 + 11 = 23 + 13: the same projects counted two ways, and how many are in neither."""

    whole: int
    by_kind: list[tuple[str, int]]
    by_sector: list[tuple[str, int]]

    @property
    def without_kind(self) -> int:
        return self.whole - sum(count for _label, count in self.by_kind)

    @property
    def without_sector(self) -> int:
        return self.whole - sum(count for _label, count in self.by_sector)

    @property
    def holds(self) -> bool:
        return not self.without_kind and not self.without_sector


def identity(person: Person) -> Identity:
    """Count the projects a person sees by kind and by sector; one question."""
    counted = list(_seen(person).values_list("kind", "sector"))
    kinds, sectors = Counter(kind for kind, _ in counted), Counter(sector for _, sector in counted)
    return Identity(
        len(counted),
        [(str(label), kinds[value]) for value, label in Project.Kind.choices],
        [(str(label), sectors[value]) for value, label in Project.Sector.choices],
    )


def _seen(person: Person):  # type: ignore[no-untyped-def]
    return projects.model.objects.visible_to(person).standing().order_by("unit__path", "pk")


@dataclass(frozen=True, slots=True)
class Bar:
    """One project on the Gantt: plan and fact as spans of a line a thousand wide, its milestones as places on it."""

    project: Project
    plan: tuple[int, int] | None
    actual: tuple[int, int] | None
    marks: list[tuple[int, str, bool]]
    expected: date | None


@dataclass(frozen=True, slots=True)
class Gantt:
    """All projects from the first start to the last end, and where today stands."""

    since: date
    until: date
    today: int
    bars: list[Bar]


def gantt(person: Person, on: date) -> Gantt | None:
    """Every project a person sees; five questions however many there are."""
    found = list(_seen(person).select_related("unit").defer("search_words"))
    spans = {each.pk: _span(each) for each in found}
    ends = [day for span in spans.values() if span for day in span]
    if not ends:
        return None
    since, until = min(ends), max([*ends, on])
    whole = max((until - since).days, 1)

    def place(day: date) -> int:
        return max(0, min(WIDTH, (day - since).days * WIDTH // whole))

    keys = [each.pk for each in found]
    steps = Step.objects.filter(line=projects.key, record_id__in=keys).standing().values_list(
        "record_id", "stage", "happened_on"
    )  # fmt: skip
    reached: dict[int, dict[str, date]] = {}
    for pk, stage, day in steps:
        reached.setdefault(pk, {})[stage] = day
    marks: dict[int, list[tuple[int, str, bool]]] = {}
    for each in milestones.model.objects.visible_to(person).standing().filter(project__in=keys).order_by("planned_on"):
        marks.setdefault(each.project_id, []).append((place(each.planned_on), each.name, each.stage == "reached"))
    shares = _shares(person, found)
    bars = []
    for each in found:
        days, span = reached.get(each.pk, {}), spans[each.pk]
        started, ended = days.get("started"), days.get("completed")
        actual = (place(started), place(ended or on)) if started else None
        plan = (place(span[0]), place(span[1])) if span else None
        bars.append(
            Bar(each, plan, actual, marks.get(each.pk, []), expected_end(shares.get(each.pk), started, ended, on))
        )
    return Gantt(since, until, place(on), bars)


def _span(project: Project) -> tuple[date, date] | None:
    if not project.starts_on or not project.ends_on:
        return None
    return first_and_last(project.starts_on)[0], first_and_last(project.ends_on)[1]


def _shares(person: Person, found: list[Project]) -> dict[int, Decimal]:
    """How much of each project's total its months have reported so far; the year's plan is another whole."""
    told = months.model.objects.visible_to(person).standing().order_by().filter(project__in=[it.pk for it in found])
    sums = dict(told.values_list("project").annotate(Sum("reported_yuan")))
    return {it.pk: Decimal(sums[it.pk]) / it.total_yuan for it in found if it.pk in sums and it.total_yuan}


def expected_end(share: Decimal | None, started: date | None, ended: date | None, on: date) -> date | None:
    """When it will be done at the pace so far: a plain rule, said as one, and no forecast of a score.

    A share ``d`` of the total after ``n`` days since the start: the rest takes ``n × (1 − d) / d`` days more. Nothing
    is said of what has not started, is done, or has told less than a twentieth.
    """
    if started is None or ended is not None or share is None or share < Decimal("0.05"):
        return ended
    done = min(share, Decimal(1))
    return on + timedelta(days=int((on - started).days * (1 - done) / done))


@dataclass(frozen=True, slots=True)
class Curve:
    """Planned, reported and paid, each to date, month by month; never added to each other."""

    labels: list[str]
    planned: list[int]
    reported: list[int]
    paid: list[int]


def curve(person: Person, year: int, project: int | None = None) -> Curve:
    """The year's three curves over all projects a person sees, or over one; one question."""
    rows = months.model.objects.visible_to(person).standing().filter(month_on__year=year)
    if project is not None:
        rows = rows.filter(project=project)
    sums = {month: [0, 0, 0] for month in range(1, 13)}
    for on, *amounts in rows.values_list("month_on", "planned_yuan", "reported_yuan", "paid_yuan"):
        sums[on.month] = [one + other for one, other in zip(sums[on.month], amounts, strict=True)]
    columns = [list(accumulate(sums[month][place] for month in range(1, 13))) for place in range(3)]
    return Curve([str(month) for month in range(1, 13)], *columns)


@dataclass(frozen=True, slots=True)
class Spot:
    """A project on the map, a thousand wide: where, and how it stands."""

    project: Project
    x: int
    y: int


def spots(person: Person) -> list[Spot]:
    """Projects with their own coordinates, drawn to their own extent: nothing is asked of anybody outside."""
    found = [
        each
        for each in _seen(person).select_related("unit").defer("search_words")
        if each.latitude is not None and each.longitude is not None
    ]
    if not found:
        return []
    south, north = min(each.latitude for each in found), max(each.latitude for each in found)
    west, east = min(each.longitude for each in found), max(each.longitude for each in found)
    tall, wide = max(north - south, Decimal("0.001")), max(east - west, Decimal("0.001"))
    return [
        Spot(each, int((each.longitude - west) / wide * 900) + 50, int((north - each.latitude) / tall * 500) + 50)
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph of a project's month, and how far from the first one it was taken; none where that is not told."""

    file: Evidence
    month_on: date
    metres: int | None

    @property
    def is_elsewhere(self) -> bool:
        return self.metres is not None and self.metres > SAME_SPOT_METRES


@dataclass(frozen=True, slots=True)
class Series:
    """A project's photographs, month by month."""

    project: Project
    shots: list[Shot]


def series(person: Person) -> list[Series]:
    """The photographs of each project's months that a person sees; three questions however many there are."""
    found = {each.pk: each for each in _seen(person).select_related("unit").defer("search_words")}
    told = months.model.objects.visible_to(person).standing().filter(project__in=found).order_by("month_on", "pk")
    rows = list(told.values_list("pk", "project", "month_on"))
    files = by_thing(months.model, [pk for pk, *_rest in rows])
    taken: dict[int, list[Shot]] = {}
    for pk, project, month_on in rows:
        for file in files.get(pk, []):
            if file.is_picture:
                shots = taken.setdefault(project, [])
                spot = next((shot.file.place for shot in shots if shot.file.place), file.place)
                shots.append(Shot(file, month_on, _metres(spot, file.place)))
    return [Series(found[project], taken[project]) for project in found if project in taken]


def _metres(one: Place | None, other: Place | None) -> int | None:
    """The distance of two places near each other, as on flat ground; a degree of latitude is 111,320 m."""
    if one is None or other is None:
        return None
    north = float(other.latitude - one.latitude) * 111_320
    east = float(other.longitude - one.longitude) * 111_320 * cos(radians(float(one.latitude)))
    return round(hypot(north, east))
