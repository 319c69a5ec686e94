"""Each method's points in exact fractions, reckoned by hand beside it, and the sentence that says so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from shoushan.scoring.methods import METHODS
from shoushan.scoring.reckoning import Outcome, reckoned
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

VALUE = {"value": "a"}
OVER = {"full": 30, "step": 10, "bonus": 1, "bonus_cap": 5, "steps": "whole"}
BANDS = {"bands": [{"least": 90, "points": 5}, {"least": 80, "points": 3}], "below": 1}
LIMIT = {"full": 10, "per_percent": "0.4", "floor": -2}
STEP = {"full": 6, "start": 1, "points": 2, "per": 5, "low": 0, "high": 6}


def reckon(method: dict[str, Any], units: dict[str, Any], **more: Any) -> dict[str, Outcome]:
    """One rule by itself; a unit's fact is a ratio where it is a pair, and else a value."""
    is_ratio = any(isinstance(given, tuple) for given in units.values())
    [kind] = method
    indicator = {} if is_ratio or kind in ("deduction", "addition", "formula") else {"indicator": VALUE}
    scheme = make_scheme(make_rule("r", method=method, **{**indicator, **more}))
    named = {unit: given if isinstance(given, dict) else {"r" if is_ratio else "a": given}
             for unit, given in units.items()}  # fmt: skip
    found = reckoned(scheme, make_facts(named))
    return {unit: outcome for (unit, _rule), outcome in found.lines.items()}


@pytest.mark.parametrize(
    ("method", "given", "points"),
    [
        # actual ÷ target × 10, the share kept between −0.5 and 1.2
        ({"completion": {"full": 10, "cap": "1.2", "floor": "-0.5"}}, (2, 3), Fraction(20, 3)),
        ({"completion": {"full": 10, "cap": "1.2", "floor": "-0.5"}}, (13, 10), 12),
        ({"completion": {"full": 10, "cap": "1.2", "floor": "-0.5"}}, (-9, 10), -5),
        ({"completion": {"full": 10, "minimum": "0.5"}}, (4, 10), 0),
        ({"completion": {"full": 10, "minimum": "0.5"}}, (5, 10), 5),
        ({"completion": {"full": 10, "target_zero": "not_evaluable"}}, (3, 0), None),
        ({"completion": {"full": 10, "target_zero": "full"}}, (3, 0), 10),
        ({"completion": {"full": 10, "target_zero": "nothing"}}, (3, -2), 0),
        # 30 points, one more for each whole ten per cent over
        ({"overfulfilment": OVER}, ("127.9", 100), 32),
        ({"overfulfilment": OVER}, (200, 100), 35),
        ({"overfulfilment": OVER}, (90, 100), 27),
        ({"overfulfilment": OVER | {"steps": "proportional"}}, (125, 100), Fraction("32.5")),
        ({"overfulfilment": OVER | {"symmetric": True}}, (75, 100), 28),
        ({"overfulfilment": OVER | {"symmetric": True, "steps": "proportional"}}, (75, 100), Fraction("27.5")),
        ({"overfulfilment": OVER | {"symmetric": True}}, (10, 100), 25),
        ({"overfulfilment": OVER | {"minimum": 1}}, (99, 100), 0),
        ({"overfulfilment": OVER}, (3, 0), None),
        ({"overfulfilment": OVER | {"target_zero": "full"}}, (3, 0), 30),
        ({"overfulfilment": OVER | {"target_zero": "nothing", "symmetric": True}}, (3, 0), 0),
        ({"deduction": {"full": 5, "each": {"a": 2}}}, {"a": 2}, 1),
        ({"deduction": {"full": 5, "each": {"a": 2}}}, {"a": 3}, 0),
        ({"deduction": {"full": 5, "each": {"a": 2}, "floor": None}}, {"a": 3}, -1),
        ({"addition": {"each": {"a": 2}, "cap": 5}}, {"a": 2}, 4),
        ({"addition": {"each": {"a": 2}, "cap": 5}}, {"a": 3}, 5),
        # a lower edge belongs to its band, and nothing is rounded before
        ({"bands": BANDS}, 90, 5),
        ({"bands": BANDS}, "89.999", 3),
        ({"bands": BANDS}, "79.9", 1),
        ({"bands": BANDS}, (9, 10), 5),
        ({"bands": BANDS}, (1, 0), None),
        ({"limit": LIMIT}, (3, 4), 10),
        ({"limit": LIMIT}, ("85.2", 80), Fraction("7.4")),
        ({"limit": LIMIT | {"steps": "whole"}}, ("85.2", 80), Fraction("7.6")),
        ({"limit": LIMIT}, (400, 80), -2),
        ({"limit": LIMIT}, (0, 0), 10),
        ({"limit": LIMIT}, (1, 0), -2),
        ({"limit": LIMIT | {"limit_zero": "not_evaluable"}}, (1, 0), None),
        ({"limit": LIMIT}, (-5, -4), None),
        ({"limit": LIMIT}, (1, -4), None),
        ({"improvement": STEP}, "6", Fraction("3.4")),
        ({"improvement": STEP | {"steps": "whole"}}, "9.9", 3),
        ({"improvement": STEP | {"steps": "whole"}}, "-4.9", 1),
        ({"improvement": STEP}, "-6", 0),
        ({"improvement": STEP}, "60", 6),
        ({"given": {"times": "0.4"}}, 90, 36),
        ({"given": {"low": 0, "high": 80}}, 90, 80),
        ({"given": {"low": 0, "high": 80}}, -1, 0),
        ({"formula": {"points": "a ÷ 3", "cap": 2, "floor": "-0.5"}}, {"a": 1}, Fraction(1, 3)),
        ({"formula": {"points": "a ÷ 3", "cap": 2, "floor": "-0.5"}}, {"a": 9}, 2),
        ({"formula": {"points": "a ÷ 3", "cap": 2, "floor": "-0.5"}}, {"a": -9}, Fraction(-1, 2)),
    ],
)  # fmt: skip
def test_a_line_of_one_unit(method: dict[str, Any], given: Any, points: Any) -> None:
    outcome = reckon(method, {"甲": given})["甲"]

    assert outcome.points == points


