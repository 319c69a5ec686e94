"""The tables of an archive: what every row of the year says, as CSV that opens anywhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from shoushan.assessment.models import Answer, Assessment, Consequence, Objection, ScoreLine
from shoushan.exchange.sheets.books import guarded
from shoushan.plans.models import Year
from shoushan.scoring import Facts


def written(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark, so that offices' Excel reads it; numbers as they are, without a thousands mark."""
    sink = io.StringIO(newline="")
    table = csv.writer(sink)
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + sink.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return guarded(value) if isinstance(value, str) else str(value)


def scores(run: Assessment) -> bytes:
    """One row a unit."""
    rows = run.scores.select_related("unit")
    return written(
        ["id", "group", "unit", "name", "points", "rank", "grade", "status"],
        ([it.pk, it.group, it.unit.code, it.unit.name, it.points, it.rank, it.grade, it.status] for it in rows),
    )


def lines(run: Assessment) -> bytes:
    """One row a rule and unit, with the facts it counted and the sentence that explains it."""
    rows = ScoreLine.objects.filter(score__assessment=run).select_related("score__unit").order_by("score", "order")
    head = ["id", "unit", "rule", "label", "clause", "full", "points", "counted", "status", "facts", "why"]
    return written(
        head,
        (
            [
                it.pk, it.score.unit.code, it.rule, it.label, it.clause, it.full, it.points, it.counted, it.status,
                "; ".join(f"{name}={value}" for name, value in it.inputs.items()), it.why % it.params,
            ]
            for it in rows
        ),
    )  # fmt: skip


def facts(frozen: Facts) -> bytes:
    """A snapshot in long form; an empty value is missing, n/a does not apply."""
    rows = frozen.rows()
    return written(["unit", "group", "fact", "value"], ([*row.values()] for row in rows))


def objections(year: Year) -> bytes:
    """Every objection with its answers and its appeal."""
    found = Objection.objects.of_year(year).with_line().order_by("pk")
    answers: dict[tuple[int, int], Answer] = {
        (it.objection_id, it.round): it for it in Answer.objects.filter(objection__in=found).select_related("run")
    }
    head = ["id", "unit", "rule", "run", "state", "raised_at", "claim", "answer", "appeal", "second_answer", "new_run"]
    return written(head, (_objection(it, answers) for it in found))


def _objection(it: Objection, answers: dict[tuple[int, int], Answer]) -> list[Any]:
    first, second = (answers.get((it.pk, number)) for number in (1, 2))
    led_to = [str(answer.run.number) for answer in (first, second) if answer is not None and answer.run is not None]
    return [
        it.pk,
        it.unit.code,
        it.line.rule,
        it.line.score.assessment.number,
        it.state,
        it.raised_at.isoformat(),
        it.claim,
        first.words if first else "",
        it.appeal,
        second.words if second else "",
        "".join(led_to),
    ]


def consequences(run: Assessment) -> bytes:
    """What the scheme proposed, and what people decided, each with its reason."""
    rows = Consequence.objects.filter(score__assessment=run).select_related("score__unit").order_by("pk")
    head = ["id", "unit", "kind", "proposal", "clause", "basis", "state", "decided_kind", "decision", "reason"]
    return written(
        head,
        (
            [
                it.pk, it.score.unit.code, it.kind, it.words, it.clause, it.basis, it.state, it.decided_kind,
                it.decided_words, it.reason,
            ]
            for it in rows
        ),
    )  # fmt: skip
