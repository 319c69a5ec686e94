"""Formulas beside plain rules, sections in sections, coefficients and vetoes: by hand, in exact fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from shoushan.core.errors import Refusal
from shoushan.scoring import Facts, Scheme
from shoushan.scoring.reckoning import INAPPLICABLE, NOT_EVALUABLE, SCORED, VETOED, Outcome, reckoned
from shoushan.scoring.tables import tables
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

NOTHING = ("n/a", "n/a")
VETO = {"id": "late", "label": "迟报", "source": "一", "since": "2026-03-09", "basis": "批准", "when": "late"}


def by_formula(number: str, points: str, **more: Any) -> dict[str, Any]:
    return make_rule(number, method={"formula": {"points": points}}, **more)


def lines(scheme: Scheme, facts: Facts, rule: str) -> dict[str, tuple[int, Any]]:
    """The status and the points of one rule, by unit."""
    found = reckoned(scheme, facts).lines
    return {unit: (outcome.status, outcome.points) for (unit, named), outcome in found.items() if named == rule}


def test_a_formula_reads_points_and_passes_on_why_there_are_none() -> None:
    scheme = make_scheme(make_rule(), by_formula("half", "得分(roads) ÷ 2"), by_formula("more", "roads + 1"))
    facts = make_facts({"甲": {"roads": (5, 10)}, "乙": {"roads": (None, 10)}, "丙": {"roads": NOTHING}})

    found = reckoned(scheme, facts).lines

    assert lines(scheme, facts, "half") == {
        "甲": (SCORED, Fraction(5, 2)), "乙": (NOT_EVALUABLE, None), "丙": (INAPPLICABLE, None)
    }  # fmt: skip
    assert found["甲", "more"].points == 6
    assert found["乙", "more"].absent == "roads"


def test_a_rule_of_some_groups_has_no_line_in_the_others() -> None:
    scheme = make_scheme(
        by_formula("own", "a × 2", applies_to=["部门"]), by_formula("next", "得分(own) + 1"), by_formula("all", "a")
    )
    facts = make_facts({"甲": {"a": 1}, "乙": {"a": 2}}, {"甲": "街道", "乙": "部门"})

    rows = tables(scheme, facts).rows["reckoned"]

    assert lines(scheme, facts, "own") == {"乙": (SCORED, 4)}
    assert lines(scheme, facts, "next") == {"甲": (INAPPLICABLE, None), "乙": (SCORED, Fraction(5))}
    # unit and rule of each finished line: none of unit 0 by rule 0
    assert sorted(row[:2] for row in rows) == [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_a_unit_that_says_nothing_of_what_a_named_value_rests_on_has_no_such_work() -> None:
    scheme = make_scheme(by_formula("r", "合数"), names={"合数": "倍数 + 1", "倍数": "a × 2"})

    found = reckoned(scheme, make_facts({"甲": {"a": 3}, "乙": {"b": 3}, "丙": {"a": None}})).lines

    assert (found["甲", "r"].status, found["甲", "r"].points) == (SCORED, Fraction(7))
    assert found["乙", "r"].status == INAPPLICABLE
    assert (found["丙", "r"].status, found["丙", "r"].absent) == (NOT_EVALUABLE, "a")


def test_a_veto_takes_a_reckoned_line_only_where_its_fact_is_known() -> None:
    vetoes = [{**VETO, "effect": "line", "rule": "r"},
              {**VETO, "id": "very", "when": {"formula": "late > 1"}, "effect": "grade", "grade": "差"}]  # fmt: skip
    scheme = make_scheme(by_formula("r", "a"), vetoes=vetoes)
    facts = make_facts({"甲": {"a": 3, "late": 1}, "乙": {"a": 3, "late": 0}, "丙": {"a": 3, "late": None},
                        "丁": {"a": None, "late": 2}})  # fmt: skip

    given = tables(scheme, facts)

    assert lines(scheme, facts, "r") == {
        "甲": (VETOED, 0), "乙": (SCORED, 3), "丙": (SCORED, 3), "丁": (NOT_EVALUABLE, None)
    }  # fmt: skip
    # the plain veto is read by the query itself; of the other, unit, place, whether it fires, and 2 where unknown
    fired = [(unit, veto, value, state) for unit, veto, value, _rest, state in given.rows["reckoned"] if veto > 0]
    assert fired == [(0, 2, 0, 0), (1, 2, 0, 0), (2, 2, 0, 2), (3, 2, 1, 0)]


LISTS = Facts.from_units({"甲": {"votes": [1, 2]}, "乙": {"votes": None}, "丙": {"votes": "n/a"}, "丁": {"b": 1}})


@pytest.mark.parametrize("text", ["求和(votes[])", "求和(数(votes[]))"])
def test_a_list_that_is_not_there_is_missing_or_does_not_apply_like_a_number(text: str) -> None:
    assert lines(make_scheme(by_formula("r", text)), LISTS, "r") == {
        "甲": (SCORED, 3), "乙": (NOT_EVALUABLE, None), "丙": (INAPPLICABLE, None), "丁": (INAPPLICABLE, None)
    }  # fmt: skip


@pytest.mark.parametrize(("given", "said"), [("2.50", "“2.5” stands"), (date(2026, 3, 8), "“2026-03-08” stands")])
def test_one_figure_is_not_taken_for_a_list_that_is_missing(given: Any, said: str) -> None:
    facts = Facts.from_units({"甲": {"votes": [1, 2]}, "乙": {"votes": given}})

    with pytest.raises(Refusal) as refused:
        reckoned(make_scheme(by_formula("r", "求和(votes[])")), facts)

    assert refused.value.code == "facts.no_list_here"
    assert str(refused.value).startswith(f"{said} where the formula needs the list votes[].")


def test_a_day_is_no_number_of_an_indicator() -> None:
    rules = make_rule("r", method={"given": {}}, indicator={"value": "done"}), by_formula("s", "1 + 1")

    with pytest.raises(Refusal) as refused:
        reckoned(make_scheme(*rules), Facts.from_units({"甲": {"done": date(2026, 3, 8)}}))

    assert refused.value.code == "facts.no_number_here"
    assert str(refused.value).startswith("“2026-03-08” stands where the formula needs one number.")


@pytest.mark.parametrize(
    ("given", "points"),
    [("leave_out", None), ("full", 10), ({"points": "2.5"}, Fraction(5, 2)), ("mean", Fraction(20, 3))],
)
def test_a_line_that_does_not_apply_has_what_the_rule_gives(given: Any, points: Any) -> None:
    scheme = make_scheme(make_rule(when_not_applicable=given))
    # of its group, 乙 and 丙 have 10 and 10/3; 丁 is of another, and 戊 has no figure
    units = {"甲": NOTHING, "乙": (3, 3), "丙": (1, 3), "丁": (0, 3), "戊": (None, 3)}

    found = lines(scheme, make_facts({unit: {"roads": each} for unit, each in units.items()}, {"丁": "部门"}), "roads")

    assert found["甲"] == (INAPPLICABLE, points)
    assert found["戊"] == (NOT_EVALUABLE, None)


def test_a_mean_of_nobody_gives_nothing() -> None:
    scheme = make_scheme(make_rule(when_not_applicable="mean"))

    assert lines(scheme, make_facts({"甲": {"roads": NOTHING}}), "roads") == {"甲": (INAPPLICABLE, None)}


def test_lines_are_cut_where_the_scheme_says_so() -> None:
    scheme = make_scheme(make_rule(), make_rule("trees", when_missing="zero"), rounding={"at": "line"})

    found = reckoned(scheme, make_facts({"甲": {"roads": (2, 3), "trees": (None, 3)}}))

    assert found.lines["甲", "roads"].points == Fraction("6.67")
    assert found.lines["甲", "trees"] == Outcome(NOT_EVALUABLE, SCORED, Fraction(0), Fraction(0), absent="trees.actual")
    assert found.totals == {"甲": Fraction("6.67")}


@pytest.mark.parametrize(
    ("left_out", "total"),
    [
        ("none", 27),  # 5 + 20, and 2 on top
        ("scaled", 52),  # (5 + 20) × 60 ÷ 30, and 2
        ("even", Fraction("49.5")),  # 5 × 25 ÷ 10 + 20 × 35 ÷ 20, and 2
    ],
)
def test_the_weight_of_a_line_that_does_not_count_goes_where_the_scheme_says(left_out: str, total: Any) -> None:
    rules = [make_rule(), make_rule("trees", full=20), make_rule("parks", full=30)]
    rules.append(make_rule("more", method={"addition": {"each": {"awards": 1}}}))
    facts = make_facts({"甲": {"roads": (1, 2), "trees": (1, 1), "parks": NOTHING, "awards": 2}})

    assert reckoned(make_scheme(*rules, left_out=left_out), facts).totals == {"甲": total}


def section(name: str, weight: int | None = None, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": name} | ({} if weight is None else {"weight": weight}) | more


def test_where_a_coefficient_is_not_known_the_section_and_the_total_are_not() -> None:
    scheme = make_scheme(
        make_rule("roads", section="city"), make_rule("trees", section="land"),
        by_formula("read", "land + city", counts=False),
        sections=[section("city", 60, times="系数"), section("land", 40)],
    )  # fmt: skip
    facts = make_facts({"甲": {"roads": (1, 1), "trees": (1, 2), "系数": "0.5"},
                        "乙": {"roads": (1, 1), "trees": (1, 2), "系数": None}})  # fmt: skip

    found = reckoned(scheme, facts)

    assert found.totals == {"甲": Fraction(50), "乙": None}
    assert found.lines["甲", "read"].points == 50
    assert (found.lines["乙", "read"].status, found.lines["乙", "read"].absent) == (NOT_EVALUABLE, "系数")


@pytest.mark.parametrize(
    ("trees", "total"),
    [((1, 2), 80), (NOTHING, 100), ((0, 1), 60)],
)
def test_a_section_without_a_weight_takes_those_inside_it_as_they_are(trees: Any, total: int) -> None:
    scheme = make_scheme(
        make_rule("roads", section="a"), make_rule("trees", section="b"),
        sections=[section("outer"), section("a", 60, inside="outer"), section("b", 40, inside="outer")],
    )  # fmt: skip

    assert reckoned(scheme, make_facts({"甲": {"roads": (1, 1), "trees": trees}})).totals == {"甲": total}


@pytest.mark.parametrize(
    ("roads", "total"),
    [((1, 2), 25), (NOTHING, 50)],
)
def test_a_weight_over_sections_without_one_is_theirs_while_a_line_in_them_counts(roads: Any, total: int) -> None:
    """The inner line counts as it is, 5 of 10; the other section keeps its 40, and takes all where no line counts."""
    scheme = make_scheme(
        make_rule("roads", section="inner"), make_rule("trees", section="land"),
        sections=[section("city", 60), section("inner", inside="city"), section("land", 40)],
    )  # fmt: skip

    assert reckoned(scheme, make_facts({"甲": {"roads": roads, "trees": (1, 2)}})).totals == {"甲": total}
