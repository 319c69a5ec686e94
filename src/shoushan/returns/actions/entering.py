"""A reporter's month: values saved one by one, then submitted together."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator
from shoushan.returns.actions.checking import Given, checked
from shoushan.returns.clocks import check_open, is_late
from shoushan.returns.models import Period, Return, Value
from shoushan.returns.queries.asked import asked_keys, asked_of, is_asked
from shoushan.returns.queries.before import Around, around


@transaction.atomic
def save_value(
    period: Period,
    unit: Unit,
    indicator: Indicator,
    *,
    about: Unit | None = None,
    amount: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    is_nil: bool = False,
    no_data: str = "",
    note: str = "",
    version: int | None = None,
    at: datetime,
    by: Person,
) -> Value:
    """Save one figure of a unit's month; it counts once the month is submitted.

    ``amount`` may be zero, which is a value; of a ratio both parts are given instead. ``is_nil`` says that nothing
    happened this period, ``no_data`` why there is no number. An unusual figure needs a sentence in ``note``. A
    verified figure is changed only by sending it back first.
    """
    entry = begun(period, unit, at=at, by=by)
    about = about or unit
    if not is_asked(period, unit, indicator, about):
        raise not_asked(entry, indicator)
    value = entry.values.select_for_update().filter(indicator=indicator, unit=about).order_by("pk").first()
    given = Given(
        amount=amount, numerator=numerator, denominator=denominator, is_nil=is_nil, no_data=no_data, note=note
    )
    said = told(indicator, given, around(period, indicator, about), value, version)
    if value is not None:
        return change(value, said, at=at, by=by)
    value = Value.objects.create(entry=entry, indicator=indicator, unit=about, **said, entered_by=by, entered_at=at)
    ledger.record("saved", value, by=by)
    return value


def told(
    indicator: Indicator, given: Given, around: Around, value: Value | None, version: int | None
) -> dict[str, Any]:
    """The fields of a figure as it is kept; refused before anything is written."""
    if value is not None:
        _check_free(value, version)
    given, unusual = checked(indicator, given, around)
    return {**asdict(given), "unusual": unusual}


def change(value: Value, said: dict[str, Any], *, at: datetime, by: Person) -> Value:
    """A figure that stood already, held by the caller, says something else and counts once it is submitted again."""
    new: dict[str, Any] = {
        **said,
        "state": Value.State.DRAFT,
        "version": value.version + 1,
        "entered_by": by,
        "entered_at": at,
        "decided_by": None,
        "decided_at": None,
        "reason": "",
    }
    ledger.change("saved", value, new, by=by)
    return value


@transaction.atomic
def submit(period: Period, unit: Unit, *, at: datetime, by: Person) -> Return:
    """Submit a unit's month; every figure asked for has a number or a reason."""
    entry = begun(period, unit, at=at, by=by)
    rows = entry.values.order_by().select_for_update()
    values = {(value.indicator_id, value.unit_id): value for value in rows}
    if empty := asked_keys(period, unit) - values.keys():
        raise _incomplete(period, unit, empty, whole=len(values) + len(empty))
    if returned := [value for value in values.values() if value.state == Value.State.RETURNED]:
        first = min((value.indicator for value in returned), key=lambda indicator: indicator.key)
        raise Refusal(
            "return.returned",
            mark("“%(indicator)s” was sent back and has not been corrected."),
            hint=mark("Correct it, or save it again with a note that says why it is right."),
            params={"indicator": first.label},
            field=first.key,
        )
    drafts = [value for value in values.values() if value.state == Value.State.DRAFT]
    ledger.change_all("submitted", drafts, {"state": Value.State.SUBMITTED}, by=by)
    return _mark_submitted(entry, at=at, by=by)


def _incomplete(period: Period, unit: Unit, empty: set[tuple[int, int]], *, whole: int) -> Refusals:
    """Which figures are empty, in the order of the page."""
    return Refusals(
        [
            Refusal(
                "return.incomplete",
                mark("%(empty)s of %(all)s are empty, and empty is not zero."),
                hint=mark("Enter them or choose “no data” with a reason."),
                params={"empty": len(empty), "all": whole},
                field=each.indicator.key,
            )
            for each in asked_of(period, unit)
            if (each.indicator.pk, each.about.pk) in empty
        ]
    )


def _mark_submitted(entry: Return, *, at: datetime, by: Person) -> Return:
    late = is_late(entry.period, at=at) if entry.submitted_at is None else entry.is_late
    ledger.change("submitted", entry, {"submitted_at": at, "submitted_by": by, "is_late": late}, by=by)
    return entry


def begun(period: Period, unit: Unit, *, at: datetime, by: Person) -> Return:
    """The unit's return, made at its first value; the period is held so that its clocks do not move meanwhile."""
    period = Period.objects.held_beside_others(period.pk)
    check_open(period, unit, at=at)
    # of two that enter the same month at once, one waits for the other
    entry, is_new = Return.objects.select_for_update().get_or_create(period=period, unit=unit)
    entry.period, entry.unit = period, unit  # known already: not read again
    if is_new:
        ledger.record("begun", entry, by=by)
    return entry


def not_asked(entry: Return, indicator: Indicator) -> Refusal:
    """Why a unit is not asked for a figure."""
    if indicator.source == Indicator.Source.DERIVED:
        return Refusal(
            "value.derived",
            mark("“%(indicator)s” is computed from its register and is never typed."),
            hint=mark("Correct the record in the register; the figure follows."),
            params={"indicator": indicator.label},
        )
    return Refusal(
        "value.not_asked",
        mark("%(unit)s is not asked for “%(indicator)s”."),
        hint=mark("Only units that carry a share of it are."),
        params={"unit": entry.unit.name, "indicator": indicator.label},
    )


def _check_free(value: Value, version: int | None) -> None:
    if version is not None and value.version != version:
        raise Refusal(
            "form.stale",
            mark("%(name)s changed this while you wrote; saving would erase it."),
            hint=mark("Compare with what stands there now, and choose."),
            params={"name": value.entered_by.name},
        )
    if value.state == Value.State.ACCEPTED:
        raise Refusal(
            "value.verified",
            mark("“%(indicator)s” is verified already."),
            hint=mark("Ask for a correction on its page: the new figure and why."),
            params={"indicator": value.indicator.label},
        )
