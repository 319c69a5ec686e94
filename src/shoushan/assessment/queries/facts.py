"""The facts of a year (事实数据), as they stand verified at its end: what a scheme scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shoushan.assessment.queries.panels import facts_of_panels
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator, Share, Year
from shoushan.returns.models import Return
from shoushan.returns.queries.actuals import Actuals, Monthly, actuals
from shoushan.scoring import Facts
from shoushan.scoring.facts import Absent, Value

TARGET, ACTUAL = ".target", ".actual"
LATE, FALSE = "returns.late", "returns.false"
PANEL = "panel."


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything the facts of all units are taken from, asked for once."""

    figures: Actuals
    targets: dict[tuple[str, int], Decimal]
    indicators: dict[str, Indicator]
    late: dict[int, int]
    panels: dict[tuple[str, str], Value]


def facts_of(year: Year, names: Iterable[str], *, at: datetime) -> Facts:
    """Every named fact of every unit that carries a share; what a unit has nothing to do with is n/a."""
    wanted = sorted(names)
    shares = list(
        Share.objects.filter(goal__year=year, goal__indicator__isnull=False)
        .exclude(unit__kind=Unit.Kind.DISTRICT)
        .select_related("unit", "goal__indicator")
        .order_by("unit__path", "goal__order")
    )
    known = _known(year, shares, at)
    units = {share.unit_id: share.unit for share in shares}
    return Facts(
        groups={unit.code: unit.kind for unit in units.values()},
        values={unit.code: {name: _fact(known, unit, name) for name in wanted} for unit in units.values()},
    )


def _known(year: Year, shares: list[Share], at: datetime) -> _Known:
    indicators = {indicator.key: indicator for indicator in _measured(shares)}
    figures = actuals(year, indicators.values(), until=date(year.number, 12, 31))
    return _Known(figures, _targets(shares), indicators, _late(year, at), facts_of_panels(year))


def _late(year: Year, at: datetime) -> dict[int, int]:
    """How many months each unit sent late; one that is due and never came is late too.

    A unit that sent none at all is left out: the line would stand alone for everything it did not report,
    and silence would be scored best of all.
    """
    due = list(year.periods.filter(due_at__lte=at))
    sent = Return.objects.filter(period__in=due, submitted_at__isnull=False)
    late = {unit_id: len(due) for unit_id in sent.values_list("unit_id", flat=True)}
    for unit_id in sent.filter(is_late=False).values_list("unit_id", flat=True):
        late[unit_id] -= 1
    return late


def _measured(shares: list[Share]) -> Iterator[Indicator]:
    yield from (share.goal.indicator for share in shares if share.goal.indicator is not None)


def _targets(shares: list[Share]) -> dict[tuple[str, int], Decimal]:
    """A unit's shares of a flow add up; of a level or a rate the highest is asked."""
    found: dict[tuple[str, int], Decimal] = {}
    measured = [(share, share.goal.indicator) for share in shares if share.goal.indicator is not None]
    for share, indicator in measured:
        key = (indicator.key, share.unit_id)
        before = found.get(key)
        if before is None:
            found[key] = share.value
        else:
            found[key] = before + share.value if indicator.adds_up else max(before, share.value)
    return found


def _fact(known: _Known, unit: Unit, name: str) -> Value:
    if name == LATE:
        return Decimal(known.late[unit.pk]) if unit.pk in known.late else Absent.NOT_APPLICABLE
    if name == FALSE:
        # a false figure is established by people; nothing in the year's records establishes one by itself
        return Decimal(0) if unit.pk in known.late else Absent.NOT_APPLICABLE
    if name.startswith(PANEL):
        return known.panels.get((name, unit.code), Absent.NOT_APPLICABLE)
    key, _, part = name.rpartition(".")
    target = known.targets.get((key, unit.pk))
    if target is None:
        return Absent.NOT_APPLICABLE
    if f".{part}" == TARGET:
        return target
    indicator = known.indicators[key]
    done = known.figures.get((indicator.pk, unit.pk), Monthly()).to_date(indicator, 12, verified=True)
    return Absent.MISSING if done is None else done
