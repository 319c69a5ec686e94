"""The scheme of the next year, put to the units: a copy of this year's, with a comment answered and one that waits."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from shoushan.assessment import actions
from shoushan.assessment.queries.schemes import schemes_of
from shoushan.assessment.queries.texts import content_of
from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.ledger.moment import acting

BEGUN, SAID, ANSWERED = (date(YEAR, *day) for day in ((11, 27), (12, 1), (12, 2)))


@cache
def told() -> dict[str, Any]:
    """What `examples/drafted.yaml` says."""
    found: dict[str, Any] = yaml.safe_load((settings.ROOT / "examples" / "drafted.yaml").read_text(encoding="utf-8"))
    return found


def run(cast: Cast) -> None:
    """Begun as a copy, given its document, put to the units, commented on, answered in part."""
    office, given = cast.people["assessment"], told()
    copy = next(each for each in schemes_of(YEAR) if each.scheme.key == given["copy"])
    with acting(at=moment(BEGUN)):
        at = moment(BEGUN)
        draft = actions.start_draft(YEAR + 1, given["title"], copy=copy, at=at, by=office)
        writing = actions.Writing(draft.version, at, office)
        draft = actions.set_head(draft, title=given["title"], source=given["source"], as_=writing)
        draft = actions.consult(draft, given["until"], at=at, by=office)
    rules = {rule["label"]: rule["id"] for rule in content_of(draft)["rules"]}
    for each in given["comments"]:
        reporter = cast.reporters[each["unit"]]
        with acting(at=moment(SAID)):
            said = actions.comment(draft, each["words"], rule=rules[each["rule"]], at=moment(SAID), by=reporter)
        if each.get("answer"):
            with acting(at=moment(ANSWERED)):
                actions.answer_comment(said, each["answer"], at=moment(ANSWERED), by=office)
