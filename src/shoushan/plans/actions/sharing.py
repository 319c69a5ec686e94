"""Dividing a goal among units, and its way through the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import ProtectedError

from shoushan.core import shares as parts
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Goal, Schedule, Share


def plan_division(
    goal: Goal,
    units: Sequence[Unit],
    *,
    method: str,
    weights: Mapping[int, Decimal] | None = None,
    values: Mapping[int, Decimal] | None = None,
) -> dict[int, Decimal]:
    """What each unit (by its id) would carry; changes nothing, so that a page can show it first."""
    if goal.value is None:
        raise Refusal(
            "goal.value",
            mark("“%(goal)s” has no value to divide."),
            hint=mark("Name the units that answer for it in the letter's clauses."),
            params={"goal": goal.title},
        )
    if not units:
        raise Refusal("share.nobody", mark("No unit is chosen."), hint=mark("Choose at least one unit."))
    if method == Goal.Divided.SAME:
        return {unit.pk: goal.value for unit in units}
    if method == Goal.Divided.BY_HAND:
        given = {unit.pk: (values or {}).get(unit.pk, Decimal(0)) for unit in units}
        _check_sum(goal, sum(given.values(), Decimal(0)))
        return given
    weight = [
        Decimal(1) if method == Goal.Divided.EQUALLY else (weights or {}).get(unit.pk, Decimal(0)) for unit in units
    ]
    if not any(weight):
        raise Refusal(
            "share.weights",
            mark("All weights are zero, so nobody would carry the goal."),
            hint=mark("Give at least one unit a weight above zero."),
            field="weights",
        )
    divided = parts.divide(goal.value, weight, places_of(goal))
    return {unit.pk: value for unit, value in zip(units, divided, strict=True)}


def places_of(goal: Goal) -> int:
    """How many decimals the parts of a goal have: its indicator's, or as many as its value needs."""
    needed = -int(goal.value.normalize().as_tuple().exponent) if goal.value is not None else 0
    return max(needed, goal.indicator.places if goal.indicator else 0, 0)


def _check_sum(goal: Goal, total: Decimal) -> None:
    assert goal.value is not None  # noqa: S101 - the caller has refused a goal without a value
    gap = goal.value - total
    if gap == 0:
        return
    message = (
        mark("Shares make %(total)s of %(goal)s; %(gap)s are nobody's.")
        if gap > 0
        else mark("Shares make %(total)s of %(goal)s; %(gap)s are too many.")
    )
    hint = mark("Give them to a unit or the district.") if gap > 0 else mark("Take them away from a unit.")
    numbers = {"total": _plain(total), "goal": _plain(goal.value), "gap": _plain(abs(gap))}
    raise Refusal("share.sum", message, hint=hint, params=numbers)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"


@transaction.atomic
def divide(
    goal: Goal,
    units: Sequence[Unit],
    *,
    method: str,
    weights: Mapping[int, Decimal] | None = None,
    values: Mapping[int, Decimal] | None = None,
    by: Person,
) -> Goal:
    """Divide a goal among units; the shares always add up to it. Shares in a letter stay as they are signed."""
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    carried = plan_division(goal, units, method=method, weights=weights, values=values)
    standing = {share.unit_id: share for share in goal.shares.select_for_update()}
    _check_not_fixed(standing.values())
    for unit_id in standing.keys() - carried.keys():
        _take_away(standing[unit_id], by=by)
    for unit in units:
        _give(goal, unit, carried[unit.pk], (weights or {}).get(unit.pk), standing.get(unit.pk), by=by)
    before = {"divided": goal.divided}
    goal.divided = method
    goal.save(update_fields=["divided"])
    ledger.record("divided", goal, by=by, before=before)
    return goal


def _check_not_fixed(shares: Iterable[Share]) -> None:
    for share in shares:
        if share.fixed_on is not None:
            raise Refusal(
                "letter.signed",
                mark("Fixed by a letter on %(day)s, so only an amendment changes it."),
                hint=mark("Propose one with its ground."),
                params={"day": share.fixed_on},
            )


def _take_away(share: Share, *, by: Person) -> None:
    for point in share.schedule.all():
        ledger.record("removed", point, by=by)
        point.delete()
    ledger.record("removed", share, by=by)
    try:
        share.delete()
    except ProtectedError as error:
        raise Refusal(
            "share.used",
            mark("%(unit)s's share is written in a letter's annex, so it cannot be taken away."),
            hint=mark("Leave the unit in the division."),
            params={"unit": share.unit.name},
        ) from error


