"""The year before, assessed to its end: a panel, a run, two objections (one accepted), the result, what followed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from shoushan.assessment import actions
from shoushan.assessment.models import Assessment, Consequence, ScoreLine
from shoushan.assessment.queries.effects import Correction
from shoushan.config.demonstration.district import YEAR, Cast, material, moment, units_named
from shoushan.evidence import actions as evidence
from shoushan.ledger.moment import acting
from shoushan.plans import actions as plans
from shoushan.plans.models import Indicator, Year

PROMISED, ASKED, FROZEN = date(YEAR - 1, 3, 11), date(YEAR - 1, 12, 10), date(YEAR, 1, 12)
OBJECTED, ANSWERED, PUBLISHED, DECIDED = (date(YEAR, *day) for day in ((1, 15), (1, 22), (2, 3), (2, 5)))
FACT = "employment.jobs.actual"


@cache
def told() -> dict[str, Any]:
    """What `examples/assessed.yaml` says."""
    found: dict[str, Any] = yaml.safe_load((settings.ROOT / "examples" / "assessed.yaml").read_text(encoding="utf-8"))
    return found


def scheme() -> Path:
    return Path(settings.SCHEMES) / f"shoushan-{YEAR - 1}"


def promise(cast: Cast, year: Year) -> None:
    """One goal of that year, divided among the subdistricts as this year's is."""
    office, given = cast.people["supervision"], told()["document"]
    indicator = Indicator.objects.get(key="employment.jobs")
    units = [cast.units[code] for code in units_named("subdistricts")]
    weights = {cast.units[code].pk: Decimal(weight) for code, weight in material()["weights"].items()}
    with acting(at=moment(PROMISED)):
        document = plans.add_document(year, title=given["title"], text=given["text"], delivered_on=PROMISED, by=office)
        start = document.text.index(given["words"])
        passage = plans.add_passage(document, start, start + len(given["words"]), kind="target", by=office)
        terms = plans.GoalTerms(
            kind="target", title=given["label"], indicator=indicator, value=Decimal(told()["value"]),
            measure=indicator.measure,
        )  # fmt: skip
        plans.divide(plans.confirm(passage, terms, by=office), units, method="by_weight", weights=weights, by=office)


def ask(cast: Cast, year: Year) -> None:
    """Raters vote on every subdistrict, each by a link of their own."""
    office, given = cast.people["assessment"], told()
    with acting(at=moment(ASKED)):
        panel = actions.open_panel(year, actions.Asked(**given["panel"]), at=moment(ASKED), by=office)
        units = [cast.units[code] for code in units_named("subdistricts")]
        marks = given["marks"]
        for rater, secret in enumerate(actions.issue_links(panel, given["raters"], by=office)):
            said = {unit.pk: marks[(rater + place) % len(marks)] for place, unit in enumerate(units)}
            actions.vote(secret, said)
        actions.close_panel(panel, at=moment(ASKED, 18), by=office)


def finish(cast: Cast, year: Year) -> None:
    """Frozen, run, announced, objected to, corrected, published, decided."""
    office = cast.people["assessment"]
    with acting(at=moment(FROZEN)):
        actions.freeze(year, scheme_path=scheme(), at=moment(FROZEN), by=office)
        run = actions.run_scheme(year, scheme_path=scheme(), at=moment(FROZEN), by=office)
        run = actions.announce(run, at=moment(FROZEN), by=office)
    for given in told()["objections"]:
        run = _objection(cast, run, given)
    with acting(at=moment(PUBLISHED)):
        final = actions.publish(run, at=moment(PUBLISHED), by=office)
    with acting(at=moment(DECIDED)):
        for proposal in Consequence.objects.filter(score__assessment=final):
            decision = actions.Decision("adopted", told()["decided"][proposal.kind])
            actions.decide(proposal, decision, at=moment(DECIDED), by=cast.people["head"])


def _objection(cast: Cast, run: Assessment, given: dict[str, Any]) -> Assessment:
    """One objection and its answer; the run that stands afterwards."""
    line = ScoreLine.objects.get(score__assessment=run, score__unit__code=given["unit"], rule=given["rule"])
    by, at = cast.reporters[given["unit"]], moment(OBJECTED)
    with acting(at=at):
        objection = actions.object_to(line, given["claim"], at=at, by=by)
        if "file" in given:
            evidence.add(objection, f"{given['claim']}\n".encode(), given["file"], by=by)
    at, office = moment(ANSWERED), cast.people["supervision"]
    with acting(at=at):
        if "added" not in given:
            actions.refuse(objection, given["answer"], at=at, by=office)
            return run
        right = Correction(given["unit"], FACT, Decimal(line.inputs[FACT]) + given["added"])
        answer = actions.accept(objection, given["answer"], right, tried_on=1, at=at, by=office)
        return answer.run or run
