"""What a run makes of missing work, ties, vetoes, grades and the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shoushan.scoring import Result, run
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

HALF, WHOLE = (5, 10), (10, 10)


def _points(result: Result) -> dict[str, str]:
    return {unit.unit: str(unit.points) for unit in result.units}


def _run(units: Any, *rules: dict[str, Any], **given: Any) -> Result:
    groups = given.pop("groups", None)
    return run(make_scheme(*rules, **given), make_facts(units, groups), engine="sqlite")


def test_a_run_names_what_it_was_computed_from() -> None:
    scheme, facts = make_scheme(), make_facts({"甲": {"roads": HALF}})

    result = run(scheme, facts, engine="sqlite")

    assert (result.scheme, result.version, result.engine) == ("test", "1", "sqlite")
    assert result.facts_sha256 == facts.sha256
    written = result.as_json()["units"][0]
    assert (written["unit"], written["points"], written["rank"]) == ("甲", "5.00", 1)
    assert written["lines"][0]["why"] == "5 ÷ 10 = 50%; × 10 = 5."
    assert written["lines"][0]["inputs"] == {"roads.actual": "5", "roads.target": "10"}
    with pytest.raises(KeyError):
        result.unit("乙")


def test_grey_lines_stay_out_and_say_why() -> None:
    result = _run({"甲": {"roads": HALF, "trees": (None, 10)}, "乙": {"roads": (None, 10), "trees": (1, 0)}},
                  make_rule(), make_rule("trees"))  # fmt: skip

    assert _points(result) == {"甲": "10.00", "乙": "None"}
    assert result.unit("乙").status == "not_evaluable"
    assert result.unit("乙").rank is None
    said = [line.why for line in result.unit("乙").lines]
    assert said[0].startswith("No verified value")
    assert said[1].startswith("Nothing to divide by")


def test_a_missing_value_is_zero_only_where_the_rule_says_so() -> None:
    rule = make_rule(when_missing="zero")

    line = _run({"甲": {"roads": (None, 10)}}, rule).unit("甲").lines[0]

    assert (line.status, line.points) == ("scored", Decimal("0.00"))
    assert line.why.startswith("Nothing was given")


@pytest.mark.parametrize(
    ("otherwise", "points"),
    [("leave_out", "10.00"), ("full", "15.00"), ({"points": 2}, "7.00"), ("mean", "9.50")],
)
@pytest.mark.parametrize("at", ["total", "line"])
def test_work_a_unit_does_not_have(otherwise: Any, points: str, at: str) -> None:
    units = {
        "甲": {"roads": HALF, "trees": ("n/a", "n/a")},
        "乙": {"roads": WHOLE, "trees": (3, 10)},
        "丙": {"roads": WHOLE, "trees": (6, 10)},
    }
    rules = [make_rule(), make_rule("trees", when_not_applicable=otherwise)]

    result = _run(units, *rules, rounding={"at": at})

    assert str(result.unit("甲").points) == points
    line = result.unit("甲").lines[1]
    assert line.status == "not_applicable"
    assert line.why.startswith("This unit has no such work")


def test_the_mean_of_a_group_is_exact_where_it_does_not_end() -> None:
    units: dict[str, Any] = {
        name: {"roads": HALF, "trees": (actual, 10)} for name, actual in zip("乙丙丁", (1, 2, 2), strict=True)
    }
    units["甲"] = {"roads": HALF, "trees": ("n/a", "n/a")}

    result = _run(units, make_rule(), make_rule("trees", when_not_applicable="mean"))

    assert result.unit("甲").lines[1].points == Decimal("1.666667")
    assert str(result.unit("甲").points) == "6.67"


def test_nothing_to_average_leaves_the_line_out() -> None:
    rules = [make_rule(), make_rule("trees", when_not_applicable="mean")]

    result = _run({"甲": {"roads": HALF, "trees": ("n/a", "n/a")}}, *rules)

    assert _points(result) == {"甲": "10.00"}


SECTIONS = [{"id": "a", "label": "甲板块", "weight": 60}, {"id": "b", "label": "乙板块", "weight": 40}]


def test_sections_keep_their_weight_whatever_is_left_out_in_them() -> None:
    rules = [make_rule("roads", section="a"), make_rule("trees", section="a"), make_rule("jobs", section="b")]
    units = {
        "甲": {"roads": HALF, "trees": WHOLE, "jobs": WHOLE},
        "乙": {"roads": HALF, "trees": (None, 10), "jobs": WHOLE},
        "丙": {"roads": HALF, "trees": WHOLE, "jobs": (None, 10)},
    }

    result = _run(units, *rules, sections=SECTIONS)

    assert _points(result) == {"甲": "85.00", "乙": "70.00", "丙": "75.00"}
    assert [line.counted for line in result.unit("乙").lines] == [Decimal("30.00"), None, Decimal("40.00")]


def test_without_sharing_out_a_missing_line_is_simply_missing() -> None:
    units = {"甲": {"roads": HALF, "trees": (None, 10)}}

    assert _points(_run(units, make_rule(), make_rule("trees"), left_out="none")) == {"甲": "5.00"}


def test_bonuses_are_added_as_they_are() -> None:
    award = make_rule("award", method={"addition": {"each": {"prizes": "1.5"}, "cap": 2}})
    units = {"甲": {"roads": HALF, "trees": (None, 10), "prizes": 1}, "乙": {"roads": HALF, "trees": HALF, "prizes": 2}}

    result = _run(units, make_rule(), make_rule("trees"), award)

    assert _points(result) == {"甲": "11.50", "乙": "12.00"}
    assert result.unit("乙").lines[2].why == "%(cases)s, at most %(points)s."


def test_units_are_ranked_inside_their_group_and_ties_broken_by_the_scheme() -> None:
    units = {
        "甲": {"roads": HALF, "trees": WHOLE, "wait": 3},
        "乙": {"roads": WHOLE, "trees": HALF, "wait": 3},
        "丙": {"roads": WHOLE, "trees": HALF, "wait": 2},
        "丁": {"roads": HALF, "trees": HALF, "wait": None},
        "局": {"roads": HALF, "trees": HALF, "wait": 1},
    }
    keys = [{"rule": "roads"}, {"fact": "wait", "lower_first": True}]

    result = _run(units, make_rule(), make_rule("trees"), tie_break=keys, groups={"局": "部门"})

    assert {unit.unit: unit.rank for unit in result.units} == {"甲": 3, "乙": 2, "丙": 1, "丁": 4, "局": 1}


def test_a_section_can_break_a_tie() -> None:
    rules = [make_rule("roads", section="a"), make_rule("jobs", section="b")]
    units = {"甲": {"roads": (4, 10), "jobs": (9, 10)}, "乙": {"roads": (8, 10), "jobs": (3, 10)}}

    result = _run(units, *rules, sections=SECTIONS, tie_break=[{"section": "b"}])

    assert _points(result) == {"甲": "60.00", "乙": "60.00"}
    assert {unit.unit: unit.rank for unit in result.units} == {"甲": 1, "乙": 2}


def test_ratios_that_differ_in_the_twenty_fourth_decimal_have_different_places() -> None:
    rule = make_rule(method={"ranking": {"points": [3, 2, 1]}})
    units = {
        "甲": {"roads": ("499999999998", "999999999997")},
        "乙": {"roads": ("499999999999", "999999999999")},
        "丙": {"roads": ("166666666666", "333333333333")},
    }

    result = _run(units, rule)

    assert {unit.unit: unit.lines[0].place for unit in result.units} == {"甲": 2, "乙": 1, "丙": 3}


def test_lower_can_be_better_and_falls_are_below_zero() -> None:
    rule = make_rule(method={"ranking": {"points": [3, 2, 1], "direction": "lower"}}, indicator={"value": "change"})

    result = _run({"甲": {"change": "-2.5"}, "乙": {"change": "-2.4"}, "丙": {"change": "1"}}, rule)

    assert [unit.lines[0].place for unit in result.units] == [1, 2, 3]


def test_all_units_can_be_compared_together() -> None:
    rule = make_rule(method={"best": {"full": 10}}, indicator={"value": "patents"}, compare="all")
    units = {"甲": {"patents": 5}, "局": {"patents": 20}}

    assert _points(_run(units, rule, groups={"局": "部门"})) == {"甲": "2.50", "局": "10.00"}


def test_a_rule_applies_to_its_groups_and_dates_only() -> None:
    later = make_rule("trees", since="2026-07-01", until="2026-12-31", applies_to=["街道", "园区"])
    scheme = make_scheme(make_rule(), later, tie_break=[{"rule": "trees"}])
    facts = make_facts({"甲": {"roads": HALF, "trees": WHOLE}, "局": {"roads": HALF}}, {"局": "部门"})

    december = run(scheme, facts, engine="sqlite", as_of=date(2026, 12, 31))
    june = run(scheme, facts, engine="sqlite", as_of=date(2026, 6, 30))
    before = run(scheme, facts, engine="sqlite", as_of=date(2026, 1, 31))

    assert _points(december) == {"甲": "15.00", "局": "5.00"}
    assert _points(june) == {"甲": "5.00", "局": "5.00"}
    assert {unit.status for unit in before.units} == {"not_applicable"}


def _veto(**given: Any) -> dict[str, Any]:
    veto = {"id": "v", "label": "责任事故", "source": "第十五条", "since": "2026-03-09", "basis": "批准文件"}
    return veto | {"when": "accidents"} | given


def test_a_veto_on_a_line_takes_its_points_and_says_so() -> None:
    units = {
        "甲": {"roads": WHOLE, "trees": WHOLE, "accidents": 1},
        "乙": {"roads": WHOLE, "trees": WHOLE, "accidents": 0},
    }
    vetoes = [_veto(effect="line", rule="trees")]

    result = _run(units, make_rule(), make_rule("trees", when_not_applicable="mean"), vetoes=vetoes)

    assert _points(result) == {"甲": "10.00", "乙": "20.00"}
    assert result.unit("甲").status == "vetoed"
    assert result.unit("甲").lines[1].params == {"veto": "责任事故", "source": "第十五条"}


def test_a_veto_ends_with_its_rule() -> None:
    scheme = make_scheme(make_rule(until="2026-06-30"), make_rule("trees"), vetoes=[_veto(effect="line", rule="roads")])
    facts = make_facts({"甲": {"roads": WHOLE, "trees": HALF, "accidents": 1}})

    assert _points(run(scheme, facts, engine="sqlite", as_of=date(2026, 12, 31))) == {"甲": "5.00"}


LEVELS = [{"grade": "优秀", "least": 9}, {"grade": "合格", "least": 6}, {"grade": "待提升"}]


def test_a_bar_keeps_from_the_top_grade_and_a_grade_veto_sets_it() -> None:
    vetoes = [_veto(effect="bar"), _veto(id="w", effect="grade", grade="不定等次", when="false")]
    units = {
        "甲": {"roads": WHOLE, "accidents": 1, "false": 0},
        "乙": {"roads": WHOLE, "accidents": 0, "false": 1},
        "丙": {"roads": WHOLE, "accidents": 0, "false": 0},
        "丁": {"roads": (None, 10), "accidents": 0, "false": 0},
    }

    result = _run(units, vetoes=vetoes, grades={"levels": LEVELS})

    assert {unit.unit: unit.grade for unit in result.units} == {
        "甲": "合格", "乙": "不定等次", "丙": "优秀", "丁": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("slots", "tie", "top"),
    [
        ("round_down", "none", {"甲"}),
        ("half_up", "none", {"甲"}),
        ("round_up", "none", {"甲"}),
        ("half_up", "all", {"甲", "乙", "丙"}),
        ("round_down", "all", {"甲"}),
    ],
)
def test_a_quota_on_the_top_grade(slots: str, tie: str, top: set[str]) -> None:
    actual = {"甲": 10, "乙": "9.5", "丙": "9.5", "丁": 9}
    quota = {"share": "0.4", "slots": slots, "tie_at_the_edge": tie, "source": "第二十二条"}

    result = _run(
        {unit: {"roads": (each, 10)} for unit, each in actual.items()}, grades={"levels": LEVELS, "quota": quota}
    )

    assert {unit.unit for unit in result.units if unit.grade == "优秀"} == top


@pytest.mark.parametrize(("compare", "grade"), [("unrounded", "合格"), ("rounded", "优秀")])
def test_rounding_crosses_a_threshold_only_where_the_scheme_says_so(compare: str, grade: str) -> None:
    result = _run(
        {"甲": {"roads": ("8996", "10000")}}, grades={"levels": LEVELS, "compare": compare}, rounding={"places": 1}
    )

    assert (str(result.unit("甲").points), result.unit("甲").grade) == ("9.0", grade)


def test_consequences_are_proposed_by_grade_and_rank() -> None:
    consequences = [
        {
            "id": "first",
            "kind": "commendation",
            "label": "首善奖",
            "source": "第九条",
            "ranks_to": 1,
            "grades": ["优秀"],
        },
        {"id": "help", "kind": "help", "label": "帮扶", "source": "第十条", "grades": ["待提升"]},
        {
            "id": "park",
            "kind": "talk",
            "label": "约谈",
            "source": "第十条",
            "grades": ["待提升"],
            "applies_to": ["园区"],
        },
    ]
    units = {"甲": {"roads": WHOLE}, "乙": {"roads": WHOLE}, "丙": {"roads": HALF}, "丁": {"roads": (None, 1)}}

    result = _run(units, grades={"levels": LEVELS}, consequences=consequences)

    assert [[each.id for each in unit.proposals] for unit in result.units] == [["first"], ["first"], ["help"], []]
    assert result.as_json()["units"][2]["proposals"][0]["source"] == "第十条"


THIRD = {"numerator": "a.actual", "denominator": "a.target"}


@pytest.mark.parametrize(("mode", "points"), [("half_up", "1.01"), ("half_even", "1.00")])
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_the_last_digit_is_settled_by_exact_fractions(mode: str, points: str, engine: str) -> None:
    # 1/3 and 403/600 do not end, and together they are 1.005 exactly.
    scheme = make_scheme(make_rule("a", full=1), make_rule("b", full=1), rounding={"mode": mode})
    facts = make_facts({"甲": {"a": (1, 3), "b": (403, 600)}, "乙": {"a": (1, 3), "b": (1, 3)}})

    result = run(scheme, facts, engine=engine)

    assert _points(result) == {"甲": points, "乙": "0.67"}


def test_a_threshold_met_only_by_fractions_together_is_met() -> None:
    levels = [{"grade": "优秀", "least": 1}, {"grade": "待提升"}]
    rules = [make_rule("a", full=1), make_rule("b", full=1)]

    result = _run({"甲": {"a": (1, 3), "b": (2, 3)}}, *rules, grades={"levels": levels})

    assert result.unit("甲").grade == "优秀"


def test_settling_knows_filled_and_zero_lines() -> None:
    rules = [
        make_rule("a", full=1),
        make_rule("b", full=1),
        make_rule("c", full=1, when_not_applicable={"points": "0.25"}),
        make_rule("d", full=1, when_missing="zero"),
        make_rule("e", full=1, when_not_applicable="mean"),
    ]
    nothing = ("n/a", "n/a")
    units = {
        "甲": {"a": (1, 3), "b": (403, 600), "c": nothing, "d": (None, 1), "e": nothing},
        "乙": {"a": (1, 3), "b": (1, 3), "c": (1, 1), "d": (1, 1), "e": (1, 2)},
    }

    result = _run(units, *rules)

    assert str(result.unit("甲").points) == "1.76"


def test_lines_can_be_rounded_by_themselves() -> None:
    rules = [make_rule("a", full=1), make_rule("b", full=1)]

    result = _run({"甲": {"a": (1, 3), "b": (1, 3)}}, *rules, rounding={"at": "line"})

    assert str(result.unit("甲").points) == "0.66"
    assert [str(line.points) for line in result.unit("甲").lines] == ["0.33", "0.33"]


def test_rounding_below_zero_goes_away_from_zero() -> None:
    rule = make_rule(method={"given": {"times": "0.5", "low": -5, "high": 5}}, indicator={"value": "a"})

    result = _run({"甲": {"a": "-0.25"}, "乙": {"a": "-0.01"}, "丙": {"a": "-20"}, "丁": {"a": 20}}, rule)

    assert _points(result) == {"甲": "-0.13", "乙": "-0.01", "丙": "-5.00", "丁": "5.00"}
