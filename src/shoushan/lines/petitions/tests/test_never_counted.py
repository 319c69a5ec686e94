"""No figure counts who came, how many, how often or to where; a test tries, and is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis
import pytest

from shoushan.core.errors import Refusal
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Matter, Stage
from shoushan.registers.counting import Recording, touched_by
from shoushan.registers.lines import Measure, all_lines
from shoushan.registers.measures import counted_records

Expression = Callable[[Any], Any]


def faults_of(wanted: Measure) -> list[str]:
    found = replace(line, measures=[wanted]).check()
    assert all(each.msg and each.hint for each in found)
    return [str(each.id) for each in found]


def test_the_figures_there_are_count_none_of_it() -> None:
    assert line.check() == []
    assert len(line.measures) == 14
    assert all(each.label and each.words and each.source for each in line.measures)


@pytest.mark.parametrize(
    "value",
    [
        lambda row: row.people,
        lambda row: row.visits + 1,
        lambda row: row["representatives"],
        lambda row: row.anything_at_all,
        lambda _row: 1,
    ],
)
def test_a_sum_of_people_or_visits_or_anything_is_refused(value: Expression) -> None:
    assert faults_of(Measure("petitions.people", Stage.TOLD, value=value)) == ["goal.counts_people"]


@pytest.mark.parametrize(
    "where",
    [
        lambda row: row.visit_place == "capital",
        lambda row: row.capital,
        lambda row: (row.told_in_time) & ~(row["channel"].isin(["visit"])),
        lambda row: row.kind == "accusation",
        lambda row: row.cause == "conduct",
        lambda row: row.name.like("%欧阳%"),
        lambda row: row.told_in_time and row.people > 5,
        lambda row: list(row.told_in_time),
    ],
)
def test_a_count_by_place_or_channel_or_kind_or_person_is_refused(where: Expression) -> None:
    assert faults_of(Measure("petitions.visits", Stage.TOLD, where=where)) == ["goal.counts_people"]


def test_a_count_of_what_comes_in_is_refused() -> None:
    assert faults_of(Measure("petitions.all", Stage.REGISTERED)) == ["goal.counts_people"]


OTHER = ibis.table({"matter_id": "int64", "person_id": "int64"}, name="petitions_conflict")


@pytest.mark.parametrize(
    "where",
    [
        lambda row: row.told_in_time & (OTHER.count() > 5),
        lambda row: row.record_pk.isin(OTHER.matter_id),
        lambda row: (row.satisfaction != "") & row.outcome.isin([OTHER.matter_id.max()]),
        lambda _row: OTHER.count() > 5,
        lambda _row: True,
    ],
)
def test_a_count_by_another_table_is_refused(where: Expression) -> None:
    assert faults_of(Measure("petitions.several", Stage.TOLD, where=where)) == ["goal.counts_people"]


@pytest.mark.parametrize(
    "where",
    [
        lambda row: row.told_in_time & (OTHER.count() > 5),
        lambda row: OTHER.filter(OTHER.matter_id == row.outcome.cast("int64")).count() > 5,
        lambda row: row.told_in_time if isinstance(row, Recording) else row.kind == "accusation",
    ],
)
def test_what_slips_past_the_tracing_is_refused_when_it_is_run(where: Expression) -> None:
    wanted = Measure("petitions.several", Stage.TOLD, where=where)

    with pytest.raises(Refusal) as refused:
        counted_records(line, wanted)

    assert refused.value.code == "goal.counts_people"


def test_the_figures_there_are_may_all_be_run() -> None:
    for wanted in line.measures:
        assert counted_records(line, wanted) is not None


@pytest.mark.parametrize(
    "name", [{"label": "信访人数"}, {"label": "Visits to the capital"}, {"key": "petitions.visits"}]
)
def test_a_figure_is_refused_by_its_name_in_whatever_line(name: dict[str, Any]) -> None:
    wanted = replace(Measure("x.told", Stage.TOLD, label="told"), **name)

    assert faults_of(wanted) == ["goal.counts_people"]
    assert [each.id for each in replace(line, never_counted=frozenset(), measures=[wanted]).check()] == [
        "goal.counts_people"
    ]


def test_a_share_of_another_lines_figure_is_refused() -> None:
    assert faults_of(Measure("petitions.x", Stage.TOLD, over="investment.signed")) == ["goal.counts_people"]


def test_a_column_of_the_districts_own_is_counted_in_no_line() -> None:
    wanted = Measure("x.local", Stage.TOLD, where=lambda row: row.local["people"] > 5)

    assert faults_of(wanted) == ["goal.counts_people"]
    assert [each.id for each in replace(line, never_counted=frozenset(), measures=[wanted]).check()] == [
        "measure.counts_local"
    ]


def test_the_refusal_says_what_would_be_possible() -> None:
    (fault,) = replace(line, measures=[Measure("petitions.x", Stage.TOLD, where=lambda row: row.capital)]).check()
    assert "petitions.x" in fault.msg
    assert "capital" in fault.msg
    assert "answered in time" in str(fault.hint)


def test_nothing_of_it_is_kept_either() -> None:
    kept = {field.name for field in Matter._meta.concrete_fields}
    own = {"kind", "cause", "way", "name", "answer", "cause_done", "remark", "local", "search_words", "unit", "id"}
    assert kept & line.never_counted == own | {"entered_by"}


def test_tracing_follows_an_expression_through_its_operators() -> None:
    def where(row: Any) -> Any:
        return ((row.a + 1 >= row.b.sum()) | ~(row.c[0] == 2)) & (-row.d / 2 < row.e(3) % 4)

    assert touched_by(Measure("x", "y", where=where)) == {"a", "b", "c", "d", "e"}


def test_lines_that_name_nothing_are_left_alone() -> None:
    assert [each.key for each in all_lines() if each.never_counted] == ["petitions"]
    assert (
        replace(line, never_counted=frozenset(), measures=[Measure("petitions.begun", Stage.REGISTERED)]).check() == []
    )
