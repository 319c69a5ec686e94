"""Every line says its arithmetic in one sentence, with the unit's own numbers."""

from __future__ import annotations

from typing import Any

import pytest

from shoushan.scoring import run
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

OVER = {"full": 30, "step": 10, "bonus": 1, "bonus_cap": 5, "steps": "whole"}
BANDS = {"bands": [{"least": 90, "points": 5}], "below": 1}
VALUE = {"value": "a"}

SENTENCES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"completion": {"full": 10}}, {"roads": (2, 3)}, "2 ÷ 3 = 66.666666…%; × 10 = 6.666666…."),
    ({"completion": {"full": 10}}, {"roads": (4, 3)}, "4 ÷ 3 = 133.333333…%, counted up to 100%; × 10 = 10."),
    ({"completion": {"full": 10}}, {"roads": (-1, 4)}, "-1 ÷ 4 = -25%, counted from the floor: 0."),
    ({"completion": {"full": 10, "floor": None}}, {"roads": (-1, 4)}, "-1 ÷ 4 = -25%; × 10 = -2.5."),
    ({"completion": {"full": 10, "minimum": "0.5"}}, {"roads": (1, 4)}, "1 ÷ 4 = 25%, below 50%: no points."),
    ({"overfulfilment": OVER | {"minimum": 1}}, {"roads": (9, 10)}, "9 ÷ 10 = 90%, below 100%: no points."),
    ({"overfulfilment": OVER}, {"roads": (9, 10)}, "9 ÷ 10 = 90%; × 30 = 27."),
    (
        {"overfulfilment": OVER},
        {"roads": (25, 20)},
        "25 ÷ 20 = 125%; 30 points, ± 1 for each whole 10%, at most 5: 32.",
    ),
    (
        {"overfulfilment": OVER | {"symmetric": True}},
        {"roads": (15, 20)},
        "15 ÷ 20 = 75%; 30 points, ± 1 for each whole 10%, at most 5: 28.",
    ),
    (
        {"overfulfilment": OVER | {"steps": "proportional"}},
        {"roads": (25, 20)},
        "25 ÷ 20 = 125%; 30 points, ± 1 for each 10% in proportion, at most 5: 32.5.",
    ),
    ({"bands": BANDS}, {"roads": (9, 10)}, "90 reaches the band from 90: 5."),
    ({"bands": BANDS}, {"roads": (8, 10)}, "80 is below 90: 1."),
    ({"limit": {"full": 10, "per_percent": 1}}, {"roads": (3, 4)}, "3 is within the limit of 4: 10."),
    ({"limit": {"full": 10, "per_percent": 1}}, {"roads": (1, 0)}, "1, and the limit is 0: 0."),
    (
        {"limit": {"full": 10, "per_percent": "0.4"}},
        {"roads": (84, 80)},
        "84 is 5% over the limit of 80; 10 − 0.4 for each 1%: 8.",
    ),
    ({"deduction": {"full": 5, "each": {"a": 2, "b": 1}}}, {"a": 1, "b": 0}, "5 − (1 × 2 + 0 × 1) = 3."),
    ({"deduction": {"full": 5, "each": {"a": 2}}}, {"a": 3}, "5 − (3 × 2), not below the floor: 0."),
    ({"addition": {"each": {"a": 2}}}, {"a": 3}, "3 × 2 = 6."),
    ({"given": {"high": 100}}, {"a": "88.5"}, "88.5 as given: 88.5."),
    ({"given": {"times": "0.4"}}, {"a": 90}, "90 × 0.4: 36."),
    (
        {"improvement": {"full": 6, "start": 1, "points": 2, "per": 5, "low": 0, "high": 6}},
        {"a": 10},
        "A change of 10; 1 ± 2 for each 5, from 0 to 6: 5.",
    ),
    ({"best": {"full": 10}}, {"a": 4}, "4 ÷ the best, 8; × 10 = 5."),
    ({"efficacy": {"full": 10}}, {"a": 4}, "(4 − 4) ÷ (8 − 4) × 40 + 60; × 10% = 6."),
    ({"efficacy": {"full": 10, "direction": "lower"}}, {"a": 4}, "(8 − 4) ÷ (8 − 4) × 40 + 60; × 10% = 10."),
    ({"ranking": {"points": [3, 1]}}, {"a": 4}, "4: place 2: 1."),
    ({"group_mean": {}}, {"a": 4}, "4 ÷ the mean of the group, 6, × the mean of all, 6 = 4."),
]


@pytest.mark.parametrize(("method", "facts", "sentence"), SENTENCES)
def test_a_line_says_its_arithmetic(method: dict[str, Any], facts: dict[str, Any], sentence: str) -> None:
    [name] = method
    rule = make_rule(method=method) if "roads" in facts else make_rule(method=method, indicator=VALUE)
    if name in ("deduction", "addition"):
        rule = make_rule(method=method)
    others = {
        "best": {"乙": {"a": 8}},
        "efficacy": {"乙": {"a": 8}},
        "group_mean": {"乙": {"a": 8}},
        "ranking": {"乙": {"a": 8}},
    }.get(name, {})

    line = run(make_scheme(rule), make_facts({"甲": facts, **others}), engine="sqlite").unit("甲").lines[0]

    assert line.why % line.params == sentence


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        ({"efficacy": {"all_equal": "full"}}, "All compared units have 4; the rule gives 100."),
        ({"efficacy": {"all_equal": "base"}}, "All compared units have 4; the rule gives 60."),
        ({"efficacy": {}}, "Nothing to divide by or to compare with: not evaluable."),
        ({"ranking": {"points": [3, 1]}}, "4: place 1, shared by 2 units: 3."),
        (
            {"ranking": {"points": [3], "beyond": 1, "ties": "average"}},
            "4: place 1, shared by 2 units; the mean of their places is 2.",
        ),
    ],
)
def test_equal_values_are_explained(method: dict[str, Any], sentence: str) -> None:
    rule = make_rule(method=method, indicator=VALUE)

    line = run(make_scheme(rule), make_facts({"甲": {"a": 4}, "乙": {"a": 4}}), engine="sqlite").unit("甲").lines[0]

    assert line.why % line.params == sentence
