"""A golden case of one rule sees that rule alone, also where the scheme is more than standard methods."""

from __future__ import annotations

from typing import Any

import pytest

from shoushan.scoring import Scheme
from shoushan.scoring.cases import Case, differences
from shoushan.scoring.tests.making import make_rule, make_scheme

VETO = {"source": "一", "since": "2026-03-09", "basis": "批准", "when": "late"}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    """A formula, a rule beside it, a veto on each of the two kinds, grades and a tie: nearly all of it no case's."""
    return make_scheme(
        make_rule("own", method={"formula": {"points": "a × 2 + 得分(roads) ÷ 10"}}),
        make_rule("roads"),
        tie_break=[{"rule": "roads"}],
        vetoes=[
            {**VETO, "id": "line", "label": "迟报", "effect": "line", "rule": "own"},
            {**VETO, "id": "grade", "label": "降等", "effect": "grade", "grade": "差"},
        ],
        grades={"levels": [{"grade": "优", "least": 5}, {"grade": "差"}]},
        consequences=[{"id": "praise", "kind": "commendation", "label": "表扬", "source": "九", "ranks_to": 1}],
    )


@pytest.mark.parametrize(
    ("facts", "expected", "said"),
    [
        ({"a": 3, "roads.actual": 5, "roads.target": 10}, {"points": "6.5", "grade": None, "proposals": []}, []),
        ({"a": 3, "roads.actual": 5, "roads.target": 10}, {"points": 7}, ["unit: points 6.50, not 7"]),
        ({"a": 3, "roads.actual": 5, "roads.target": 10, "late": 1}, {"points": 0, "status": "vetoed"}, []),
        ({"a": None, "roads.actual": 5, "roads.target": 10}, {"points": None, "status": "not_evaluable"}, []),
    ],
)
def test_a_case_of_a_reckoned_rule_has_its_points_for_a_total(
    scheme: Scheme, facts: dict[str, Any], expected: dict[str, Any], said: list[str]
) -> None:
    case = Case.model_validate({"name": "半数", "because": "按条文", "rule": "own", "facts": facts, **expected})

    found = [f"{each.unit}: {each.what} {each.found}, not {each.expected}" for each in differences(scheme, case)]

    assert found == said