@pytest.mark.parametrize(
    ("method", "units", "points"),
    [
        ({"ranking": {"points": [9, 5, 2], "beyond": 1, "ties": "average"}},
         {"甲": 7, "乙": 9, "丙": 7, "丁": 1}, [Fraction(7, 2), 9, Fraction(7, 2), 1]),
        ({"ranking": {"points": [9, 5, 2], "beyond": 1, "direction": "lower"}},
         {"甲": 7, "乙": 9, "丙": 7, "丁": 1}, [5, 1, 5, 9]),
        # 3/4, 4/5, and nothing to divide by: that unit pushes nobody down
        ({"ranking": {"points": [9, 5], "beyond": 1}}, {"甲": (3, 4), "乙": (4, 5), "丙": (9, 0)}, [5, 9, None]),
        ({"best": {"full": 6}}, {"甲": 8, "乙": 4, "丙": -1}, [6, 3, 0]),
        ({"best": {"full": 6, "best_zero": "not_evaluable"}}, {"甲": 0, "乙": -1}, [None, None]),
        ({"best": {"full": 6, "best_zero": "full"}}, {"甲": 0, "乙": -1}, [6, 6]),
        ({"best": {"full": 6, "best_zero": "nothing"}}, {"甲": 0, "乙": -1}, [0, 0]),
        ({"efficacy": {"full": 10}}, {"甲": 8, "乙": 4, "丙": 5}, [10, 6, 7]),
        ({"efficacy": {"full": 10, "direction": "lower"}}, {"甲": 8, "乙": 4, "丙": 5}, [6, 10, 9]),
        ({"efficacy": {"full": 10, "all_equal": "full"}}, {"甲": 4, "乙": 4}, [10, 10]),
        ({"efficacy": {"full": 10, "all_equal": "base"}}, {"甲": 4, "乙": 4}, [6, 6]),
        ({"efficacy": {"full": 10, "all_equal": "not_evaluable"}}, {"甲": 4, "乙": 4}, [None, None]),
        ({"group_mean": {"full": 10}}, {"甲": 8, "乙": 4}, [8, 4]),
        ({"group_mean": {"full": 10}}, {"甲": 8, "乙": -8}, [None, None]),
    ],
)  # fmt: skip
def test_lines_of_units_that_are_compared(method: dict[str, Any], units: dict[str, Any], points: list[Any]) -> None:
    found = reckon(method, units)

    assert [found[unit].points for unit in units] == points


@pytest.mark.parametrize(
    ("method", "given", "sentence"),
    [
        ({"completion": {"full": 10, "target_zero": "full"}}, (3, 0), "The target is 0; the clause gives 10."),
        ({"overfulfilment": OVER | {"target_zero": "nothing"}}, (3, -2), "The target is -2; the clause gives 0."),
        ({"best": {"full": 6, "best_zero": "full"}}, 0, "The best value is 0; the clause gives 6."),
        ({"addition": {"each": {"a": 2}, "cap": 5}}, {"a": 3}, "3 × 2, at most 5."),
        ({"formula": {"points": "a × 2"}}, {"a": 3}, "a × 2 = 6 (a 3)."),
        ({"formula": {"points": "2 + 2"}}, {"a": 3}, "2 + 2 = 4 (–)."),
        ({"formula": {"points": "a × 2", "cap": 5}}, {"a": 3}, "a × 2 = 6, kept within the ends: 5 (a 3)."),
    ],
)
def test_a_line_says_what_the_clause_gave(method: dict[str, Any], given: Any, sentence: str) -> None:
    reading = reckon(method, {"甲": given})["甲"].reading
    scheme = make_scheme(make_rule("r", method=method, indicator=_indicator(method, given)))

    assert reading is not None
    said, params = scheme.rules[0].method.why(reading)

    assert said % params == sentence


def _indicator(method: dict[str, Any], given: Any) -> Any:
    if {"addition", "formula"} & method.keys():
        return None
    return {"numerator": "a", "denominator": "b"} if isinstance(given, tuple) else VALUE


def test_every_method_is_tried_here() -> None:
    marks = [mark for test in (test_a_line_of_one_unit, test_lines_of_units_that_are_compared)
             for mark in test.pytestmark]  # fmt: skip

    assert {kind for mark in marks for case in mark.args[1] for kind in case[0]} == set(METHODS)
