"""What-ifs, firmness of ranks, two runs compared, and questions before publication."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shoushan.core.errors import Refusal
from shoushan.scoring import Facts, Scheme, run
from shoushan.scoring.comparing import CAUSES, compare
from shoushan.scoring.fairness import doubts
from shoushan.scoring.results import Result, ScoreLine, UnitResult
from shoushan.scoring.robustness import firmness, step_up
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme
from shoushan.scoring.whatif import Move, counter_run, what_if

SECTIONS = [{"id": "a", "label": "甲板块", "weight": 60}, {"id": "b", "label": "乙板块", "weight": 40}]
# By hand: 甲 60 × 0.9 + 40 × 0.5 = 74; 乙 60 × 0.8 + 40 × 0.64 = 73.6; 丙 60 × 0.1 + 40 × 1 = 46; 丁 has no value.
UNITS: dict[str, dict[str, Any]] = {
    "甲": {"roads": (9, 10), "trees": (5, 10)},
    "乙": {"roads": (8, 10), "trees": ("6.4", 10)},
    "丙": {"roads": (1, 10), "trees": (10, 10)},
    "丁": {"roads": (None, 10), "trees": (None, 10)},
}


def _sections(**weights: int) -> Scheme:
    sections = [{**each, "weight": weights.get(str(each["id"]), each["weight"])} for each in SECTIONS]
    return make_scheme(make_rule(section="a"), make_rule("trees", section="b"), sections=sections)


def _standings(scheme: Scheme, units: Any = None) -> tuple[Facts, Result]:
    facts = make_facts(units or UNITS)
    return facts, run(scheme, facts, engine="sqlite")


def test_another_value_and_another_weight_move_the_ranks_at_once() -> None:
    facts = make_facts(UNITS)

    found = what_if(_sections(), facts, values={("乙", "roads.actual"): Decimal(9)}, engine="sqlite")

    assert found.moves[1] == Move("乙", "街道", Decimal("73.60"), Decimal("79.60"), 2, 1, None, None)
    weighed = what_if(_sections(), facts, weights={"a": Decimal(10), "b": Decimal(90)}, engine="sqlite")
    assert [move.rank_if for move in weighed.moves] == [3, 2, 1, None]
    assert [move.rank for move in weighed.moves] == [1, 2, 3, None]


def test_a_rule_weighs_its_full_points_where_there_are_no_sections() -> None:
    scheme = make_scheme(make_rule(), make_rule("trees"))

    found = what_if(scheme, make_facts(UNITS), weights={"trees": Decimal(20)}, engine="sqlite")

    assert [str(move.points_if) for move in found.moves] == ["19.00", "20.80", "21.00", "None"]


def test_last_years_rules_give_another_rank() -> None:
    found = counter_run(_sections(), _sections(a=10, b=90), make_facts(UNITS), engine="sqlite")

    assert [move.rank_if for move in found.moves] == [3, 2, 1, None]


def _counting() -> Scheme:
    """A rule of a unit's awards, and a day by which its roads were to be done."""
    formula = {"points": "sum(awards[].level) + if(done <= “2026-10-31”, roads, 0)"}
    return make_scheme(make_rule("awards", method={"formula": {**formula, "full": 10}}))


def _counted(levels: list[int], day: date, roads: int = 5) -> dict[str, Any]:
    return {"awards": [{"level": level} for level in levels], "done": day, "roads": roads}


IN_TIME, LATE = date(2026, 10, 30), date(2026, 11, 2)


def test_days_and_lists_stand_while_a_number_is_played_with() -> None:
    facts = Facts.from_units({"甲": _counted([2, 3], IN_TIME), "乙": _counted([1], LATE)})

    found = what_if(_counting(), facts, values={("甲", "roads"): Decimal(7)}, engine="sqlite")

    assert [(str(move.points), str(move.points_if)) for move in found.moves] == [("10.00", "12.00"), ("1.00", "1.00")]


