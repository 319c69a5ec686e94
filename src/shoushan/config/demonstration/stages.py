"""One stage of one record, as the demonstration's builders let it happen: facts, proof, claim, and the second look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from shoushan.config.demonstration.district import Cast, moment
from shoushan.evidence import actions as evidence
from shoushan.ledger.moment import acting
from shoushan.plans.models import Share
from shoushan.registers import actions
from shoushan.registers.lines import line_of

# two records of one unit with the same paper, so that a warning has something to see
SAME_PAPER = (1, 17)


@cache
def words(line: str) -> dict[str, Any]:
    """What `examples/lines/LINE.yaml` says."""
    text = (settings.ROOT / "examples" / "lines" / f"{line}.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def shares_of(key: str) -> list[Share]:
    """What each unit signed for of an indicator, in tree order."""
    shares = Share.objects.filter(goal__indicator__key=key).select_related("unit")
    return list(shares.order_by("unit__path"))


def reach(
    cast: Cast,
    record: Any,
    stage: str,
    on: date,
    given: Mapping[str, Any] | None = None,
    *,
    confirmed: date | None = None,
    returned: str = "",
) -> Any:
    """The officer claims a stage with its facts and a file; the verifier, on a later day, confirms or returns it."""
    line = line_of(record)
    officer, needs = cast.officers[line.home], line.needs.get(stage)
    with acting(at=moment(on)):
        if given:
            record = actions.edit(record, given, by=officer)
        if needs is not None and needs.evidence:
            number = "" if record.pk in SAME_PAPER else f" {record.pk}"
            file = f"{record.name}{number} {stage}\n".encode()
            evidence.add(record, file, f"{stage}-{record.pk}.txt", proves=stage, by=officer)
        record = actions.advance(record, stage, on=on, today=on, by=officer)
    if confirmed is None:
        return record
    with acting(at=moment(confirmed)):
        decision = "returned" if returned else "accepted"
        return actions.decide(record, stage, decision, reason=returned, by=cast.people["verifier"])
