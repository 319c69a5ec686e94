"""Matters of the demonstration year: told, answered, one late, some reviewed; who brought them is sealed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from shoushan.config.demonstration.district import YEAR, Cast, moment, units_named
from shoushan.evidence import actions as evidence
from shoushan.ledger.moment import acting
from shoushan.lines.petitions import actions
from shoushan.lines.petitions.models import Matter
from shoushan.registers import actions as registers
from shoushan.registers.lines import line_named

COUNT, SEED = 22, 20260501
TODAY = date(YEAR, 12, 3)
OUTCOMES = ("supported", "supported", "partly", "explained")
# one waits for its answer longer than it may, one was given thirty days more, one came back from the verifier
STUCK, EXTENDED, RETURNED = 15, 16, 18
# one in five says nothing of the answer, and one is not content with it
RATELESS, DISPLEASED = 4, 11


@cache
def material() -> dict[str, Any]:
    """What `examples/lines/petitions.yaml` says."""
    text = (settings.ROOT / "examples" / "lines" / "petitions.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@dataclass(frozen=True, slots=True)
class Told:
    """What one matter will say at its stages."""

    fields: dict[str, str]
    way: str
    answer: str
    done: str


def run(cast: Cast) -> None:
    """Register the matters, and let each go as far as its days allow."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    codes = units_named("subdistricts")
    for number in range(COUNT):
        told, on = _told(dice, number), date(YEAR, 1, 8) + timedelta(days=number * 15 + dice.randrange(4))
        name, street = dice.choice(material()["people"])
        who = {"name": name, "phone": f"0990-55{number:05d}", "address": f"{street}{number + 1}号"}  # han: an address
        unit = cast.units[codes[number % len(codes)]]
        with acting(at=moment(on)):
            matter = actions.register(
                unit, told.fields, who if number % 6 else {}, on=on, by=cast.officers["petitions"]
            )
            actions.issue_code(matter, number=1, by=cast.officers["petitions"])
            registers.decide(matter, "registered", "accepted", by=cast.people["verifier"])
        _go(cast, matter, told, number, on, dice)


def _told(dice: random.Random, number: int) -> Told:
    if number % 11 == 10:
        subject = material()["suggestions"][number // 11 % len(material()["suggestions"])]
        fields = {"name": subject, "kind": "suggestion", "cause": "other"}
        return Told(fields, "study", subject, subject)
    cause = list(material()["causes"])[number % len(material()["causes"])]
    subject, answer, done = dice.choice(material()["causes"][cause])
    return Told({"name": subject, "kind": "appeal", "cause": cause}, "rest", answer, done)


def _go(cast: Cast, matter: Matter, told: Told, number: int, since: date, dice: random.Random) -> None:
    """One stage after the other until today comes; one in nine is told late."""
    late = number % 9 == 4
    plan: list[tuple[str, int, dict[str, str]]] = [
        ("sorted", dice.randrange(1, 3), {"way": told.way}),
        ("transferred", dice.randrange(1, 5), {}),
        ("told", dice.randrange(3, 12) + (12 if late else 0), {}),
        ("answered", dice.randrange(18, 56), {"outcome": dice.choice(OUTCOMES), "answer": told.answer}),
    ]
    if number % 6 == 1:
        turned = dice.choice(["upheld", "upheld", "reversed"])
        plan += [("review_asked", 12, {}), ("reviewed", dice.randrange(10, 29), {"review_outcome": turned})]
    plan.append(("closed", 33, {"cause_done": told.done}))
    on = since
    for stage, days, fields in plan:
        on += timedelta(days=days)
        if on > TODAY:
            return
        returned = number == RETURNED and stage == "told"
        _reach(cast, matter, stage, on, fields, returned=returned)
        if stage == "told" and number == EXTENDED:
            _give_longer(cast, matter, on)
        if stage == "answered":
            _after_the_answer(cast, matter, on, number, dice)
        if returned or (stage == "told" and number == STUCK):
            return


def _reach(cast: Cast, matter: Matter, stage: str, on: date, fields: dict[str, str], *, returned: bool) -> None:
    officer = cast.officers["petitions"]
    with acting(at=moment(on)):
        registers.edit(matter, fields, by=officer)
        need = line_named("petitions").needs.get(stage)
        if need and need.evidence:
            # han: the file stands for a scan of the paper, with the name covered
            words = f"{matter.name} {stage} 姓名已遮盖\n".encode()
            evidence.add(matter, words, f"{stage}-{matter.pk}.txt", proves=stage, by=officer)
        registers.advance(matter, stage, on=on, today=on, by=officer)
    checked = on + timedelta(days=3)
    if checked <= TODAY:
        with acting(at=moment(checked)):
            decision, reason = ("returned", material()["returned"]) if returned else ("accepted", "")
            registers.decide(matter, stage, decision, reason=reason, by=cast.people["verifier"])


def _give_longer(cast: Cast, matter: Matter, on: date) -> None:
    """Thirty days more for the answer, as the head of the unit approved."""
    day, reason = on + timedelta(days=40), material()["longer"]
    with acting(at=moment(day)):
        asked = registers.ask_longer(matter, "answer", days=30, reason=reason, today=day, by=cast.officers["petitions"])
        registers.decide_longer(asked, approve=True, record=matter, by=cast.people["verifier"])


def _after_the_answer(cast: Cast, matter: Matter, on: date, number: int, dice: random.Random) -> None:
    """The identity was opened to deliver it; some say what they think of it."""
    officer = cast.officers["petitions"]
    with acting(at=moment(on, 11)):
        if hasattr(matter, "identity"):
            opening = actions.open_identity(matter, reason=dice.choice(material()["reasons"]), by=officer)
            actions.show_identity(opening, by=officer)
    if number % 5 != RATELESS and on + timedelta(days=4) <= TODAY:
        with acting(at=moment(on + timedelta(days=4), 20)):
            actions.rate(matter, "partly" if number == DISPLEASED else "satisfied")
