"""Planting letters of nine subdistricts, 32 sites, and the autumn's survival samples."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shoushan.config.demonstration.district import YEAR, Cast, material, moment
from shoushan.config.demonstration.stages import reach, shares_of, words
from shoushan.ledger.moment import acting
from shoushan.lines.greening import actions as greening
from shoushan.registers import actions
from shoushan.registers.lines import line_named

SITES, SURVEYED, SEED = 32, 8, 20261015
SQUARE_METRES = 10_000  # in a hectare
LETTERS_ON, PLANNED_ON, DRAWN_ON = date(YEAR, 2, 2), date(YEAR, 2, 6), date(YEAR, 10, 16)
SEED_WORDS = "2026-10-15"  # the day on which the seed was announced


def run(cast: Cast) -> None:
    """Promised in February, planted in spring, looked at in October."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    told, officer = words("greening"), cast.officers["greening"]
    letters = _letters(cast, told, dice)
    with acting(at=moment(PLANNED_ON)):
        entries = [_site(cast, letters, number, told, dice) for number in range(SITES)]
        sites = actions.enter_many(line_named("greening"), entries, by=officer)
    planted = [_plant(cast, site, number, told, dice) for number, site in enumerate(sites) if number != 10]
    for site in planted[:SURVEYED]:
        _survey(cast, site, told, dice)


def _letters(cast: Cast, told: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """What each subdistrict promised, signed."""
    trees, hectares = (
        {share.unit.code: share.value for share in shares_of(key)} for key in ("greening.trees", "greening.area")
    )
    codes = list(trees)
    entries = [
        actions.Entry(
            cast.units[code],
            {
                "name": f"{cast.units[code].name}{told['task']}",
                "promised_trees": int(trees[code]),
                "promised_m2": int(hectares[code] * SQUARE_METRES),
                "due_on": f"{YEAR}-12",
                "letter": f"{told['letter']}{number}",
            },
            LETTERS_ON,
        )
        for number, code in enumerate(codes, 1)
    ]
    with acting(at=moment(LETTERS_ON)):
        made = actions.enter_many(line_named("planting-tasks"), entries, by=cast.officers["greening"])
    signed = LETTERS_ON + timedelta(days=2)
    confirmed = LETTERS_ON + timedelta(days=3)
    return {
        code: reach(cast, letter, "signed", signed, confirmed=confirmed)
        for code, letter in zip(codes, made, strict=True)
    }


def _site(cast: Cast, letters: dict[str, Any], number: int, told: dict[str, Any], dice: random.Random) -> actions.Entry:
    code = list(letters)[number % len(letters)]
    fields = {
        "name": f"{told['stems'][number % 8]}{told['places'][number // 8]}",
        "promise": letters[code],
        "kind": dice.choice(told["kinds"]),
        "species": dice.choice(told["species"]),
        "spec": told["specs"][4 if number % 13 == 6 else number % 4],
        "task_trees": _part(letters[code].promised_trees, number, len(letters)),
        "area": dice.choice(told["areas"]),
    }
    return actions.Entry(cast.units[code], fields, PLANNED_ON)


def _part(whole: int, number: int, units: int) -> int:
    """What one site carries of its unit's whole, where the sites are dealt out to the units in turn."""
    return whole // len(range(number % units, SITES, units))


def _plant(cast: Cast, site: Any, number: int, told: dict[str, Any], dice: random.Random) -> Any:
    """Planted in spring, one of them in July; some replaced dead trees, which counts as nothing new."""
    day = date(YEAR, 7, 8) if number == 20 else date(YEAR, 2, 12) + timedelta(days=dice.randrange(0, 55))
    square_metres = _part(site.promise.promised_m2, number, len(material()["subdistricts"]))
    given = {
        "planted_trees": site.task_trees * dice.choice([100, 100, 102, 105]) // 100,
        "replanted_trees": dice.choice([0, 0, 0, 120]),
        "planted_on": day.isoformat(),
        "contractor": dice.choice(told["contractors"]),
        "guarantee_end": f"{YEAR + 2}-03",
        "area_m2": square_metres * dice.choice([96, 100, 100, 103]) // 100,
        "plan": f"{told['drawing']}{YEAR}-{number + 1:02d}",
    }
    confirmed = None if number % 9 == 8 else day + timedelta(days=12)
    return reach(
        cast, site, "planted", day, given, confirmed=confirmed, returned=told["returned"] if number == 13 else ""
    )


def _survey(cast: Cast, site: Any, told: dict[str, Any], dice: random.Random) -> None:
    """A sample drawn by the announced seed, looked at within a week; then the site counts what is alive."""
    if site.stage != "planted":
        return
    officer, looked = cast.officers["greening"], DRAWN_ON + timedelta(days=6)
    with acting(at=moment(DRAWN_ON)):
        drawn = greening.draw(
            site, name=f"{site.name}{told['survey']}", seed=f"{SEED_WORDS} {site.name}", precision=Decimal("0.05"),
            expected=Decimal("0.9"), on=DRAWN_ON, by=officer,
        )  # fmt: skip
    alive = (drawn.sample_trees or 0) * dice.choice([84, 93, 96, 99]) // 100
    drawn = reach(cast, drawn, "done", looked, {"looked_at": drawn.sample_trees, "alive_trees": alive})
    counted = site.planted_trees * alive // (drawn.looked_at or 1)
    checked = looked + timedelta(days=3)
    given = {"checked_on": looked, "alive_trees": counted}
    reach(cast, site, "checked", checked, given, confirmed=checked + timedelta(days=5))
