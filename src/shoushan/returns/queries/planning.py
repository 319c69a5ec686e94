"""A year's clocks as a page shows them before they are set, beside those that are set already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shoushan.core.months import Month
from shoushan.plans.models import Year
from shoushan.returns.clocks import clocks_of
from shoushan.returns.models import ClockRule, Period


@dataclass(frozen=True, slots=True)
class Planned:
    """One month's clocks: those of its period, or those the rule would give."""

    month: Month
    opens_at: datetime
    due_at: datetime
    locks_at: datetime
    is_provisional: bool
    period: Period | None


def year_clocks(year: Year, rule: ClockRule) -> list[Planned]:
    """The twelve months: what stands, and what the rule would set where nothing stands."""
    there = {period.month: period for period in year.periods.select_related("year", "rule")}
    found = []
    for number in range(1, 13):
        by_rule, period = clocks_of(Month(year.number, number), rule), there.get(number)
        stands = period or by_rule
        found.append(
            Planned(
                month=by_rule.month,
                opens_at=stands.opens_at,
                due_at=stands.due_at,
                locks_at=stands.locks_at,
                is_provisional=by_rule.is_provisional,
                period=period,
            )
        )
    return found


def rule_in_force() -> ClockRule:
    """The last rule that was entered; before the first, the usual one, without a source."""
    return ClockRule.objects.first() or ClockRule()


def is_provisional(period: Period) -> bool:
    """Whether the period rests on holidays that no notice has announced yet."""
    return (
        period.rule is not None
        and period.changed_at is None
        and clocks_of(period.calendar_month, period.rule).is_provisional
    )
