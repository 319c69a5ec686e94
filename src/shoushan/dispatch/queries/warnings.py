"""What lit, by which rule, for the page of warnings and for 今日."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.dispatch.models import Alarm
from shoushan.dispatch.models.warnings import NEW_FOR
from shoushan.dispatch.rules import book
from shoushan.orgs.models import Person, Unit
from shoushan.web.today import Task

STATES = {
    "open": _("Alight"),
    "new": _("New this week"),
    "put_off": _("Put off"),
    "ended": _("Ended"),
    "all": _("All"),
}
RULES = {
    "progress.behind": _("Behind the schedule"),
    "progress.pace": _("Pace still needed"),
    "stage.late": _("Past a limit"),
    "evidence.missing": _("Without evidence"),
    "evidence.reused": _("Evidence used twice"),
    "correction.repeated": _("Sent back again"),
    "series.constant": _("Always the same"),
    "series.digits": _("One digit"),
    "series.on_target": _("Exactly on target"),
    "series.jump": _("Jump in the last month"),
    "series.falls": _("Total fell"),
}
# what the figures of a rule are called
PARAMETERS = {
    "red_below": _("red below this share of what is due"),
    "yellow_above": _("yellow above so many times the best month"),
    "red_above": _("red above so many times the best month"),
    "fewest_months": _("months known at least"),
    "yellow_after": _("yellow after days"),
    "red_after": _("red after days"),
    "least_share": _("from this share of the year"),
    "most_things": _("things at most"),
    "times": _("times"),
    "months": _("months in a row"),
    "digits": _("same digits"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm as a list tells it: the months' colours, how it ended, and where a follow-up is ordered."""

    alarm: Alarm
    rule: Any
    months: list[tuple[Month, str]]
    caught_up: Month | None
    is_snoozed: bool
    is_new: bool
    order_url: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for, and what it may ask for."""

    state: str
    rule: str
    unit: str
    units: list[Unit]
    states: dict[str, Any]
    rules: dict[str, Any]


def filters(person: Person, asked_for: Mapping[str, str]) -> Filters:
    """The address's words where they are known; unknown ones are left out."""
    state, rule = asked_for.get("state", "open"), asked_for.get("rule", "")
    with_alarms = Unit.objects.filter(pk__in=Alarm.objects.visible_to(person).order_by().values("unit_id"))
    return Filters(
        state=state if state in STATES else "open",
        rule=rule if rule in RULES else "",
        unit=asked_for.get("unit", ""),
        units=list(with_alarms.in_tree_order()),
        states=STATES,
        rules=RULES,
    )


def alarms(person: Person, wanted: Filters, *, on: date) -> QuerySet[Alarm]:
    """The alarms a person sees, as the address filters them, in tree order and never by how many a unit has."""
    seen = Alarm.objects.visible_to(person).select_related("unit", "year", "snoozed_by", "goal")
    found = {
        "open": seen.standing,
        "new": seen.standing().filter(lit_on__gt=on - NEW_FOR).all,
        "put_off": lambda: seen.snoozed(on=on),
        "ended": seen.ended,
        "all": seen.all,
    }[wanted.state]()
    if wanted.rule:
        found = found.filter(rule=wanted.rule)
    return found.filter(unit__code=wanted.unit) if wanted.unit else found


def rows(found: Iterable[Alarm], person: Person, *, on: date) -> list[Row]:
    return [row(alarm, person, on=on) for alarm in found]


def row(alarm: Alarm, person: Person, *, on: date) -> Row:
    """One alarm as pages tell it."""
    year = alarm.year.number
    return Row(
        alarm=alarm,
        rule=RULES.get(alarm.rule, alarm.rule),
        months=[(Month(year, month), light) for month, light in alarm.by_month()],
        caught_up=Month(year, alarm.ended_month) if alarm.ended_month else None,
        is_snoozed=alarm.is_snoozed(on),
        is_new=alarm.is_new(on),
        order_url=order_url(alarm, person),
    )


def order_url(alarm: Alarm, person: Person) -> str:
    """Where a follow-up is ordered for an alarm; nothing where there is no such page, or it is not this person's."""
    if alarm.ended_on is not None or not person.has_perm("dispatch.judge"):
        return ""
    try:
        return f"{reverse('follow-up-new')}?alarm={alarm.pk}"
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule that an alarm names: its word, its figures, from when it holds, and who says so."""

    label: Any
    since: date
    source: str
    figures: str


def rules_of(alarm: Alarm) -> list[RuleTold]:
    """The rules that lit an alarm, in the version they had then."""
    named = dict.fromkeys((str(each["rule"]), date.fromisoformat(each["since"])) for each in alarm.said)
    return [_told(key, since) for key, since in named]


def _told(key: str, since: date) -> RuleTold:
    rule = next((it for it in book().rules if (it.key, it.since) == (key, since)), None)
    if rule is None:
        return RuleTold(RULES.get(key, key), since, "", "")
    chosen = rule.chosen.isoformat() if rule.chosen else ""
    source = rule.source or gettext("our own choice of %(day)s") % {"day": chosen}
    said = "; ".join(f"{PARAMETERS.get(name, name)} {value}" for name, value in rule.parameters.items())
    return RuleTold(RULES.get(key, key), since, source, said)


@dataclass(frozen=True, slots=True)
class Colour:
    """The colour a month got when it was judged, and in which month it was caught up, where it was."""

    light: str
    caught_up: Month | None


def months_lit(goal_id: int, unit_id: int) -> dict[int, list[Colour]]:
    """The colours that warnings gave to the months of a unit's part of a goal."""
    found: dict[int, list[Colour]] = {}
    alarms = Alarm.objects.filter(goal=goal_id, unit=unit_id).select_related("year").order_by("lit_on", "pk")
    for alarm in alarms:
        caught_up = Month(alarm.year.number, alarm.ended_month) if alarm.ended_month else None
        for month, light in alarm.by_month():
            found.setdefault(month, []).append(Colour(light, caught_up))
    return found


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """What lit this week for the supervision office; what is alight for whoever answers for a unit."""
    if person.has_perm("dispatch.judge"):
        count = Alarm.objects.awake(on=on).filter(lit_on__gt=on - NEW_FOR).count()
        said = ngettext("%(count)s warning lit this week", "%(count)s warnings lit this week", count)
        url = "/warnings/?state=new"
    else:
        units = person.units_as("head", "reporter")
        count = Alarm.objects.awake(on=on).filter(unit__in=units).count() if units else 0
        said = ngettext("%(count)s warning concerns your unit", "%(count)s warnings concern your unit", count)
        url = "/warnings/"
    if count:
        yield Task(said % {"count": count}, url, kind=_("Warnings"), button=_("Look"))
