"""22 hazards of the demonstration year, and the inspection plan that finds them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from shoushan.config.demonstration.district import YEAR, Cast, material, moment
from shoushan.config.demonstration.stages import reach, words
from shoushan.ledger.moment import acting
from shoushan.lines.hazards import actions as hazards
from shoushan.lines.hazards.queries import like_sites
from shoushan.registers import actions
from shoushan.registers.lines import line_named

HAZARDS, CHECKS, SEED = 22, 24, 20260401
PLANNED_ON, TODAY = date(YEAR, 1, 15), date(YEAR, 12, 3)
EVERY_MAJOR = 9  # one hazard in nine is a major one
STUCK = 18  # and this one is still not rectified
LATE = 4  # and this one was rectified after its day


def run(cast: Cast) -> None:
    """The plan, the findings, and how each was dealt with."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    told, officer = words("hazards"), cast.officers["hazards"]
    _plan(cast, told, dice)
    entries = [_finding(cast, number, told, dice) for number in range(HAZARDS)]
    found = []
    for entry in entries:
        with acting(at=moment(entry.on)):
            found.append(actions.enter(line_named("hazards"), entry.unit, entry.fields, on=entry.on, by=officer))
    for number, hazard in enumerate(found):
        _deal(cast, hazard, number, told, dice)
    first = next(hazard for hazard in found if hazard.name.endswith(told["sites"][0][-1]))
    with acting(at=moment(date(YEAR, 11, 20))):
        hazards.open_linked(first, like_sites(first, officer)[:4], on=date(YEAR, 11, 20), by=officer)


def _place(number: int, told: dict[str, Any]) -> dict[str, Any]:
    """A site of the sixteen, the same for the same number."""
    site = told["sites"][number % len(told["sites"])]
    address = f"{told['streets'][number % len(told['streets'])]}{number % len(told['sites']) * 7 + 3}{told['number']}"
    return {"name": site, "address": address, "sector": told["sectors"][site[-1]]}


def _unit(cast: Cast, number: int, told: dict[str, Any]) -> tuple[str, Any]:
    """Each site lies in one subdistrict."""
    codes = list(material()["subdistricts"])
    code = codes[number % len(told["sites"]) % len(codes)]
    return code, cast.units[code]


def _plan(cast: Cast, told: dict[str, Any], dice: random.Random) -> None:
    """Every site once and half of them again in autumn; most of the first round was looked at."""
    entries = [
        actions.Entry(
            _unit(cast, number, told)[1],
            {**_place(number, told), "planned_for": f"{YEAR}-{3 + number // 16 * 6:02d}"},
            PLANNED_ON,
        )
        for number in range(CHECKS)
    ]
    with acting(at=moment(PLANNED_ON)):
        planned = actions.enter_many(line_named("safety-checks"), entries, by=cast.officers["hazards"])
    for number, check in enumerate(planned[:10]):
        day = date(YEAR, 3 + number // 16 * 6, 1) + timedelta(days=dice.randrange(0, 40))
        given = {"checked_by": dice.choice(list(told["finders"])), "findings": dice.randrange(0, 4)}
        reach(cast, check, "done", day, given, confirmed=day + timedelta(days=5) if number % 5 else None)


def _finding(cast: Cast, number: int, told: dict[str, Any], dice: random.Random) -> actions.Entry:
    found_on = date(YEAR, 2, 20) + timedelta(days=dice.randrange(0, 270))
    unit = dice.choice(list(told["finders"]))
    fields = {
        **_place(number, told),
        "words": dice.choice(told["major" if number % EVERY_MAJOR == 0 else "words"]),
        "found_on": found_on,
        "found_by": unit,
        "finder": told["finders"][unit],
    }
    return actions.Entry(_unit(cast, number, told)[1], fields, found_on)


def _deal(cast: Cast, hazard: Any, number: int, told: dict[str, Any], dice: random.Random) -> None:
    """Graded and ordered at once; most are rectified in time, one late, some wait for their check."""
    is_major = number % EVERY_MAJOR == 0
    day = hazard.found_on + timedelta(days=1)
    hazard = reach(cast, hazard, "graded", day, {"grade": "major" if is_major else "general"})
    due = hazard.found_on + timedelta(days=30 if is_major else 10)
    order = {
        "measure": dice.choice(told["measures"]),
        "money_yuan": dice.choice([0, 800, 3500, 12000, 60000]),
        "post": dice.choice(told["posts"]),
        "due_on": due,
        "plan": told["plan"],
    }
    hazard = reach(cast, hazard, "ordered", day, order)
    if is_major:
        day += timedelta(days=1)
        hazard = reach(cast, hazard, "listed", day, {"listed_no": f"{told['listed']}{number + 1}{told['number_end']}"})
    if number == EVERY_MAJOR:
        longer = {"extended_on": due, "extended_to": due + timedelta(days=30), "extended_why": told["why"]}
        hazard = reach(cast, hazard, "extended", due, longer, confirmed=due)
    days = 20 if number == LATE else 9 if number == EVERY_MAJOR else dice.choice([-5, -3, -2, -1, 0, 0])
    rectified = due + timedelta(days=days)
    if number % 8 == 6 or number == STUCK or rectified > TODAY:
        return
    hazard = reach(cast, hazard, "rectified", rectified, {"corrected_on": rectified, "done": told["done"]})
    _close(cast, hazard, number, rectified, told)


def _close(cast: Cast, hazard: Any, number: int, rectified: date, told: dict[str, Any]) -> None:
    """Checked by the subdistrict, taken off the list, closed."""
    checked = rectified + timedelta(days=5)
    if number % 6 == 5 or checked > TODAY - timedelta(days=9):
        return
    code, unit = _unit(cast, number, told)
    given = {"checked_on": checked, "checked_by": unit.name, "checker": told["checkers"][code]}
    wrong = told["returned"] if number == 10 else ""
    hazard = reach(cast, hazard, "checked", checked, given, confirmed=checked + timedelta(days=2), returned=wrong)
    if wrong:
        return
    if hazard.grade == "major":
        notice = {"delisted_no": f"{told['delisted']}{number + 1}{told['number_end']}"}
        hazard = reach(
            cast, hazard, "delisted", checked + timedelta(days=3), notice, confirmed=checked + timedelta(days=5)
        )
    closed = checked + timedelta(days=6)
    confirmed = None if number % 12 == 3 else closed + timedelta(days=2)
    reach(cast, hazard, "closed", closed, {"closed_by": told["closer"]}, confirmed=confirmed)
