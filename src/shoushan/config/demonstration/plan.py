"""What the demonstration year promises: the speech, its goals, their shares, and the letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from shoushan.config.demonstration.district import YEAR, Cast, material, moment, units_named
from shoushan.core.errors import Refusal
from shoushan.ledger.moment import acting
from shoushan.letters import actions as letters
from shoushan.letters.models import Letter
from shoushan.plans import actions
from shoushan.plans.actions.sharing import even, quarterly
from shoushan.plans.models import Document, Goal, Indicator, Passage

SPOKEN, READ, SHARED, ISSUED = date(YEAR, 2, 26), date(YEAR, 2, 27), date(YEAR, 3, 1), date(YEAR, 3, 2)
UNSIGNED = "xindu"  # its letter waits for the district's signature
UNFOUNDED = "toucu"  # its draft names no legal basis, so it cannot be issued
SCHEDULES: dict[str, Mapping[int, Decimal]] = {
    "even": even(),
    "quarterly": quarterly(Decimal("0.22"), Decimal("0.5"), Decimal("0.75"), Decimal(1)),
    "october": even(10),
    # seven tenths by 10 April, the rest in autumn
    "planting": {4: Decimal("0.7"), 9: Decimal("0.7"), 11: Decimal(1)},
    # a rate is due whole from January on
    "always": {1: Decimal(1)},
}


def promise(cast: Cast) -> None:
    """From the speech to letters in force."""
    office = cast.people["supervision"]
    with acting(at=moment(READ)):
        year = actions.open_year(YEAR, by=office)
        indicators = {key: _define(cast, key, told) for key, told in material()["indicators"].items()}
        text = (settings.ROOT / "examples" / "speech.txt").read_text(encoding="utf-8")
        document = actions.add_document(year, title=text.splitlines()[0], text=text, delivered_on=SPOKEN, by=office)
    for told in material()["goals"]:
        goal = _confirm(cast, document, told, indicators)
        _divide(cast, goal, told)
    _letters(cast, year)


def _define(cast: Cast, key: str, told: dict[str, Any]) -> Indicator:
    keeper = cast.units[told["keeper"]] if "keeper" in told else None
    return actions.define_indicator(by=cast.people["supervision"], key=key, **{**told, "keeper": keeper})


def _confirm(cast: Cast, document: Document, told: dict[str, Any], indicators: Mapping[str, Indicator]) -> Goal:
    office, indicator = cast.people["supervision"], indicators[told["indicator"]]
    passage = _passage(cast, document, told)
    found = passage.proposal
    with acting(at=moment(READ, 14)):
        return actions.confirm(
            passage,
            actions.GoalTerms(
                kind="target",
                title=indicator.label,
                indicator=indicator,
                compare=found["compare"],
                value=Decimal(found["value"]),
                measure=indicator.measure,
                basis=found["basis"] or "",
                due_on=_last_day(found["deadline"]),
                lead_unit=cast.units[told["lead"]],
            ),
            by=office,
        )


def _last_day(deadline: str | None) -> date | None:
    return date.fromisoformat(deadline) if deadline and len(deadline) == len("2026-10-31") else None


def _passage(cast: Cast, document: Document, told: dict[str, Any]) -> Passage:
    """The passage whose number has these words, after those words."""
    for passage in document.passages.filter(kind="target"):
        before = document.text[max(passage.words_start - 20, 0) : passage.words_start]
        if passage.words == told["words"] and before.endswith(told["after"]):
            return passage
    raise Refusal("demo.passage", "The speech has no “%(words)s”.", params={"words": told["words"]})


def _divide(cast: Cast, goal: Goal, told: dict[str, Any]) -> None:
    codes = told["units"] if isinstance(told["units"], list) else units_named(told["units"])
    units = [cast.units[code] for code in codes]
    weights = {cast.units[code].pk: Decimal(weight) for code, weight in material()["weights"].items()}
    with acting(at=moment(SHARED)):
        actions.divide(goal, units, method=told["method"], weights=weights, by=cast.people["supervision"])
        actions.set_schedule(goal, SCHEDULES[told["schedule"]], by=cast.people["supervision"])


def _letters(cast: Cast, year: Any) -> None:
    office, told = cast.people["supervision"], material()["basis"]
    with acting(at=moment(ISSUED)):
        basis = letters.add_basis(**told, dated_on=date(YEAR, 1, 20), expires_on=date(YEAR, 12, 31), by=office)
    for code, unit in cast.units.items():
        if not unit.shares.exists():
            continue
        with acting(at=moment(ISSUED, 15)):
            letter = letters.draft(year, unit, basis=basis, by=office)
            letter = letters.issue(letter, on=ISSUED, by=office)
        with acting(at=moment(date(YEAR, 3, 4))):
            letter = letters.sign(letter, by=cast.heads[code])
        if code != UNSIGNED:
            with acting(at=moment(date(YEAR, 3, 5))):
                letters.sign(letter, by=cast.people["head"])
    with acting(at=moment(ISSUED, 16)):
        letters.draft(year, cast.units[UNFOUNDED], by=office)
    _amendment(cast)


def _amendment(cast: Cast) -> None:
    """A planned road was struck from the plan: two estates fewer for 石塘街道, signed by both."""
    letter = Letter.objects.get(unit=cast.units["shitang"])
    share = letter.unit.shares.get(goal__indicator__key="streets.estates")
    with acting(at=moment(date(YEAR, 7, 20))):
        amendment = letters.propose(
            letter,
            share,
            after=share.value - 2,
            ground="boundary",
            # han: the explanation as the unit wrote it
            explanation="两个小区七月起划归云山街道管理。",
            on=date(YEAR, 7, 20),
            by=cast.heads["shitang"],
        )
        amendment = letters.sign_amendment(amendment, by=cast.heads["shitang"])
    with acting(at=moment(date(YEAR, 7, 24))):
        letters.sign_amendment(amendment, by=cast.people["head"])
