"""What the engines and exact fractions say is the same, for methods, sections and totals put together at random."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shoushan.scoring import Facts, run
from shoushan.scoring.reckoning import reckoned
from shoushan.scoring.rounding import written
from shoushan.scoring.running import shown
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

PLACES = 2
VALUES = st.one_of(
    st.none(),
    st.just("n/a"),
    st.integers(-50, 200),
    st.decimals(-20, 150, places=2).map(lambda each: format(each, "f")),
)
ZERO = st.sampled_from(["not_evaluable", "full", "nothing"])
STEPS = st.sampled_from(["whole", "proportional"])
RATIO = {"numerator": "a", "denominator": "b"}
VALUE = {"value": "a"}
CASES: dict[str, Any] = {"indicator": None}
# One strategy for each method: all stand in every scheme, so that one query serves every example.
METHODS = (
    st.builds(
        lambda zero, cap, floor, minimum: (
            {"completion": {"full": 20, "cap": cap, "floor": floor, "target_zero": zero} | minimum},
            RATIO,
        ),
        ZERO,
        st.sampled_from([1, "1.2", None]),
        st.sampled_from([0, "-0.5"]),
        st.sampled_from([{}, {"minimum": "0.5"}]),
    ),
    st.builds(
        lambda zero, steps, symmetric: (
            {
                "overfulfilment": {
                    "full": 30,
                    "step": 7,
                    "bonus": 1,
                    "bonus_cap": 5,
                    "steps": steps,
                    "symmetric": symmetric,
                    "target_zero": zero,
                }
            },
            RATIO,
        ),
        ZERO,
        STEPS,
        st.booleans(),
    ),
    st.just(({"deduction": {"full": 10, "each": {"a": "0.3", "b": 1}, "floor": 0}}, None)),
    st.just(({"addition": {"each": {"a": "0.1"}, "cap": 5}}, None)),
    st.just(({"bands": {"bands": [{"least": 90, "points": 10}, {"least": "33.3", "points": 4}], "below": 1}}, RATIO)),
    st.builds(
        lambda ties, direction: (
            {"ranking": {"points": [9, 5, 2], "beyond": 1, "ties": ties, "direction": direction}},
            RATIO,
        ),
        st.sampled_from(["same", "average"]),
        st.sampled_from(["higher", "lower"]),
    ),
    st.builds(lambda zero: ({"best": {"full": 7, "floor": 0, "best_zero": zero}}, VALUE), ZERO),
    st.builds(
        lambda direction, equal: (
            {"efficacy": {"full": 9, "base": 60, "span": 40, "direction": direction, "all_equal": equal}},
            VALUE,
        ),
        st.sampled_from(["higher", "lower"]),
        st.sampled_from(["full", "base", "not_evaluable"]),
    ),
    st.just(({"group_mean": {"full": 10}}, VALUE)),
    st.builds(
        lambda steps, zero: (
            {"limit": {"full": 10, "per_percent": "0.4", "floor": -2, "steps": steps, "limit_zero": zero}},
            RATIO,
        ),
        STEPS,
        st.sampled_from(["floor", "not_evaluable"]),
    ),
    st.builds(
        lambda steps: (
            {
                "improvement": {
                    "full": 6,
                    "start": 3,
                    "points": "0.7",
                    "per": "0.3",
                    "low": 0,
                    "high": 6,
                    "steps": steps,
                }
            },
            VALUE,
        ),
        STEPS,
    ),
    st.just(({"given": {"full": 20, "times": "0.1", "low": None, "high": 20}}, VALUE)),
)
FILLS = ["full", "mean", {"points": 2}]
MORE: dict[str, st.SearchStrategy[Any]] = {
    "when_missing": st.sampled_from(["leave_out", "zero", "not_applicable"]),
    "when_not_applicable": st.sampled_from(["leave_out", *FILLS]),
    "compare": st.sampled_from(["group", "all"]),
    "applies_to": st.sampled_from([[], ["甲"], ["乙"]]),
}


def _each(*methods: Any) -> st.SearchStrategy[Any]:
    """One rule of each method; the first fills its gaps, so that every example has the same query."""
    fills = st.fixed_dictionaries(MORE | {"when_not_applicable": st.sampled_from(FILLS)})
    others = st.fixed_dictionaries(MORE)
    return st.tuples(*(st.tuples(method, others if at else fills) for at, method in enumerate(methods)))


UNITS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=5)


def _scheme(rules: Sequence[Any], left_out: str, at: str, sections: bool, **more: Any) -> Any:
    found = [
        make_rule(
            f"r{number}", method=method, indicator=indicator, section=f"s{number % 2}" if sections else "", **given
        )
        for number, ((method, indicator), given) in enumerate(rules)
    ]
    weights = [{"id": f"s{number}", "label": "板块", "weight": weight} for number, weight in enumerate((70, 30))]
    more |= {"sections": weights} if sections else {}
    return make_scheme(*found, left_out=left_out, rounding={"places": PLACES, "at": at}, **more)


def _facts(units: list[Any]) -> Facts:
    return Facts.from_rows(
        {"unit": f"u{number}", "group": "甲" if number % 3 else "乙", "fact": fact, "value": value}
        for number, values in enumerate(units)
        for fact, value in zip("ab", values, strict=True)
    )


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_target_of_zero_that_gives_nothing_gives_nothing_under_a_floor(engine: str) -> None:
    """30 points, ±1 for each 7 %, at most ±5: a missed target leaves 25, and no target leaves 0 where it says so."""
    method = {"full": 30, "step": 7, "bonus": 1, "bonus_cap": 5, "steps": "whole", "symmetric": True}
    rule = make_rule("r", method={"overfulfilment": method | {"target_zero": "nothing"}}, indicator=RATIO)
    facts = make_facts({"甲": {"a": "0", "b": "0"}, "乙": {"a": "0", "b": "10"}})

    result = run(make_scheme(rule), facts, engine=engine)

    assert [unit.lines[0].points for unit in result.units] == [Decimal(0), Decimal(25)]


@pytest.mark.parametrize(
    ("left_out", "at", "sections"),
    [("scaled", "total", True), ("scaled", "line", False), ("even", "total", False), ("none", "line", True)],
)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(rules=_each(*METHODS), units=UNITS)
def test_the_engine_and_the_fractions_agree_on_every_line_and_total(
    left_out: str, at: str, sections: bool, rules: Sequence[Any], units: list[Any]
) -> None:
    scheme, facts = _scheme(rules, left_out, at, sections), _facts(units)
    exact = reckoned(scheme, facts)

    # DuckDB keeps the plan of a query; SQLite, which plans each run anew, is held against it below
    result = run(scheme, facts, engine="duckdb")

    for unit in result.units:
        for line in unit.lines:
            outcome = exact.lines[unit.unit, line.rule]
            assert line.points == (None if outcome.points is None else shown(outcome.points, PLACES)), line
        # points that only fill gaps make no total
        scored = any(line.status == "scored" for line in unit.lines)
        total = exact.totals[unit.unit]
        assert unit.points == (written(total, PLACES) if scored and total is not None else None)


# a ratio, cases, places and a comparison: SQLite plans every run anew, a query of all methods for a second
@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(rules=_each(*(METHODS[at] for at in (0, 2, 5, 7))), units=UNITS, times=st.decimals(0, 3, places=3))
def test_a_combined_total_is_the_same_on_both_engines(rules: Sequence[Any], units: list[Any], times: Decimal) -> None:
    text = f"最小(90, 合计 × {format(times, 'f')}) ÷ 3 + 如果(缺(r0), 0, 得分(r0) ÷ 7)"
    scheme, facts = _scheme(rules, "scaled", "total", True, total=text, rank_by="unrounded"), _facts(units)
    plain = reckoned(_scheme(rules, "scaled", "total", True), facts)

    first, second = (run(scheme, facts, engine=engine) for engine in ("sqlite", "duckdb"))

    assert [(each.points, each.rank) for each in first.units] == [(each.points, each.rank) for each in second.units]
    for unit in first.units:
        if unit.points is not None:
            line = plain.lines.get((unit.unit, "r0"))
            own = None if line is None else line.points
            wanted = min(Fraction(90), (plain.totals[unit.unit] or Fraction(0)) * Fraction(times)) / 3
            assert unit.points == written(wanted + (own or Fraction(0)) / 7, PLACES)


def test_units_without_a_group_are_counted_once() -> None:
    ranking = {"ranking": {"points": [3, 2, 1], "beyond": 0, "ties": "same", "direction": "higher"}}
    rule = make_rule(method=ranking, indicator={"value": {"formula": "a + 0"}})
    facts = Facts.from_units({"甲": {"a": 3}, "乙": {"a": 3}, "丙": {"a": 1}})

    assert [unit.points for unit in run(make_scheme(rule), facts, engine="sqlite").units] == [3, 3, 1]


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_a_veto_gives_a_grade_where_there_are_no_others(engine: str) -> None:
    veto = {"id": "v", "label": "v", "source": "一", "since": "2026-03-09", "basis": "批准", "when": "accidents"}
    scheme = make_scheme(make_rule(), vetoes=[veto | {"effect": "grade", "grade": "不合格"}])
    facts = make_facts({"甲": {"roads": (1, 2), "accidents": 1}, "乙": {"roads": (1, 2), "accidents": 0}})

    result = run(scheme, facts, engine=engine)

    assert [(unit.status, unit.grade) for unit in result.units] == [("vetoed", "不合格"), ("scored", None)]


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_where_no_rule_counts_there_are_places_and_no_points(engine: str) -> None:
    ranking = {"ranking": {"points": [0], "beyond": 0, "ties": "same", "direction": "higher"}}
    prize = {"id": "prize", "label": "奖", "source": "一", "kind": "commendation", "rule": "roads", "ranks_to": 1}
    scheme = make_scheme(make_rule(method=ranking, indicator={"value": "a"}, counts=False), consequences=[prize])

    result = run(scheme, Facts.from_units({"甲": {"a": 3}, "乙": {"a": 2}, "丙": {"a": None}}), engine=engine)

    found = [(unit.status, unit.points, unit.rank, len(unit.proposals)) for unit in result.units]
    assert found == [("scored", None, None, 1), ("scored", None, None, 0), ("not_evaluable", None, None, 0)]
