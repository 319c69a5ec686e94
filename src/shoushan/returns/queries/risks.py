"""What is looked at first, and why: each figure's risks, by the rules of `norms.yaml`; never a mark on anybody."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.evidence.models import Verification
from shoushan.returns.models import Period, Value
from shoushan.returns.norms import Norms

LABELS = {
    "large": _("large among its like"),
    "jump": _("a jump from the month before"),
    "returned": _("figures of this unit were sent back lately"),
    "new": _("its reporter is new to this unit"),
    "last_day": _("entered on the last day"),
}
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Risk:
    """One figure's risks and the points they make."""

    value: Value
    risks: list[str]
    points: int


def risks_of(values: Iterable[Value], norms: Norms) -> list[Risk]:
    """The risks of some figures; four questions however many there are."""
    rows = list(values)
    medians, before = _medians(rows), _amounts_before(rows)
    returned, known = _units_returned(rows, norms), _known_reporters(rows)
    return [_risk(it, medians, before, returned, known, norms) for it in rows]


def _risk(
    value: Value,
    medians: dict[int, Decimal],
    before: dict[tuple[int, int, int, int], Decimal],
    returned: set[int],
    known: dict[tuple[int, int], int],
    norms: Norms,
) -> Risk:
    entry, period = value.entry, value.entry.period
    last = before.get((value.indicator_id, value.unit_id, entry.unit_id, _number(period) - 1))
    first = known.get((entry.unit_id, value.entered_by_id))
    others = any(unit == entry.unit_id for unit, _person in known)
    found = {
        "large": _is_large(value, medians, norms),
        "jump": _is_jump(value.amount, last, norms.risks["jump"]["times"]),
        "returned": entry.unit_id in returned,
        "new": others and (first is None or first >= _number(period)),
        "last_day": period.due_at - A_DAY <= value.entered_at,
    }
    names = [name for name, holds in found.items() if holds]
    return Risk(value, names, sum(norms.risks[name]["points"] for name in names))


def _is_large(value: Value, medians: dict[int, Decimal], norms: Norms) -> bool:
    median, times = medians.get(value.indicator_id), norms.risks["large"]["times"]
    return bool(median and value.amount is not None and value.amount >= median * times)


def _is_jump(now: Decimal | None, last: Decimal | None, times: int) -> bool:
    """Whether a figure is so many times the last one, or that part of it; a sign that turned is a jump too."""
    if now is None or last is None or now == last:
        return False
    if now * last <= 0:
        return True
    return not last / times < now < last * times if last > 0 else not last * times < now < last / times


def _medians(rows: list[Value]) -> dict[int, Decimal]:
    amounts: dict[int, list[Decimal]] = defaultdict(list)
    for it in rows:
        if it.amount is not None:
            amounts[it.indicator_id].append(abs(it.amount))
    return {indicator: Decimal(statistics.median(found)) for indicator, found in amounts.items()}


def _amounts_before(rows: list[Value]) -> dict[tuple[int, int, int, int], Decimal]:
    """What stands in the months before, by indicator, whom it is about, who returned it, and month."""
    periods = {_number(it.entry.period) - 1 for it in rows}
    earlier = Value.objects.filter(
        entry__unit__in={it.entry.unit_id for it in rows}, indicator__in={it.indicator_id for it in rows}
    ).exclude(amount=None)
    told = earlier.values_list(
        "indicator_id", "unit_id", "entry__unit_id", "entry__period__year__number", "entry__period__month", "amount"
    )
    return {
        (indicator, about, unit, Month(year, month).index): amount
        for indicator, about, unit, year, month, amount in told
        if amount is not None and Month(year, month).index in periods
    }


def _units_returned(rows: list[Value], norms: Norms) -> set[int]:
    """Units that had a figure sent back in the months before."""
    if not rows:
        return set()
    since = min(it.entered_at for it in rows) - timedelta(days=31 * norms.risks["returned"]["months"])
    kind = ContentType.objects.get_for_model(Value)
    back = Verification.objects.filter(subject_type=kind, decision=Verification.Decision.RETURNED, at__gte=since)
    return set(
        Value.objects.filter(
            pk__in=back.values("subject_id"), entry__unit__in={it.entry.unit_id for it in rows}
        ).values_list("entry__unit_id", flat=True)
    )


def _known_reporters(rows: list[Value]) -> dict[tuple[int, int], int]:
    """Each unit's reporters, and the first month of theirs."""
    told = Value.objects.filter(entry__unit__in={it.entry.unit_id for it in rows}).values_list(
        "entry__unit_id", "entered_by_id", "entry__period__year__number", "entry__period__month"
    )
    found: dict[tuple[int, int], int] = {}
    for unit, person, year, month in told.distinct():
        number = Month(year, month).index
        found[unit, person] = min(found.get((unit, person), number), number)
    return found


def _number(period: Period) -> int:
    return period.calendar_month.index
