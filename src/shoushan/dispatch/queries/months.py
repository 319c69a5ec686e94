"""One unit's part of a goal, month by month: each figure beside its evidence and verifier, and the records behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shoushan.core.months import Month
from shoushan.dispatch.lights import Judged
from shoushan.dispatch.queries.forecasts import HitRate, YearEnd, year_ends
from shoushan.dispatch.queries.warnings import Colour, months_lit
from shoushan.dispatch.queries.year import judged
from shoushan.evidence.models import Evidence
from shoushan.evidence.queries import by_thing
from shoushan.orgs.models import Person
from shoushan.plans.models import Indicator, Share
from shoushan.registers.lines import Line, Measure, measure_named
from shoushan.registers.measures import records_behind
from shoushan.registers.models import Record
from shoushan.returns.models import Value
from shoushan.returns.queries.actuals import Monthly, actuals
from shoushan.web import dates, figures
from shoushan.web.charts import LineChart


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of one unit: what was typed or computed, what stands verified, and what is due to date."""

    month: Month
    value: Value | None
    reported: Decimal | None
    verified: Decimal | None
    to_date: Decimal | None
    due: Decimal | None
    files: list[Evidence] = field(default_factory=list)
    lit: list[Colour] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record of a register that the figure is made of."""

    record: Record
    stage: str
    on: date
    amount: Decimal
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class UnitMonths:
    """One unit's part of a goal through the year."""

    rows: list[MonthRow]
    records: list[RecordRow]
    record_measure: str
    chart: LineChart
    judged: Judged
    end: YearEnd
    hits: HitRate


def unit_months(share: Share, person: Person, *, on: date) -> UnitMonths | None:
    """A share's months up to a day; None where the goal has no indicator, so nothing is counted."""
    goal, indicator = share.goal, share.goal.indicator
    if indicator is None:
        return None
    year = goal.year
    last = year.months_over(on)
    monthly = actuals(year, [indicator], until=on).get((indicator.pk, share.unit_id), Monthly())
    values = _values(share, indicator)
    files = by_thing(Value, [value.pk for value in values.values()])
    lit = months_lit(goal.pk, share.unit_id)
    rows = [
        MonthRow(
            month=Month(year.number, month),
            value=values.get(month),
            reported=monthly.reported.get(month),
            verified=monthly.verified.get(month),
            to_date=monthly.to_date(indicator, month, verified=False) if month <= last else None,
            due=share.due_by(month),
            files=files.get(values[month].pk, []) if month in values else [],
            lit=lit.get(month, []),
        )
        for month in range(1, 13)
    ]
    reported = monthly.to_date(indicator, last, verified=False)
    ends = year_ends([share], indicator, year, on=on)
    end = ends.by_share[share.pk]
    return UnitMonths(
        rows=rows,
        records=_records(share, indicator, person),
        # of a ratio the records are counted, not added up in percent
        record_measure=indicator.measure if indicator.adds_up else "",
        chart=LineChart(
            title=goal.title,
            labels=[dates.month(row.month) for row in rows],
            actual=[row.to_date for row in rows],
            schedule=[row.due for row in rows],
            unit=figures.measure_words(indicator.measure),
            band=_band(rows, last, end),
        ),
        end=end,
        hits=ends.hits,
        judged=judged(goal, indicator, reported, share.due_by(last), last),
    )


def _band(rows: list[MonthRow], last: int, end: YearEnd) -> list[tuple[Decimal, Decimal] | None]:
    """From what is done, widening to the year's end; nothing where no year end can be told."""
    if end.low is None or end.high is None or not 0 < last < len(rows):
        return []
    done = rows[last - 1].to_date
    if done is None:
        return []
    left = len(rows) - last
    widening = [
        (done + (end.low - done) * step / left, done + (end.high - done) * step / left) for step in range(left + 1)
    ]
    return [None] * (last - 1) + [(_whole(low), _whole(high)) for low, high in widening]


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")) if abs(value) < 1000 else value.quantize(Decimal(1))


def _values(share: Share, indicator: Indicator) -> dict[int, Value]:
    found = Value.objects.filter(entry__period__year=share.goal.year_id, indicator=indicator, unit=share.unit_id)
    related = ("entry__unit", "entry__period__year", "indicator", "unit", "entered_by", "decided_by")
    return {value.entry.period.month: value for value in found.select_related(*related)}


def _records(share: Share, indicator: Indicator, person: Person) -> list[RecordRow]:
    """The records behind a derived figure; of a ratio, those above the line and those below."""
    known = measure_named(indicator.key)
    if indicator.source != Indicator.Source.DERIVED or known is None:
        return []
    line, wanted = known
    below = [each for each in line.measures if each.key == wanted.over]
    return [row for each in (wanted, *below) for row in _records_of(line, each, share, person)]


def _records_of(line: Line, wanted: Measure, share: Share, person: Person) -> list[RecordRow]:
    number = share.goal.year.number
    counted = records_behind(line, wanted, unit_id=share.unit_id, since=date(number, 1, 1), until=date(number, 12, 31))
    records = line.model.objects.visible_to(person).in_bulk([each.record_id for each in counted])
    stage = line.stage_label(wanted.stage)
    return [
        RecordRow(records[each.record_id], stage, each.on, each.amount, each.is_confirmed)
        for each in counted
        if each.record_id in records
    ]
