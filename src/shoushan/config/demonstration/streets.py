"""41 roads and 156 estates, as the speech promises: most accepted, some inspected twice, some still under works."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.config.demonstration.stages import reach, shares_of, words
from shoushan.ledger.moment import acting
from shoushan.lines.streets import actions as streets
from shoushan.lines.streets.models import ITEMS, Street
from shoushan.lines.streets.standards import graded
from shoushan.orgs.models import Unit
from shoushan.registers import actions
from shoushan.registers.lines import line_named

SEED = 20261026
LISTED_ON, TODAY = date(YEAR, 3, 2), date(YEAR, 12, 3)


def run(cast: Cast) -> None:
    """The year's list, and how far each has come."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    told = words("streets")
    with acting(at=moment(LISTED_ON)):
        listed = actions.enter_many(line_named("streets"), list(_list(cast, told, dice)), by=cast.officers["streets"])
    for number, street in enumerate(listed):
        _renew(cast, street, number, dice)


def _list(cast: Cast, told: dict[str, Any], dice: random.Random) -> Any:
    for kind, key, ends in (("road", "streets.roads", told["roads"]), ("estate", "streets.estates", told["estates"])):
        for unit, (stem, end) in zip(_promised(key), product(told["stems"], ends), strict=False):
            size = (
                {"length_m": dice.randrange(4, 38) * 100}
                if kind == "road"
                else {"households": dice.randrange(200, 2200)}
            )
            fields = {"name": f"{stem}{end}", "kind": kind, **size}
            yield actions.Entry(unit, fields, LISTED_ON)


def _promised(key: str) -> Iterator[Unit]:
    """A unit for each street of its share, in turn."""
    left = {share.unit: int(share.value) for share in shares_of(key)}
    while any(left.values()):
        for unit in [each for each, many in left.items() if many]:
            left[unit] -= 1
            yield unit


def _renew(cast: Cast, street: Any, number: int, dice: random.Random) -> None:
    """Works, inspection, perhaps a second one, acceptance; a few are not that far."""
    day = LISTED_ON + timedelta(days=dice.randrange(10, 60))
    street = reach(cast, street, "works", day)
    if number % 19 == 4:
        return
    day += timedelta(days=dice.randrange(90, 150))
    failed = number % 9 == 3
    result = _result(day, dice, failed=failed)
    if failed:
        street = _inspect(cast, street, day, result, "first")
        street = reach(cast, street, "inspected", day, confirmed=day + timedelta(days=5))
        day += timedelta(days=30)
        street = _inspect(cast, street, day, _result(day, dice, failed=False), "again")
        street = reach(cast, street, "reinspected", day)
    else:
        street = reach(cast, street, "inspected", day, result | _graded(result))
    day += timedelta(days=dice.randrange(3, 15))
    confirmed = None if number % 20 == 2 else day + timedelta(days=6)
    wrong = words("streets")["returned"] if number % 43 == 5 else ""
    reach(
        cast, street, "accepted", day, {"accepted_by": words("streets")["signer"]}, confirmed=confirmed, returned=wrong
    )


def _result(day: date, dice: random.Random, *, failed: bool) -> dict[str, Any]:
    """Points and what the residents say."""
    points = [Decimal(dice.randrange(20, 33) if failed else dice.randrange(37, 50)) / 2 for _ in ITEMS]
    asked = dice.choice([3, 20, 30, 40])
    satisfied = asked - dice.randrange(0, 3)
    return {**dict(zip(ITEMS, points, strict=True)), "inspected_on": day, "asked": asked, "satisfied": satisfied}


def _graded(result: dict[str, Any]) -> dict[str, Any]:
    """The sum and the grade by the standard, and the units that went out."""
    points = [result[name] for name in ITEMS]
    grade = graded(points, on=result["inspected_on"], asked=result["asked"], satisfied=result["satisfied"]).grade
    return {"score": sum(points), "grade": grade, "inspectors": ";".join(words("streets")["units"][:2])}


def _inspect(cast: Cast, street: Street, day: date, result: dict[str, Any], which: str) -> Street:
    """Two inspectors of two units go out; their points become the street's result."""
    told, officer = words("streets"), cast.officers["streets"]
    fields = {
        **result,
        "name": f"{street.name}{told[which]}",
        "street": street,
        "round": which,
        "first_unit": told["units"][0],
        "first_inspector": told["inspectors"][0],
        "second_unit": told["units"][1],
        "second_inspector": told["inspectors"][1],
    }
    with acting(at=moment(day, 8)):
        made = actions.enter(line_named("inspections"), street.unit, fields, on=day, by=officer)
    made = reach(cast, made, "done", day)
    with acting(at=moment(day, 17)):
        return streets.adopt(made, by=officer)
