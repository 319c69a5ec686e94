"""A period's clocks: a year of them by one rule, one month by hand, and one clock moved with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.core.months import Month
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.returns.clocks import clocks_of
from shoushan.returns.models import ClockRule, Exemption, Period


@dataclass(frozen=True, slots=True)
class Terms:
    """What a clock rule says: the day it opens, the working day it is due on, the working days until it locks."""

    opens_day: int
    due_workday: int
    locks_after: int
    source: str

    def as_rule(self, since: date) -> ClockRule:
        return ClockRule(
            opens_day=self.opens_day,
            due_workday=self.due_workday,
            locks_after=self.locks_after,
            source=self.source.strip(),
            since=since,
        )


@transaction.atomic
def open_year_by_rule(year: Year, terms: Terms, *, by: Person) -> list[Period]:
    """Set the clocks of every month of a year that has none yet; those that stand are left as they are."""
    year = Year.objects.select_for_update().get(pk=year.pk)
    if not terms.source.strip():
        raise Refusal(
            "clocks.no_source",
            mark("A clock rule needs the text it rests on."),
            hint=mark("Name the notice: who issued it, its number and its date."),
            field="source",
        )
    there = set(year.periods.values_list("month", flat=True))
    months = [Month(year.number, number) for number in range(1, 13) if number not in there]
    if not months:
        raise Refusal(
            "clocks.all_set",
            mark("Every month of %(year)s has its clocks already."),
            hint=mark("Change a single month on its own page."),
            params={"year": year.number},
        )
    rule = terms.as_rule(months[0].first_day)
    found = [clocks_of(month, rule) for month in months]
    for clocks in found:
        check_order(clocks.opens_at, clocks.due_at, clocks.locks_at)
    rule.save()
    ledger.record("entered", rule, by=by)
    return [_opened(year, clocks.month.month, clocks, rule, by) for clocks in found]


def _opened(year: Year, month: int, clocks: object, rule: ClockRule | None, by: Person | None) -> Period:
    given = {name: getattr(clocks, name) for name in ("opens_at", "due_at", "locks_at")}
    period = Period.objects.create(year=year, month=month, rule=rule, **given)
    ledger.record("opened", period, by=by)
    return period


@transaction.atomic
def open_period(
    year: Year, month: int, *, opens_at: datetime, due_at: datetime, locks_at: datetime, by: Person | None
) -> Period:
    """Set the three clocks of a month by hand."""
    check_order(opens_at, due_at, locks_at)
    period = Period.objects.create(year=year, month=month, opens_at=opens_at, due_at=due_at, locks_at=locks_at)
    ledger.record("opened", period, by=by)
    return period


@transaction.atomic
def change_clocks(
    period: Period,
    *,
    opens_at: datetime,
    due_at: datetime,
    locks_at: datetime,
    reason: str,
    version: str = "",
    at: datetime,
    by: Person,
) -> Period:
    """Move a month's clocks, for a reason. Whatever arrives afterwards is judged by the new ones; nothing entered is
    lost, and what arrived before stays judged as it was.

    ``version`` is `clocks_version` as its writer saw it. A moved clock lies ahead: one set into the past would judge
    people by a rule nobody could know.
    """
    period = Period.objects.select_for_update(of=("self",)).select_related("year").get(pk=period.pk)
    new = {"opens_at": opens_at, "due_at": due_at, "locks_at": locks_at}
    _check_change(period, new, reason, version, at)
    changed = {**new, "changed_at": at, "changed_because": reason.strip()}
    ledger.change("changed", period, changed, by=by, reason=reason.strip())
    return period


def clocks_version(period: Period) -> str:
    """The clocks as somebody saw them, for a form that is sent later."""
    return "-".join(str(int(it.timestamp())) for it in (period.opens_at, period.due_at, period.locks_at))


def check_order(opens_at: datetime, due_at: datetime, locks_at: datetime) -> None:
    if not opens_at < due_at <= locks_at:
        raise Refusal(
            "period.order",
            mark("The clocks are out of order: a month opens, is due, and locks, in this order."),
            hint=mark("Correct the moment that is too early."),
            field="due_at",
        )


def _check_change(period: Period, new: dict[str, datetime], reason: str, version: str, at: datetime) -> None:
    if version and version != clocks_version(period):
        raise Refusal(
            "form.stale",
            mark("Somebody changed this while you wrote; saving would erase it."),
            hint=mark("Compare with what stands there now, and choose."),
        )
    check_order(new["opens_at"], new["due_at"], new["locks_at"])
    if not reason.strip():
        raise Refusal(
            "clocks.no_reason",
            mark("A changed clock needs a reason."),
            hint=mark("Say why; every unit reads it on the month's page."),
            field="reason",
        )
    past = [name for name in new if new[name] != getattr(period, name) and new[name] < at]
    if past:
        raise Refusal(
            "clocks.past",
            mark("A clock cannot be moved into the past: nobody could have known it."),
            hint=mark("Choose a moment that is still to come."),
            field=past[0],
        )
    if all(new[name] == getattr(period, name) for name in new):
        raise Refusal(
            "clocks.same",
            mark("These are the clocks as they stand."),
            hint=mark("Change one of the three moments."),
            field="due_at",
        )


@transaction.atomic
def grant_exemption(period: Period, unit: Unit, *, until: datetime, reason: str, by: Person) -> Exemption:
    """Let one unit enter a locked month until a moment; it ends by itself."""
    if not reason.strip():
        raise Refusal(
            "exception.reason",
            mark("An exception needs a reason."),
            hint=mark("Say why this unit may still enter the month."),
            field="reason",
        )
    exemption = Exemption.objects.create(period=period, unit=unit, until=until, reason=reason.strip(), granted_by=by)
    ledger.record("granted", exemption, by=by, reason=reason.strip())
    return exemption
