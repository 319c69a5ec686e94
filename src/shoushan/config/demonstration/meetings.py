"""The dispatch meetings of November (held) and December (its agenda fixed), and what became of the decisions."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.dispatch.actions import follow_ups, meetings
from shoushan.dispatch.models import AgendaItem, FollowUp, Meeting
from shoushan.dispatch.queries import agenda
from shoushan.evidence import actions as evidence
from shoushan.ledger.moment import acting
from shoushan.plans.models import Year

HELD, NEXT = date(YEAR, 11, 10), date(YEAR, 12, 8)


@cache
def told() -> dict[str, Any]:
    """What `examples/meetings.yaml` says."""
    found: dict[str, Any] = yaml.safe_load((settings.ROOT / "examples" / "meetings.yaml").read_text(encoding="utf-8"))
    return found


def run(cast: Cast) -> None:
    """Two meetings, five follow-ups: closed, late, waiting to be closed, extended, and under way."""
    office, chair = cast.people["supervision"], cast.people["head"]
    year = Year.objects.get(number=YEAR)
    with acting(at=moment(date(YEAR, 11, 6))):
        november = _prepared(year, HELD, cast)
    with acting(at=moment(HELD, 15)):
        items = list(november.items.all())
        for place, decision in enumerate(told()["decided"]):
            _decide(cast, items[place % len(items)], decision)
        for item in items[:3]:
            meetings.note(item, told()["said"], version=item.version, by=office)
    with acting(at=moment(HELD, 18)):
        meetings.confirm_minutes(november, at=moment(HELD, 18), by=chair)
    with acting(at=moment(date(YEAR, 11, 12), 10)):
        wrong = told()["correction"]
        given = {"reason": wrong["reason"], "at": moment(date(YEAR, 11, 12), 10), "by": office}
        meetings.correct_minutes(items[0], wrong["text"], **given)
    for follow_up, decision in zip(FollowUp.objects.order_by("pk"), told()["decided"], strict=True):
        _became(cast, follow_up, decision["became"])
    with acting(at=moment(date(YEAR, 12, 2))):
        december = _prepared(year, NEXT, cast)
    for item in december.items.filter(unit__code__in=cast.reporters).select_related("unit")[:2]:
        assert item.unit is not None  # noqa: S101 - chosen by its unit
        by = cast.reporters[item.unit.code]
        with acting(at=moment(date(YEAR, 12, 2), 17)):
            meetings.state(item, item.unit, told()["stated"], at=moment(date(YEAR, 12, 2), 17), by=by)


def _prepared(year: Year, held_on: date, cast: Cast) -> Meeting:
    office = cast.people["supervision"]
    items = agenda.proposed(year, office, held_on=held_on, on=held_on)
    meeting = meetings.prepare(year, held_on.month, held_on=held_on, place=told()["place"], proposed=items, by=office)
    if not items:
        extra = meetings.Proposed(told()["by_hand"], AgendaItem.Rule.BY_HAND)
        meetings.add_item(meeting, extra, by=office)
    return meetings.fix(meeting, by=office)


def _decide(cast: Cast, item: AgendaItem, decision: dict[str, Any]) -> None:
    said = {name: decision[name] for name in ("what", "how_known", "due_on")} | {"role": decision.get("role", "")}
    order = follow_ups.Order(**said, unit=cast.units[decision["unit"]], goal=item.goal, item=item)
    follow_ups.open_follow_up(order, at=moment(HELD, 15), by=cast.people["supervision"])


def _became(cast: Cast, follow_up: FollowUp, became: str) -> None:
    office, doer = cast.people["supervision"], cast.reporters.get(follow_up.unit.code, cast.people["reporter"])
    if became in ("closed", "reported"):
        at = moment(date(YEAR, 11, 19), 16)
        with acting(at=at):
            evidence.add(follow_up, f"{follow_up.what}\n".encode(), told()["report"]["file"], by=doer)
            follow_ups.report(follow_up, told()["report"]["words"], at=at, by=doer)
    if became == "closed":
        with acting(at=moment(date(YEAR, 11, 20), 11)):
            follow_ups.close(follow_up, at=moment(date(YEAR, 11, 20), 11), by=office)
    if became == "extended":
        at = moment(date(YEAR, 11, 23), 9)
        with acting(at=at):
            more = told()["extension"]
            asked = follow_ups.ask_extension(follow_up, until=more["until"], reason=more["reason"], at=at, by=doer)
        with acting(at=moment(date(YEAR, 11, 24), 9)):
            follow_ups.answer_extension(asked, granted=True, answer=more["answer"], by=office)
