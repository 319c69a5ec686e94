"""A scheme that cannot be used is refused with its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shoushan.core.errors import Refusal, Refusals
from shoushan.scoring import Scheme, load_scheme
from shoushan.scoring.loading import lines_of, read_yaml, scheme_from
from shoushan.scoring.protected import NEVER_SCORED
from shoushan.scoring.tests.making import make_rule, make_scheme, make_written

ROOT = Path(__file__).parents[4]


def _refused(written: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        scheme_from(written, "")
    assert "%(" not in str(refused.value)
    return refused.value


def test_a_scheme_knows_the_digest_of_its_file() -> None:
    scheme = load_scheme(ROOT / "schemes" / "shoushan-2026")

    assert scheme.key == "shoushan-2026"
    assert len(scheme.sha256) == 64
    assert scheme == load_scheme(ROOT / "schemes" / "shoushan-2026" / "scheme.yaml")


def test_a_rule_without_source_or_date_is_refused_with_its_number() -> None:
    bare = make_rule("b")
    del bare["source"]
    undated = make_rule("c")
    del undated["since"]

    refused = _refused(make_written(make_rule("a"), bare, undated))

    assert isinstance(refused, Refusals)
    assert [each.code for each in refused.refusals] == ["scheme.no_source"] * 2
    assert [each.params["number"] for each in refused.refusals] == [2, 3]


@pytest.mark.parametrize("fact", sorted(NEVER_SCORED))
def test_nobody_is_scored_by_what_people_bring(fact: str) -> None:
    rule = make_rule(method={"deduction": {"full": 5, "each": {fact: 1}}})

    assert _refused(make_written(rule)).code == "goal.counts_people"


@pytest.mark.parametrize("fact", ["petitions.jinjing", "stability.visits", "petitions.repeat_visits"])
def test_nor_by_the_same_under_another_name(fact: str) -> None:
    rule = make_rule(method={"deduction": {"full": 5, "each": {fact: 1}}})

    assert _refused(make_written(rule)).code == "goal.counts_people"


def test_nor_by_a_rule_whose_label_says_so_whatever_its_fact_is_called() -> None:
    rule = make_rule(label="进京上访", method={"deduction": {"full": 5, "each": {"stability.cases": 1}}})

    assert _refused(make_written(rule)).code == "goal.counts_people"


def test_a_misspelt_word_is_refused_with_its_place() -> None:
    refused = _refused(make_written(make_rule(wieght=3)))

    assert refused.code == "scheme.unknown_key"
    assert refused.field == "roads.wieght"


BAD: list[tuple[Any, str]] = [
    ([], "scheme.invalid"),
    (make_written(rules="none"), "scheme.invalid"),
    (make_written(make_rule(), make_rule()), "named twice"),
    (make_written("roads"), "scheme.invalid"),
    (make_written(make_rule(method="completion")), "one method"),
    (make_written(make_rule(method={"guess": {}})), "no method guess"),
    (make_written(make_rule(method={"completion": {"full": 0}}, indicator={"value": "a"})), "greater than 0"),
    (make_written(make_rule(method={"completion": {"full": 1}}, indicator={"value": "a"})), "numerator and a denom"),
    (make_written(make_rule(method={"best": {"full": 1}}, indicator=None)), "with a value"),
    (make_written(make_rule(method={"ranking": {"points": [1]}}, indicator=None)), "needs an indicator."),
    (make_written(make_rule(method={"addition": {"each": {"a": 1}}}, indicator={"value": "a"})), "takes no indicator"),
    (make_written(make_rule(indicator={"numerator": "a"})), "either a value"),
    (make_written(make_rule(indicator={"value": "a", "numerator": "a", "denominator": "b"})), "either a value"),
    (make_written(make_rule(indicator={"numerator": {"fact": "a", "per": 1}, "denominator": 2})), "scheme.unknown_key"),
    (
        make_written(make_rule(method={"bands": {"bands": [{"least": 1, "points": 1}, {"least": 2, "points": 2}]}})),
        "highest edge down",
    ),
    (make_written(make_rule(method={"bands": {"bands": [{"least": 1}]}}, indicator={"value": "a"})), "required"),
    (make_written(make_rule(method={"bands": {"bands": []}}, indicator={"value": "a"})), "scheme.invalid"),
    (make_written(make_rule(method={"bands": 3}, indicator={"value": "a"})), "scheme.invalid"),
    (make_written(make_rule(method={"ranking": 3}, indicator={"value": "a"})), "scheme.invalid"),
    (
        make_written(
            make_rule(
                method={"overfulfilment": {"full": 1, "step": 100, "bonus": 1, "bonus_cap": 5000, "steps": "whole"}}
            )
        ),
        "1,000 times",
    ),
    (make_written(make_rule(method={"limit": {"full": 10, "per_percent": "0.00001"}})), "too small"),
    (
        make_written(
            make_rule(
                method={"improvement": {"full": 10, "points": "0.001", "per": 1, "low": 0, "high": 10}},
                indicator={"value": "a"},
            )
        ),
        "too small",
    ),
    (make_written(make_rule(section="economy")), "no such rule, section"),
    (make_written(make_rule(), sections=[{"id": "a", "label": "甲", "weight": 100}]), "stands in a section"),
    (
        make_written(make_rule(section="a"), sections=[{"id": "a", "label": "甲", "weight": 1}], left_out="even"),
        "without sections",
    ),
    (make_written(tie_break=[{"rule": "roads", "fact": "a"}]), "A tie is broken"),
    (make_written(tie_break=[{"rule": "trees"}]), "no such rule"),
    (make_written(tie_break=[{"section": "trees"}]), "no such rule, section"),
    (make_written(grades={"levels": [{"grade": "甲", "least": 1}, {"grade": "乙", "least": 2}]}), "Thresholds fall"),
    (
        make_written(grades={"levels": [{"grade": "甲", "least": 1}, {"grade": "乙", "least": 2}, {"grade": "丙"}]}),
        "Thresholds fall",
    ),
    (make_written(grades={"levels": [{"grade": "甲"}, {"grade": "乙"}]}), "Thresholds fall"),
    (
        make_written(consequences=[{"id": "a", "kind": "cash", "label": "奖", "source": "一", "ranks_to": 1}]),
        "add basis",
    ),
    (make_written(consequences=[{"id": "a", "kind": "talk", "label": "谈", "source": "一"}]), "name them"),
    (
        make_written(consequences=[{"id": "a", "kind": "talk", "label": "谈", "source": "一", "grades": ["差"]}]),
        "no such rule, section or grade",
    ),
]


@pytest.mark.parametrize(("written", "said"), BAD)
def test_what_a_scheme_may_not_say_is_refused(written: Any, said: str) -> None:
    refused = _refused(written)

    assert said in f"{refused.code} {refused}"


VETO = {"id": "v", "label": "事故", "source": "第十五条", "since": "2026-03-09", "basis": "批准", "when": "accidents"}


@pytest.mark.parametrize(
    "given",
    [{"effect": "line"}, {"effect": "bar", "rule": "roads"}, {"effect": "grade"}, {"effect": "line", "basis": ""}],
)
def test_a_veto_names_what_it_touches_and_rests_on_an_approval(given: dict[str, str]) -> None:
    assert _refused(make_written(vetoes=[{**VETO, **given}])).code == "scheme.invalid"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "scheme.duplicate_key"),
        ("on: 1\n", "scheme.key"),
        ("a: .inf\n", "scheme.not_a_number"),
        ("a: [1\n", "scheme.yaml"),
        ("a: \x00", "scheme.yaml"),
    ],
)
def test_yaml_with_two_meanings_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_yaml(text, "scheme.yaml")

    assert refused.value.code == code


def test_numbers_in_yaml_stay_exact() -> None:
    assert read_yaml("a: 0.1\nb: 1_000.5\n", "x") == {"a": Decimal("0.1"), "b": Decimal("1000.5")}


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "scheme.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(Refusal) as refused:
        load_scheme(tmp_path)

    assert refused.value.code == "scheme.file"


def test_schemes_of_one_shape_share_a_query_and_others_do_not() -> None:
    plain = make_scheme()

    assert plain.shape == make_scheme(make_rule(full=20), make_rule("trees")).shape
    assert plain.shape != make_scheme(rounding={"places": 1}).shape
    assert plain.shape != make_scheme(tie_break=[{"fact": "roads.actual"}]).shape


def test_the_demonstration_scheme_names_its_facts() -> None:
    scheme: Scheme = load_scheme(ROOT / "schemes" / "shoushan-2026")

    assert {"gdp.actual", "gdp.target", "returns.late"} <= scheme.facts()
    assert sum(section.weight or 0 for section in scheme.sections) == 100
    assert sum(rule.method.full for rule in scheme.rules) == 100


def test_a_file_that_says_nothing_has_no_lines_and_no_scheme(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text("# still to come\n")

    with pytest.raises(Refusal) as refused:
        load_scheme(tmp_path)

    assert (refused.value.code, refused.value.field) == ("scheme.invalid", "")
    assert "at" not in refused.value.params
    assert lines_of("# still to come\n") == {}


def test_the_places_of_a_line_know_for_which_place_they_are_given() -> None:
    given = {"id": "praise", "kind": "commendation", "label": "表扬", "source": "一", "rule": "roads"}

    refused = _refused(make_written(consequences=[{**given, "grades": []}]))

    assert refused.code == "scheme.invalid"
    assert "add ranks_to" in str(refused)