def _give(goal: Goal, unit: Unit, value: Decimal, weight: Decimal | None, share: Share | None, *, by: Person) -> None:
    if share is None:
        share = Share.objects.create(goal=goal, unit=unit, value=value, weight=weight)
        ledger.record("shared", share, by=by)
    elif (share.value, share.weight) != (value, weight):
        before = {"value": share.value, "weight": share.weight}
        share.value, share.weight = value, weight
        share.save(update_fields=["value", "weight"])
        ledger.record("shared", share, by=by, before=before)


@transaction.atomic
def set_schedule(goal: Goal, portions: Mapping[int, Decimal], *, by: Person) -> Goal:
    """Set the way through the year for all shares of a goal.

    ``portions`` says which part of the whole (0 to 1, to date) is due by the end of which month; the last
    one is 1. `even` and `quarterly` make the usual ones.
    """
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    _check_portions(portions)
    shares = list(goal.shares.select_for_update().prefetch_related("schedule"))
    if not shares:
        raise Refusal(
            "schedule.no_shares",
            mark("Nobody carries “%(goal)s” yet."),
            hint=mark("Divide it first, then set its schedule."),
            params={"goal": goal.title},
        )
    _check_not_fixed(shares)
    step = Decimal(1).scaleb(-places_of(goal))
    for share in shares:
        due = {month: (share.value * part).quantize(step, ROUND_HALF_UP) for month, part in portions.items()}
        _schedule(share, due, by=by)
    return goal


def even(last_month: int = 12) -> dict[int, Decimal]:
    """The same every month, until the last one."""
    return {month: Decimal(month) / last_month for month in range(1, last_month + 1)}


def quarterly(*to_date: Decimal) -> dict[int, Decimal]:
    """Parts to date at the end of each quarter: 0.2, 0.5, 0.75, 1."""
    return {3 * (index + 1): part for index, part in enumerate(to_date)}


def _check_portions(portions: Mapping[int, Decimal]) -> None:
    ordered = [portions[month] for month in sorted(portions)]
    if not ordered or ordered != sorted(ordered) or ordered[-1] != 1 or min(ordered) < 0 or max(portions) > 12:
        raise Refusal(
            "schedule.order",
            mark("A schedule goes up to the whole: each month at least as much as the one before, the last 100 %%."),
            hint=mark("Correct the month that falls, or end with 100 %%."),
            params={"_": ""},
            field="schedule",
        )


def _schedule(share: Share, due: Mapping[int, Decimal], *, by: Person) -> None:
    standing = {point.month: point for point in share.schedule.all()}
    for month in standing.keys() - due.keys():
        ledger.record("removed", standing[month], by=by)
        standing[month].delete()
    for month, value in due.items():
        point = standing.get(month)
        if point is None:
            ledger.record("scheduled", Schedule.objects.create(share=share, month=month, due=value), by=by)
        elif point.due != value:
            before = {"due": point.due}
            point.due = value
            point.save(update_fields=["due"])
            ledger.record("scheduled", point, by=by, before=before)


@transaction.atomic
def fix_share(share: Share, *, on: date, by: Person) -> Share:
    """A letter with this share is issued: it stays as it is."""
    share = Share.objects.select_for_update().get(pk=share.pk)
    before = {"fixed_on": share.fixed_on}
    share.fixed_on = on
    share.save(update_fields=["fixed_on"])
    ledger.record("fixed", share, by=by, before=before)
    return share


@transaction.atomic
def amend_share(share: Share, value: Decimal, *, by: Person, reason: str) -> Share:
    """A signed amendment changes the share; its schedule keeps its shape."""
    share = Share.objects.select_for_update(of=("self",)).select_related("goal__indicator").get(pk=share.pk)
    before = {"value": share.value}
    old, share.value = share.value, value
    share.save(update_fields=["value"])
    ledger.record("amended", share, by=by, before=before, reason=reason)
    step = Decimal(1).scaleb(-places_of(share.goal))
    points = {
        point.month: (point.due * value / old).quantize(step, ROUND_HALF_UP) if old else value
        for point in share.schedule.all()
    }
    _schedule(share, points, by=by)
    return share
