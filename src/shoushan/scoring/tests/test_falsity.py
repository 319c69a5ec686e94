"""What a false figure costs a line is asked, taken off and said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from shoushan.core.errors import Refusal, Refusals
from shoushan.scoring import run
from shoushan.scoring.dumping import dumped
from shoushan.scoring.loading import read_yaml, scheme_from
from shoushan.scoring.readable import readable
from shoushan.scoring.scheme import Scheme
from shoushan.scoring.tests.making import CHOICES, make_facts, make_rule, make_scheme

LINES = {"choices": CHOICES | {"falsity": "lines"}}


def falsified(costs: Any, *, floor: Any = 0, **rule: Any) -> Scheme:
    given = {"figure": "false", "costs": costs} | ({} if isinstance(costs, str) else {"floor": floor})
    return make_scheme(make_rule(full=20, falsified=given, **rule), **LINES)


@pytest.mark.parametrize(
    ("costs", "floor", "points"),
    [
        ("taken_out", 0, "19.00"),
        ("line", 0, "0.00"),
        ({"times": 2}, 0, "15.00"),
        ({"times": 20}, 0, "0.00"),
        ({"times": 20}, None, "-21.00"),
        ({"each": "0.5"}, 0, "10.00"),
    ],
)
@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_a_false_figure_costs_what_the_clause_says(costs: Any, floor: Any, points: str, engine: str) -> None:
    facts = make_facts({"甲": {"roads": (210, 200), "false": 20}, "乙": {"roads": (200, 200), "false": 0}})

    result = run(falsified(costs, floor=floor), facts, engine=engine)

    assert [unit.points for unit in result.units] == [Decimal(points), Decimal("20.00")]
    [line] = result.unit("甲").lines
    assert line.inputs["false"] == 20
    assert "%(" not in line.why % line.params
    assert ("falsified" in line.why) == (costs != "taken_out")


def test_where_nothing_can_be_false_nothing_is_and_what_is_missing_is_not_known() -> None:
    facts = make_facts({"甲": {"roads": (100, 200), "false": "n/a"}, "乙": {"roads": (200, 200), "false": None}})

    result = run(falsified({"times": 2}), facts, engine="sqlite")

    assert result.unit("甲").points == Decimal("10.00")
    assert result.unit("乙").status == "not_evaluable"


def test_points_given_elsewhere_lose_what_the_false_part_gave() -> None:
    scheme = falsified({"times": 1}, method={"given": {"full": 20}}, indicator={"value": "roads"})

    result = run(scheme, make_facts({"甲": {"roads": 10, "false": 3}}), engine="sqlite")

    assert result.unit("甲").points == Decimal("4.00")


@pytest.mark.parametrize("word", ["costs", "floor"])
def test_what_it_costs_must_be_said(word: str) -> None:
    given = {"figure": "false", "costs": {"times": 2}, "floor": 0}
    choices = {name: answer for name, answer in LINES["choices"].items() if name != word}
    given.pop(word)
    cases = make_rule(method={"improvement": {"full": 1, "points": 1, "per": 1, "low": 0, "high": 1}})
    cases |= {"indicator": {"value": "a"}, "falsified": given}

    with pytest.raises(Refusals) as refused:
        make_scheme(cases, choices=choices)

    assert [each.code for each in refused.value.refusals] == [f"scheme.ask.{word}"]


@pytest.mark.parametrize(
    ("rule", "falsity", "said"),
    [
        ({"falsified": {"figure": "false", "costs": "line"}}, "none", "answer falsity: lines"),
        ({}, "lines", "no rule says under"),
        ({}, "elsewhere", "no such rule"),
        ({"falsified": {"figure": "false", "costs": "line", "floor": 0}}, "lines", "A floor belongs"),
        (
            {"falsified": {"figure": "false", "costs": "taken_out"}, "method": {"deduction": {"each": {"a": 1}}}},
            "lines",
            "Nothing can be taken out",
        ),
        (
            {
                "falsified": {"figure": "false", "costs": {"times": 2}},
                "method": {"best": {"full": 1}},
                "indicator": {"value": "a"},
            },
            "lines",
            "Only completion and given",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(rule: dict[str, Any], falsity: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_scheme(make_rule(**rule), choices=CHOICES | {"falsity": falsity})

    assert said in " ".join(map(str, getattr(refused.value, "refusals", [refused.value])))


@pytest.mark.parametrize("costs", ["line", {"times": 2}, {"each": 1}])
def test_it_is_written_anew_and_read_out(costs: Any) -> None:
    scheme = falsified(costs)

    assert scheme_from(read_yaml(dumped(scheme), "scheme.yaml"), "") == scheme
    assert any("False figures (false)" in line for line in readable(scheme, [], "en"))
