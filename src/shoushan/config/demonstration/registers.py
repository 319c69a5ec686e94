"""Key projects, rectifications, market entities and licences of the demonstration year: a few dozen of each."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shoushan.config.demonstration.district import YEAR, Cast, material, moment
from shoushan.config.demonstration.stages import reach, shares_of, words
from shoushan.ledger.moment import acting
from shoushan.registers import actions
from shoushan.registers.lines import line_named

SEED = 20260301
PROJECTS, CONTINUED, MONTHS = 36, 11, 11
WAITING = 1  # the last of them has not begun
FINDINGS, ENTITIES, APPLICATIONS = 36, 40, 24
TOUCHED = 6  # the finding that touches somebody's right


def run(cast: Cast) -> None:
    """Each line from its own words."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    _projects(cast, words("projects"), dice)
    _campaigns(cast, words("campaigns"), dice)
    _enterprise(cast, words("enterprise"), dice)
    _licensing(cast, words("licensing"), dice)


def _units(cast: Cast) -> list[Any]:
    return [cast.units[code] for code in material()["subdistricts"]]


def _enter(cast: Cast, line: str, entries: list[actions.Entry], on: date) -> list[Any]:
    home = line_named(line).home
    with acting(at=moment(on)):
        return actions.enter_many(line_named(line), entries, by=cast.officers[home])