def test_a_what_if_cannot_be_kept() -> None:
    found = what_if(_sections(), make_facts(UNITS), engine="sqlite")

    assert not found.storable
    with pytest.raises(TypeError, match="never stored"):
        pickle.dumps(found)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"values": {("戊", "roads.actual"): Decimal(1)}}, "whatif.unknown"),
        ({"values": {("甲", "jobs"): Decimal(1)}}, "whatif.unknown"),
        ({"weights": {"c": Decimal(1)}}, "whatif.unknown"),
        ({"weights": {"a": Decimal(0)}}, "whatif.weight"),
    ],
)
def test_what_is_not_there_cannot_be_played_with(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        what_if(_sections(), make_facts(UNITS), engine="sqlite", **given)

    assert refused.value.code == code
    assert refused.value.hint


def test_near_ties_are_said_to_be_ties_and_far_ranks_are_firm() -> None:
    scheme = _sections()
    _, result = _standings(scheme)

    found = {each.unit: each for each in firmness(scheme, result, seed=1, draws=2000)}

    assert set(found) == {"甲", "乙", "丙"}
    # 0.4 points apart, and a tenth of the weights moves the difference by ± 1.4 × 0.1 × …: their order turns often.
    assert found["甲"].tied_with == ("乙",)
    assert (found["甲"].rank, found["甲"].highest, found["甲"].lowest) == (1, 1, 2)
    assert (found["丙"].highest, found["丙"].lowest, found["丙"].tied_with) == (3, 3, ())
    # Without section a: 20, 25.6, 40; without b: 54, 48, 6.
    assert found["甲"].without == {"a": 3, "b": 1}
    assert found["丙"].without == {"a": 1, "b": 3}


def test_what_stands_in_no_section_decides_a_rank_all_the_same() -> None:
    bonus = make_rule("bonus", method={"addition": {"each": {"bonus": 1}}})
    rules = make_rule(section="a"), make_rule("trees", section="b"), bonus
    scheme = make_scheme(*rules, sections=SECTIONS)
    # 丙 has 46 of its sections and 40 of its bonus: it comes first, before 74 and 73.6
    bonuses = {"甲": 0, "乙": 0, "丙": 40, "丁": 0}
    _, result = _standings(scheme, {unit: {**facts, "bonus": bonuses[unit]} for unit, facts in UNITS.items()})

    found = {each.unit: each for each in firmness(scheme, result, seed=1, draws=500)}

    assert (found["丙"].rank, found["丙"].highest, found["丙"].lowest) == (1, 1, 1)
    # without section b: 54, 48 and 6 + 40
    assert found["丙"].without == {"a": 1, "b": 3}


def test_the_same_seed_gives_the_same_intervals() -> None:
    scheme = _sections()
    _, result = _standings(scheme)

    assert firmness(scheme, result, seed=7, draws=200) == firmness(scheme, result, seed=7, draws=200)


def test_unverified_values_make_ranks_less_firm() -> None:
    scheme = make_scheme(make_rule(), make_rule("trees"), make_rule("jobs", method={"addition": {"each": {"jobs": 1}}}))
    units = {
        "甲": {"roads": (8, 10), "trees": (5, 10), "jobs": 0},
        "乙": {"roads": (7, 10), "trees": (5, 10), "jobs": 0},
    }
    _, result = _standings(scheme, units)
    nothing = Decimal(0)

    firm = firmness(scheme, result, seed=1, draws=500, weights=nothing)
    loose = firmness(
        scheme, result, seed=1, draws=500, weights=nothing, doubt=Decimal("0.5"),
        unverified=[("甲", "roads.actual"), ("甲", "jobs")],
    )  # fmt: skip

    assert [(each.highest, each.lowest) for each in firm] == [(1, 1), (2, 2)]
    assert (loose[0].highest, loose[0].lowest) == (1, 2)
    assert firm[0].without == {}


def test_the_smallest_step_up_is_named() -> None:
    scheme = _sections()
    _, result = _standings(scheme)

    step = step_up(scheme, result, "乙")

    # 74.00 − 73.60 + 0.01 = 0.41; a point of roads adds 6, of trees 4: 0.068333 of ten is less than 0.1025 of ten.
    assert step is not None
    assert (step.rule, step.points, step.above) == ("roads", Decimal("0.068333"), "甲")
    assert step_up(scheme, result, "甲") is None
    # 丙 lacks 27.61: trees are full, roads could still give 54, which takes 4.601667 of their ten points.
    last = step_up(scheme, result, "丙")
    assert last is not None
    assert (last.rule, last.points) == ("roads", Decimal("4.601667"))


def test_no_single_line_may_be_enough_and_a_line_without_points_is_seen_on_others() -> None:
    units = {"甲": {"roads": (10, 10), "trees": (10, 10)}, "乙": {"roads": (0, 10), "trees": (10, 10)},
             "丙": {"roads": (0, 10), "trees": (1, 10)}}  # fmt: skip
    scheme = make_scheme(make_rule(), make_rule("trees"), make_rule("jobs"), left_out="none")
    facts = {name: {**each, "jobs": (0, 10)} for name, each in units.items()}
    _, result = _standings(scheme, facts)

    assert step_up(scheme, result, "乙") is None
    step = step_up(scheme, result, "丙")
    assert step is not None
    assert step.rule == "roads"


def test_every_difference_has_its_cause() -> None:
    old, new = _sections(), _sections(a=50, b=50)
    before = {**UNITS, "己": {"roads": (5, 10), "trees": (5, 10)}}
    after: dict[str, dict[str, Any]] = {
        "甲": {"roads": (9, 10), "trees": (6, 10)},
        "乙": {"roads": (7, 10), "trees": ("6.4", 10)},
        "丙": UNITS["丙"],
        "丁": {"roads": (1, 10), "trees": (1, 10)},
        "戊": {"roads": (5, 10), "trees": (5, 10)},
    }
    facts = make_facts(after, {"丙": "部门"})

    found = compare((old, make_facts(before)), (new, facts), corrected=[("甲", "trees.actual")], engine="sqlite")

    assert (found.came, found.left, found.moved, found.rules) == (["戊"], ["己"], ["丙"], ["scheme"])
    assert ("甲", "trees.actual") in found.facts
    by_unit = {unit.unit: unit for unit in found.units}
    # 甲: 74 → 78 by the corrected trees (40 × 0.1), → 75 by the weights (50 × 0.9 + 50 × 0.6).
    effects = {each.cause: each.points for each in by_unit["甲"].effects}
    assert effects == {"correction": Decimal("4.00"), "rule": Decimal("-3.00")}
    assert {each.cause: each.points for each in by_unit["乙"].effects}["fact"] == Decimal("-6.00")
    assert by_unit["丙"].effects[0].cause == "history"
    assert (by_unit["丙"].rank, by_unit["己"].points) == ((4, 1), (Decimal("50.00"), None))
    # Where there were no points before, there is no difference to give.
    assert [(each.cause, each.points) for each in by_unit["丁"].effects][0] == ("fact", None)
    for unit in by_unit.values():
        if None not in unit.points and all(each.points is not None for each in unit.effects):
            first, last = unit.points
            assert sum(each.points or 0 for each in unit.effects) == (last or 0) - (first or 0)


def test_equal_runs_have_no_differences_and_a_new_fact_of_a_new_rule_is_bridged() -> None:
    units = {name: {**each, "jobs": (1, 2)} for name, each in UNITS.items()}
    same = _sections(), make_facts(UNITS)
    more = make_scheme(make_rule(section="a"), make_rule("trees", section="b"), make_rule("jobs", section="b"),
                       sections=SECTIONS)  # fmt: skip

    assert all(not unit.effects for unit in compare(same, same, engine="sqlite").units)
    found = compare(same, (more, make_facts(units)), engine="sqlite")
    assert found.rules == ["jobs"]
    assert {each.cause for unit in found.units for each in unit.effects} == {"rule"}
    assert set(CAUSES) >= {"rule"}


def test_a_day_and_a_list_that_changed_are_causes_too() -> None:
    before = Facts.from_units({"甲": _counted([2, 3], LATE), "乙": _counted([1], IN_TIME)})
    after = Facts.from_units({"甲": _counted([2, 4], IN_TIME), "乙": _counted([1], IN_TIME), "丙": _counted([], LATE)})

    found = compare((_counting(), before), (_counting(), after), corrected=[("甲", "awards")], engine="sqlite")

    assert sorted(found.facts) == [("甲", "awards"), ("甲", "done")]
    by_unit = {unit.unit: unit for unit in found.units}
    assert {each.cause: each.points for each in by_unit["甲"].effects} == {
        "correction": Decimal("1.00"),
        "fact": Decimal("5.00"),
    }
    # nothing of its own moved 乙: 甲 went past it
    assert [(each.cause, each.points, each.rank) for each in by_unit["乙"].effects] == [("fact", Decimal(0), 2)]
    assert str(by_unit["丙"].points[1]) == "0.00"


def _codes(scheme: Scheme, units: Any, **given: Any) -> list[str]:
    facts, result = _standings(scheme, units)
    found = doubts(scheme, facts, result, **given)
    assert all("%(" not in each.sentence % each.params for each in found)
    return [each.code for each in found]


def test_a_sound_run_raises_no_doubts() -> None:
    assert _codes(_sections(), {"甲": {"roads": (9, 10), "trees": (5, 10)}}) == []


def test_a_rule_that_a_group_cannot_reach_is_named() -> None:
    units = {"甲": {"roads": (9, 10), "trees": ("n/a", "n/a")}, "乙": {"roads": (9, 10), "trees": ("n/a", "n/a")}}

    assert _codes(make_scheme(make_rule(), make_rule("trees")), units) == ["fairness.out_of_reach"]


def test_a_fact_counted_twice_is_named() -> None:
    rules = make_rule(), make_rule("again", indicator={"numerator": "roads.actual", "denominator": 20})

    assert _codes(make_scheme(*rules), {"甲": {"roads": (9, 10)}}) == ["fairness.twice"]


@pytest.mark.parametrize(
    ("people", "codes"), [((1, 2, 3, 4, 5), ["fairness.size"]), ((3, 5, 1, 4, 2), []), ((2,) * 5, [])]
)
def test_points_that_follow_size_are_named(people: tuple[int, ...], codes: list[str]) -> None:
    units: dict[str, dict[str, Any]] = {
        f"单位{index}": {"roads": (index + 1, 10), "people": size} for index, size in enumerate(people)
    }
    units["又"] = {"roads": (None, 10), "people": 9}

    assert _codes(make_scheme(make_rule()), units, size="people") == codes


def test_unverified_values_and_small_denominators_are_named() -> None:
    units = {"甲": {"roads": (3, 4)}, "乙": {"roads": (1, None)}}
    fixed = make_rule("fixed", method={"given": {}}, indicator={"value": 5})

    assert _codes(make_scheme(make_rule(), fixed), units, unverified=[("甲", "roads.actual")]) == [
        "fairness.unverified",
        "fairness.small",
    ]


def test_units_that_do_other_work_are_named() -> None:
    scheme = make_scheme(make_rule(), make_rule("trees"))
    nothing = ("n/a", "n/a")
    units = {"甲": {"roads": (5, 10), "trees": nothing}, "乙": {"roads": nothing, "trees": (5, 10)}}

    assert _codes(scheme, units) == ["fairness.other_work"]
    assert _codes(scheme, {"甲": {"roads": nothing, "trees": nothing}, "乙": {"roads": (5, 10), "trees": (5, 10)}}) == [
        "fairness.other_work"
    ]


def _ranked(unit: str, group: str, rank: int | None, **points: str) -> UnitResult:
    """A unit as a run gave it, by the points of its rules."""
    lines = [ScoreLine(rule, rule, Decimal(each), Decimal(10), "scored", "一", "", counted=Decimal(each))
             for rule, each in points.items()]  # fmt: skip
    total = None if rank is None else sum((line.points or Decimal(0) for line in lines), Decimal(0))
    return UnitResult(unit, group, total, "scored" if rank else "not_evaluable", rank, None, lines)


def test_a_group_without_a_rank_has_none_that_could_be_firm() -> None:
    units = [_ranked("甲", "街道", None), _ranked("乙", "部门", 1, roads="5")]
    result = Result("test", "1", "", "", "sqlite", units)

    found = firmness(make_scheme(), result, seed=1, draws=50)

    assert [(each.unit, each.rank, each.lowest) for each in found] == [("乙", 1, 1)]


def test_where_sections_are_bound_it_is_the_weights_of_rules_that_move() -> None:
    sections = [{"id": "a", "label": "甲板块", "weight": 60, "cap": 50}, {"id": "b", "label": "乙板块", "weight": 40}]
    scheme = make_scheme(make_rule(section="a"), make_rule("trees", section="b"), sections=sections)
    result = Result("test", "1", "", "", "sqlite", [
        _ranked("甲", "街道", 1, roads="5.1", trees="5"), _ranked("乙", "街道", 2, roads="5", trees="5")
    ])  # fmt: skip

    found = firmness(scheme, result, seed=1, draws=50)

    # 甲 is ahead in one rule and behind in none: no weights turn them, and there is no section to leave out
    assert [(each.highest, each.lowest, each.tied_with, each.without) for each in found] == [
        (1, 1, (), {}), (2, 2, (), {})
    ]  # fmt: skip
