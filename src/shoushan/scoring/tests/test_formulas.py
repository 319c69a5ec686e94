"""A formula is read in both languages, refused with its place, and gives exact fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from shoushan.core.errors import Refusal
from shoushan.scoring import Facts, run
from shoushan.scoring.formulas import evaluation, parsed
from shoushan.scoring.lookup import Book, Lookup
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme
from shoushan.scoring.unsuitable import UnsuitableError

GIVEN: dict[str, Any] = {
    "a": 3,
    "b": "-7.5",
    "none": None,
    "gone": "n/a",
    "zero": 0,
    "day": date(2026, 3, 8),
    "later": date(2026, 10, 12),
    "votes": [90, 80, 70, 60, 100],
    "empty": [],
    "partner": "甲",
    "quarters": [1, 2, -1, 5],
    "tasks": [{"w": 5, "kind": "x", "on": date(2026, 1, 2)}, {"w": 7, "kind": "y", "on": None}, {"w": 1, "kind": "x"}],
}


def value(text: str, **more: Any) -> Any:
    """What a formula gives for a unit; its status where it gives nothing."""
    scheme = make_scheme(make_rule("r", method={"formula": {"points": text}}, **more), rounding={"places": 6})
    line = run(scheme, Facts.from_units({"甲": GIVEN}), engine="sqlite").units[0].lines[0]
    return line.status if line.points is None else Fraction(line.points)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("１＋２×３", 7),
        ("（1+2）×3 − 50%", Fraction(17, 2)),
        ("-a + 绝对值(b)", Fraction(9, 2)),
        ("最大（a，b，1）、".rstrip("、"), 3),
        ("min(votes[]) + sum(votes[]) + count(votes[])", 465),
        ("平均(votes[])", 80),
        ("去极值平均(votes[], 5, 1, 1)", 80),
        ("去极值平均(votes[], 6, 1, 0)", 80),
        ("求和(每项最高(tasks[].w, tasks[].kind))", 12),
        ("求和(每项最高(5, 1))", 5),
        ("取整(b) + floor(2.9)", -6),
        ("四舍五入(b × 0.1, 1)", Fraction(-8, 10)),
        ("如果(a > 3, 1, a ≥ 3, 2, 3)", 2),
        ("如果(a < 3, none, 4)", 4),
        ("求和(如果(tasks[].w > 4, tasks[].w, 0))", 12),
        ("个数(tasks[].kind = “x”, a = 3)", 3),
        ("对照(a, 1, 10, 3, 30)", 30),
        ("对照(b, 1, 10, 5)", 5),
        ("求和(对照(tasks[].kind, “x”, 1, “y”, 2))", 4),
        ("如果(缺(none) 且 缺(gone) 且 非 缺(a), 1, 0)", 1),
        ("如果(none > 1 或 a > 1, 1, 0)", "not_evaluable"),
        ("如果(a > 1 or none > 1, 1, 0)", 1),
        ("如果(a > 9 and none > 1, 1, 0)", 0),
        ("如果(2 < a ≤ 3, 1, 0)", 1),
        ("如果(a ≠ 3, 1, 0) + 如果(a == 3, 1, 0)", 1),
        ("天数(“2026-03-05”, day)", 3),
        ("day − “2026-03-05”", 3),
        ("工作日(“2026-09-30”, later)", 4),
        ("工作日(later, “2026-09-30”)", -4),
        ("月数(day, later)", 7),
        ("如果(day ≤ “2026-03-08”, 1, 0)", 1),
        ("组最大(a) + 组最小(a) + 组平均(a) + 组合计(a) + 名次(a)", 13),
        ("all_max(a) + all_min(a) + all_mean(a) + all_sum(a) + all_place(a)", 13),
        ("数(a)", 3),
        ("a > 1", 1),
        ("none + 1", "not_evaluable"),
        ("none + gone", "not_evaluable"),
        ("gone", "not_applicable"),
        ("不适用()", "not_applicable"),
        ("a ÷ zero", "not_evaluable"),
        ("平均(empty[])", "not_evaluable"),
        ("求和(empty[])", 0),
        ("组最大(none)", "not_evaluable"),
        ("工作日(“1990-01-01”, later)", "not_evaluable"),
        ("求和(天数(tasks[].on, day))", "not_evaluable"),
        ("求和(如果(缺(tasks[].on), 0, tasks[].w))", 5),
        ("个数(缺(tasks[].on))", 2),
        ("个数(tasks[].on ≤ day)", "not_evaluable"),
        ("quarters[2] + quarters[4] + tasks[1].w", 12),
        ("quarters[9]", "not_evaluable"),
        ("求和(累计(quarters[]))", 13),
        ("求和(数列(1, 2, 3, 4) × quarters[])", 22),
        ("求和(前几项(votes[], 2)) + 求和(前几项(quarters[], 9))", 197),
        ("求和(限于(quarters[], 0, 2)) + 限于(a, 0, 2) + 限于(b, 0, 2)", 7),
        ("求和(对照(tasks[].kind, “x”, tasks[].w, “y”, 1))", 7),
        ("如果(partner = “甲”, 1, 0)", 1),
        ("他单位(partner, a) + 他单位(“甲”, 组最大(a))", 6),
        ("在组(“”, 组平均(a))", 3),
    ],
)
def test_a_formula_gives_an_exact_number(text: str, wanted: Any) -> None:
    assert value(text) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a +", "still missing"),
        ("a $ b", "Place 3 of the formula: “$ b” is no sign"),
        ("a b", "Place 3 of the formula: “b” cannot stand here"),
        ("(a", "Place 1 of the formula: this bracket is never closed"),
        ("a)", "Place 2 of the formula: this bracket was never opened"),
        ("(" * 21 + "a" + ")" * 21, "at most 20 deep"),
        ("open(a)", "there is no function open"),
        ("取整(a, b)", "is written 取整(a) floor"),
        ("得分(1)", "is written 得分"),
        ("a.__class__()", "cannot stand here"),
        ("1234567890123456", "at most 15 digits"),
        ("a" * 1001, "at most 1000 characters"),
        ("+".join("a" * 102), "at most 100 signs"),
        ("最大(a > 1, 2)", "needs a number"),
        ("如果(1, 2, 3)", "needs a condition"),
        ("“word”", "gives a word"),
        ("votes[0]", "counted from 1"),
        ("a + 最小(5, votes[])", "Place 5 of the formula: “最小” of a list and of a single value"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UnsuitableError) as refused:
        parsed(text)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("votes[] + 1", "facts.no_number_here"),
        ("votes + 1", "facts.no_number_here"),
        ("partner + 1", "facts.no_number_here"),
        ("他单位(a, a)", "facts.no_word_here"),
        ("他单位(“丁”, a)", "facts.unknown_word"),
        ("在组(“丁”, 组平均(a))", "facts.unknown_word"),
        ("day + 1", "facts.no_number_here"),
        ("天数(a, day)", "facts.no_day_here"),
        ("求和(votes[] + tasks[].w)", "facts.uneven_lists"),
        ("每项最高(votes[], tasks[].w)", "facts.uneven_lists"),
        ("对照(a, 1, 10, 2, 20)", "facts.unknown_word"),
        ("求和(tasks[].wieght)", "facts.unknown_name"),
        ("unknown + 1", "facts.unknown_name"),
        ("a × 999999 × 999999", "facts.too_many_points"),
    ],
)
def test_facts_a_formula_cannot_use_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        value(text)

    assert refused.value.code == code
    assert "%(" not in str(refused.value)


def test_a_number_that_grows_without_end_is_refused() -> None:
    names = {"n0": "999999999999999"} | {f"n{at}": f"n{at - 1} × n{at - 1}" for at in range(1, 9)}
    scheme = make_scheme(make_rule("r", method={"formula": {"points": "n8"}}), names=names)

    with pytest.raises(Refusal) as refused:
        run(scheme, make_facts({"甲": {"a": 1}}), engine="sqlite")

    assert refused.value.code == "facts.too_long"


def test_a_missing_figure_is_what_the_rule_says() -> None:
    assert value("none", when_missing="zero") == 0
    assert value("none", when_missing="not_applicable") == "not_applicable"
    assert value("gone", when_not_applicable={"points": 2}) == 2


def by_formula(number: str, points: str, **given: Any) -> dict[str, Any]:
    return make_rule(number, method={"formula": {"points": points}}, **given)


@pytest.mark.parametrize(
    ("rules", "more", "said"),
    [
        ([by_formula("r", "s"), by_formula("s", "r")], {}, "r → s → r"),
        ([by_formula("r", "甲")], {"names": {"甲": "乙 + 1", "乙": "甲"}}, "甲 → 乙 → 甲"),
        ([by_formula("r", "合计")], {}, "rests on itself"),
        ([by_formula("r", "得分(s)")], {}, "no such rule"),
        (
            [by_formula("r", "roads"), make_rule("roads", indicator={"numerator": "roads", "denominator": 1})],
            {},
            "points(roads)",
        ),
        (
            [by_formula("r", "甲0")],
            {"names": {f"甲{at}": f"甲{at + 1}" for at in range(60)} | {"甲60": "1"}},
            "More than",
        ),
        (
            [make_rule(section="a")],
            {"sections": [{"id": "a", "label": "a", "weight": 1}, {"id": "b", "label": "b", "inside": "a"}]},
            "one of the two",
        ),
    ],
)
def test_nothing_rests_on_itself(rules: list[Any], more: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_scheme(*rules, **more)

    assert said in str(refused.value)


def test_a_formula_may_be_a_plain_number() -> None:
    assert value(2) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"method": {"formula": {"points": ["a"]}}}, "A formula is one line of text."),
        (
            {"method": {"given": {}}, "indicator": {"value": {"fact": "a", "formula": "b"}}},
            "A value is a fact or a formula, not both.",
        ),
        ({"method": {"given": {}}, "indicator": {"value": "a + b"}}, "“a + b” is no fact's name; write arithmetic as"),
    ],
)
def test_nothing_else_is_a_formula_and_a_formula_is_no_fact(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_scheme(make_rule("r", **given))

    assert refused.value.code == "scheme.invalid"
    assert said in str(refused.value)


def test_a_unit_whose_total_cannot_be_reckoned_has_none() -> None:
    scheme = make_scheme(make_rule(), total="合计 × 系数")
    facts = make_facts({"甲": {"roads": (1, 2), "系数": 2}, "乙": {"roads": (2, 2), "系数": None}})

    for engine in ("sqlite", "duckdb"):
        first, second = run(scheme, facts, engine=engine).units
        assert (str(first.points), first.rank) == ("10.00", 1)
        assert (second.points, second.status, second.rank) == (None, "not_evaluable", None)


def test_a_condition_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    once = evaluation.evaluated

    def counted(node: Any, here: Any) -> Any:
        nonlocal looked
        looked += 1
        return once(node, here)

    monkeypatch.setattr(evaluation, "evaluated", counted)
    deep = "1"
    for _ in range(12):
        deep = f"if({deep} > 0, 1, 0)"

    assert value(deep) == 1
    # a comparison, its two sides and the value behind it, twelve times
    assert looked < 12 * 6


@pytest.mark.parametrize(("condition", "holds"), [("a > 9 或 a > 1", True), ("a > 9 or a > 8", False)])
def test_the_second_condition_counts_where_the_first_does_not_hold(condition: str, holds: bool) -> None:
    here = Lookup(Book(Facts.from_units({"甲": GIVEN})), "甲")

    assert evaluation.evaluated(parsed(condition).tree, here) is holds