def _projects(cast: Cast, told: dict[str, Any], dice: random.Random) -> None:
    """36 = 25 + 11 = 23 + 13, as the speech says, and their year's plans make the speech's sum; one has not begun."""
    shares, on = shares_of("projects.reported"), date(YEAR, 1, 8)
    entries = []
    for number in range(PROJECTS):
        share = shares[number % len(shares)]
        plan = int(share.value) * len(shares) // PROJECTS
        start = date(YEAR, 2, 1) + timedelta(days=dice.randrange(150))
        fields = {
            "name": f"{told['firms'][number % len(told['firms'])]}{told['trades'][number % len(told['trades'])]}",
            "kind": "continued" if number < CONTINUED else "new",
            "sector": "industry" if number % PROJECTS < 23 else "commerce",
            "lead": dice.choice(told["leads"]), "total_yuan": plan * dice.choice([1, 2, 3]), "year_plan_yuan": plan,
            "done_share": Decimal(dice.randrange(20, 95)) / 100, "stage_words": dice.choice(told["looks"]),
            "starts_on": f"{start:%Y-%m}", "ends_on": f"{YEAR + dice.randrange(2)}-12",
            "latitude": Decimal(30_100 + dice.randrange(200)) / 1000,
            "longitude": Decimal(120_200 + dice.randrange(300)) / 1000,
        }  # fmt: skip
        fields["name"] += told["numbers"][number // len(told["firms"]) % len(told["numbers"])]
        entries.append(actions.Entry(share.unit, fields, on))
    found = _enter(cast, "projects", entries, on)
    for number, project in enumerate(found[:-WAITING]):
        day = date(YEAR, 1, 10) + timedelta(days=number)
        given = {"approval": "filing", "approval_number": f"{YEAR}-{number:03d}"}
        project = reach(cast, project, "approved", day, given, confirmed=day + timedelta(days=3))
        day += timedelta(days=14)
        reach(cast, project, "started", day, {"permit": f"{YEAR}-{number:02d}"}, confirmed=day + timedelta(days=4))
    _months(cast, found[:-WAITING], dice)
    _troubles(cast, found[:6], told)


def _months(cast: Cast, found: list[Any], dice: random.Random) -> None:
    """What each project reported and paid, month by month; the last month still waits to be confirmed."""
    entries = []
    for number, project in enumerate(found):
        first = 1 if number < CONTINUED else 3
        for month in range(first, MONTHS + 1):
            last = date(YEAR, month + 1, 1) - timedelta(days=1)
            planned = project.year_plan_yuan // (13 - first)
            reported = planned * dice.randrange(88, 112) // 100
            fields = {
                "name": f"{project.name} {YEAR}-{month:02d}", "project": project, "month_on": last,
                "planned_yuan": planned, "reported_yuan": reported, "paid_yuan": reported * 8 // 10,
            }  # fmt: skip
            entries.append(actions.Entry(project.unit, fields, last))
    told_on = date(YEAR, 12, 2)
    made = _enter(cast, "project-months", entries, told_on)
    with acting(at=moment(told_on, 15)):
        for each in made:
            if each.month_on.month < MONTHS:
                actions.decide(each, "told", "accepted", by=cast.people["verifier"])


def _troubles(cast: Cast, found: list[Any], told: dict[str, Any]) -> None:
    """A milestone of each, some put off, and what stands in the way of three of them."""
    first = date(YEAR, 6, 30)
    stones = [
        actions.Entry(project.unit, {"name": told["stone"], "project": project, "baseline_on": first,
                                     "planned_on": first + timedelta(days=30 * (number % 3))}, date(YEAR, 1, 9))
        for number, project in enumerate(found)
    ]  # fmt: skip
    _enter(cast, "milestones", stones, date(YEAR, 1, 9))
    on = date(YEAR, 9, 10)
    problems = [
        actions.Entry(project.unit, {"name": name, "project": project, "owner": told["owner"],
                                     "due_on": on + timedelta(days=45 * number + 20)}, on)
        for number, (project, name) in enumerate(zip(found, told["problems"], strict=False))
    ]  # fmt: skip
    solved = _enter(cast, "problems", problems, on)[0]
    reach(cast, solved, "solved", on + timedelta(days=12), {"solution": told["solution"]}, confirmed=date(YEAR, 9, 25))


def _parts(cast: Cast, told: dict[str, Any], units: list[Any]) -> None:
    """What a line keeps beside its records, as its words say it, unit by unit."""
    for line, rows in told["parts"].items():
        on = date(YEAR, 1, 12)
        _enter(cast, line, [actions.Entry(units[at % len(units)], row, on) for at, row in enumerate(rows)], on)


def _campaigns(cast: Cast, told: dict[str, Any], dice: random.Random) -> None:
    """The six rectifications of the speech, and what they found."""
    district, on = cast.units["district"], date(YEAR, 3, 9)
    decided = _enter(
        cast, "special-campaigns",
        [
            actions.Entry(district, {"name": name, "decision": f"{told['document']}{number}", "scope": told["scope"],
                                     "ends_on": date(YEAR, 10, 31)}, on)
            for number, name in enumerate(told["campaigns"], 1)
        ],
        on,
    )  # fmt: skip
    units = _units(cast)
    entries = []
    for number in range(FINDINGS):
        campaign = decided[number % len(decided)]
        day = date(YEAR, 4, 1) + timedelta(days=dice.randrange(120))
        fields = {
            "name": f"{dice.choice(told['streets'])}{dice.randrange(1, 400)}{told['door']}", "campaign": campaign.name,
            "decided_in": campaign, "words": dice.choice(told["found"]), "found_on": day.isoformat(),
            "due_on": (day + timedelta(days=20)).isoformat(),
        }  # fmt: skip
        entries.append(actions.Entry(units[number % len(units)], fields, day))
    for number, finding in enumerate(_enter(cast, "campaigns", entries, date(YEAR, 8, 3))[:18]):
        day = date(YEAR, 8, 5) + timedelta(days=number)
        finding = reach(cast, finding, "told", day, confirmed=day + timedelta(days=2))
        if number % 3:
            day += timedelta(days=9)
            done = {"done_on": day.isoformat()}
            finding = reach(cast, finding, "corrected", day, done, confirmed=day + timedelta(days=1))
            reach(cast, finding, "checked", day + timedelta(days=2), confirmed=day + timedelta(days=3))
        elif number == TOUCHED:
            _by_law(cast, finding, day, told)
    _parts(cast, told, [district])


def _by_law(cast: Cast, finding: Any, day: date, told: dict[str, Any]) -> None:
    """A roof whose owner does not take it down: step by step, and then the time in which they may object."""
    given = {"words": told["found"][-1], "touches_rights": True, "document": f"{told['notice']}{finding.pk}"}
    for number, stage in enumerate(("urged", "heard", "ordered", "announced"), 1):
        on = day + timedelta(days=number * 10)
        finding = reach(cast, finding, stage, on, given, confirmed=on + timedelta(days=1))


def _enterprise(cast: Cast, told: dict[str, Any], dice: random.Random) -> None:
    """Newly registered entities from the registry's export, and what some asked for."""
    units = _units(cast)
    entries = []
    for number in range(ENTITIES):
        day = date(YEAR, 1, 4) + timedelta(days=dice.randrange(300))
        name = f"{dice.choice(told['names'])}{dice.choice(told['trades'])}{number}{told['firm']}"
        fields = {
            "name": name, "kind": told["kinds"][number % len(told["kinds"])], "registered_on": day,
            "capital_yuan": dice.choice([5, 10, 50, 100]) * 10_000, "trade": dice.choice(told["trades"]),
            "staff": dice.randrange(1, 30), "told_by": told["export"],
        }  # fmt: skip
        entries.append(actions.Entry(units[number % len(units)], fields, day))
    found = _enter(cast, "enterprise", entries, date(YEAR, 11, 9))
    _last_year(cast, told, units)
    _loans(cast, found[10:16], told)
    _parts(cast, told, units)
    on = date(YEAR, 11, 23)
    asked = [
        actions.Entry(entity.unit, {"name": f"{entity.name}{told['ask']}", "enterprise": entity,
                                    "asked": dice.choice(told["asks"])}, on)
        for entity in found[:6]
    ]  # fmt: skip
    for number, service in enumerate(_enter(cast, "services", asked, on)):
        if number % 2:
            answered = on + timedelta(days=2 + number)
            reach(cast, service, "answered", answered, {"answer": told["answer"]}, confirmed=None)


def _last_year(cast: Cast, told: dict[str, Any], units: list[Any]) -> None:
    """Those who began a year earlier: most were seen at work again, one was struck off, one was not seen."""
    began = date(YEAR - 1, 2, 10)
    known = {"kind": told["kinds"][0], "told_by": told["export"], "registered_on": began}
    entries = [
        actions.Entry(unit, {**known, "name": f"{name}{told['old']}"}, began)
        for unit, name in zip(units, told["names"], strict=False)
    ]
    alive, seen = _enter(cast, "enterprise", entries, date(YEAR, 1, 12)), date(YEAR, 3, 20)
    for entity in alive[:3]:
        reach(cast, entity, "alive", seen, {"last_seen_on": date(YEAR, 3, 15)}, confirmed=seen + timedelta(days=1))
    reach(cast, alive[3], "ended", seen, {"ended_on": date(YEAR, 3, 2)}, confirmed=seen + timedelta(days=1))


def _loans(cast: Cast, entities: list[Any], told: dict[str, Any]) -> None:
    """Start-up loans: half are paid out, one is refused with its reason, the rest wait."""
    on = date(YEAR, 11, 10)
    asked = [
        actions.Entry(entity.unit, {"name": f"{entity.name}{told['loan']}", "enterprise": entity,
                                    "amount_yuan": 200_000}, on)
        for entity in entities
    ]  # fmt: skip
    for number, loan in enumerate(_enter(cast, "start-up-loans", asked, on)[:4]):
        day = on + timedelta(days=7 + number)
        stage, given = ("refused", {"why": told["why"]}) if number == 0 else ("paid", {"paid_on": day})
        reach(cast, loan, stage, day, given, confirmed=day + timedelta(days=1))


def _licensing(cast: Cast, told: dict[str, Any], dice: random.Random) -> None:
    """Applications in their days, trainings, and the permit list."""
    authorities = [cast.units[code] for code in told["authorities"]]
    entries = []
    for number in range(APPLICATIONS):
        day = date(YEAR, 9, 1) + timedelta(days=dice.randrange(80))
        fields = {
            "name": f"{dice.choice(told['applicants'])}{number}{told['firm']}", "item": dice.choice(told["items"]),
            "applied_on": day.isoformat(), "limit_days": 20,
        }  # fmt: skip
        entries.append(actions.Entry(authorities[number % len(authorities)], fields, day))
    found = _enter(cast, "licensing", entries, date(YEAR, 11, 20))
    for number, application in enumerate(found[:14]):
        day = date(YEAR, 11, 21)
        given = {"number": f"SS{YEAR}{number:04d}"}
        application = reach(cast, application, "accepted", day, given, confirmed=day + timedelta(days=1))
        if number % 2:
            day += timedelta(days=6)
            refused = {"result": "refused", "why": told["why"]}
            given = refused if number == 1 else {"result": "granted"}
            application = reach(cast, application, "decided", day, given, confirmed=day + timedelta(days=1))
            if number % 4 == 1:
                reach(cast, application, "delivered", day + timedelta(days=2), confirmed=None)
    _parts(cast, told, authorities)
    trained = date(YEAR, 3, 16)
    _enter(
        cast, "trainings",
        [
            actions.Entry(unit, {"name": f"{told['training']}{number}", "held_on": trained.isoformat(),
                                 "people_due": 40, "people_came": 36 + number % 4, "pass_share": Decimal("0.95")},
                          trained)
            for number, unit in enumerate(authorities, 1)
        ],
        trained,
    )  # fmt: skip
    _enter(
        cast, "permit-items",
        [actions.Entry(authorities[number % len(authorities)], {"name": item, "basis": told["basis"],
                                                                "limit_days": 20}, date(YEAR, 1, 5))
         for number, item in enumerate(told["items"])],
        date(YEAR, 1, 5),
    )  # fmt: skip
