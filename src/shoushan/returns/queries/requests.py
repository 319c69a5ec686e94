"""What units have asked of the supervision office after a month locked, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext

from shoushan.ledger import moment
from shoushan.orgs.models import Person, Unit
from shoushan.returns.models import Correction, ExceptionRequest, Exemption, Period
from shoushan.web import dates
from shoushan.web.today import DONE, WAIT, Task

PAGE = "/returns/requests/"
SHOWN_AFTER = timedelta(days=3)
DECIDED = 50


@dataclass(frozen=True, slots=True)
class Requests:
    """What waits to be decided, and what was decided lately."""

    exceptions: list[ExceptionRequest]
    corrections: list[Correction]
    decided_exceptions: list[ExceptionRequest]
    decided_corrections: list[Correction]

    @property
    def is_empty(self) -> bool:
        return not (self.exceptions or self.corrections or self.decided_exceptions or self.decided_corrections)


def requests(person: Person) -> Requests:
    """The requests a person may see, the oldest that waits first."""
    exceptions = ExceptionRequest.objects.visible_to(person).select_related(
        "period__year", "unit", "asked_by", "decided_by", "exemption"
    )
    corrections = Correction.objects.visible_to(person).select_related(
        "value__indicator", "value__unit", "value__entry__unit", "value__entry__period__year", "asked_by", "decided_by"
    )
    return Requests(
        exceptions=list(exceptions.waiting().order_by("asked_at")),
        corrections=list(corrections.waiting().order_by("asked_at")),
        decided_exceptions=list(exceptions.exclude(state="asked").order_by("-decided_at")[:DECIDED]),
        decided_corrections=list(corrections.exclude(state="asked").order_by("-decided_at")[:DECIDED]),
    )


def count_waiting(person: Person) -> int:
    """How many requests wait for this person's decision: not their own."""
    return (
        ExceptionRequest.objects.waiting().exclude(asked_by=person).count()
        + Correction.objects.waiting().exclude(asked_by=person).count()
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's exception of a month: what is open, and the last that was asked."""

    open: Exemption | None
    asked: ExceptionRequest | None


def standing(period: Period, unit: Unit) -> Standing:
    """Whether an exception is open for the unit now, and how its last request stands."""
    at = moment.current().at
    return Standing(
        open=period.exemptions.filter(unit=unit, until__gt=at).order_by("-until").first(),
        asked=period.exception_requests.filter(unit=unit).select_related("asked_by", "decided_by").first(),
    )


def requests_today(person: Person, on: date) -> Iterable[Task]:
    """For 今日: what the supervision office decides, and how a unit's own requests stand."""
    if person.holds("supervisor"):
        count = count_waiting(person)
        if count:
            yield Task(title=gettext("Decide on %(count)s requests of units") % {"count": count}, url=PAGE, due=on)
    units = person.units_as("reporter")
    if units:
        yield from _own_exceptions(units)
        yield from _own_corrections(units)


def _own_exceptions(units: list[Unit]) -> Iterable[Task]:
    at = moment.current().at
    lately = Q(state="asked") | Q(exemption__until__gt=at) | Q(state="declined", decided_at__gt=at - SHOWN_AFTER)
    found = ExceptionRequest.objects.filter(lately, unit__in=units)
    for asked in found.select_related("period__year", "unit", "exemption"):
        words = {"month": dates.month(asked.period.calendar_month)}
        url, unit = asked.get_absolute_url(), asked.unit.name
        if asked.state == "asked":
            title = gettext("An exception for %(month)s waits for the supervision office") % words
            yield Task(title=title, url=url, urgency=WAIT, unit=unit)
        elif asked.exemption is not None:
            title = gettext("%(month)s is open for your unit: enter what is missing") % words
            yield Task(title=title, url=url, due=asked.exemption.until, unit=unit)
        else:
            title = gettext("The exception for %(month)s was declined") % words
            yield Task(title=title, url=url, urgency=DONE, unit=unit, detail=asked.answer)


def _own_corrections(units: list[Unit]) -> Iterable[Task]:
    lately = Q(state="asked") | Q(decided_at__gt=moment.current().at - SHOWN_AFTER)
    found = Correction.objects.filter(lately, value__entry__unit__in=units).select_related(
        "value__indicator", "value__unit", "value__entry__unit", "value__entry__period__year"
    )
    for asked in found:
        what = {"indicator": asked.value.indicator.label, "month": dates.month(asked.value.entry.period.calendar_month)}
        url, unit = asked.get_absolute_url(), asked.value.entry.unit.name
        if asked.state == "asked":
            title = gettext("The correction of “%(indicator)s” of %(month)s waits for the supervision office") % what
            yield Task(title=title, url=url, urgency=WAIT, unit=unit)
        else:
            agreed = gettext("“%(indicator)s” of %(month)s was corrected")
            declined = gettext("The correction of “%(indicator)s” of %(month)s was declined")
            title = (agreed if asked.state == "agreed" else declined) % what
            yield Task(title=title, url=url, urgency=DONE, unit=unit, detail=asked.answer)
