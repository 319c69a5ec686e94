"""The rule book of warnings: its golden cases, its dates, and what may never light."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shoushan.dispatch.rules import Book, Facts, Late, Progress, Rule, book, causes
from shoushan.dispatch.rules.book import read
from shoushan.dispatch.rules.cases import cases, fault, faults
from shoushan.dispatch.rules.causes import RULES
from shoushan.scoring.protected import NEVER_SCORED

ON = date(2026, 11, 30)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_golden(case: dict[str, object]) -> None:
    assert fault(case, book()) == ""


def test_every_rule_has_a_case_that_lights_and_one_that_does_not() -> None:
    for key in RULES:
        lit = {case["lights"] != "none" for case in cases() if case["rule"] == key}
        assert lit == {True, False}, key


def test_every_rule_of_the_book_is_known_and_says_where_its_figures_come_from() -> None:
    assert {rule.key for rule in book().rules} == RULES.keys()
    assert faults(book()) == []


def test_a_month_is_judged_by_the_rule_of_that_month() -> None:
    strict = read(
        """
rules:
  - {key: progress.behind, since: 2026-01-01, until: 2026-06-30, chosen: 2026-01-01, parameters: {red_below: 0.95}}
  - {key: progress.behind, since: 2026-07-01, source: "§3", parameters: {red_below: 0.8}}
"""
    )
    facts = Facts(progress=[behind()])

    assert causes(facts, strict, date(2026, 6, 30))["progress:1:jobs"].light == "red"
    assert causes(facts, strict, date(2026, 7, 31))["progress:1:jobs"].light == "yellow"
    assert causes(facts, strict, date(2025, 7, 31)) == {}
    assert strict.faults() == []


def test_a_book_with_two_versions_on_one_day_or_without_a_source_is_refused() -> None:
    two = Book([Rule("a", date(2026, 1, 1), source="§1"), Rule("a", date(2026, 3, 1))])

    assert len(two.faults()) == 2


def test_a_case_that_does_not_come_out_is_told() -> None:
    wrong = {**cases()[0], "lights": "yellow"}
    assert "lights red, not yellow" in fault(wrong, book())
    assert "is not not_due" in fault({**cases()[3], "grey": "not_due"}, book())
    assert "says" in fault({**cases()[0], "says": "all is well"}, book())


def test_three_indicators_of_one_register_behind_are_one_cause() -> None:
    keys = ("investment.projects", "investment.signed", "investment.started")
    facts = Facts(progress=[behind(indicator=key, group="investment") for key in keys])

    found = causes(facts, book(), ON)

    assert list(found) == ["progress:1:investment"]
    assert len(found["progress:1:investment"].findings) >= 3


@pytest.mark.parametrize("key", sorted(NEVER_SCORED) + ["burden.values"])
def test_what_is_never_scored_never_lights(key: str) -> None:
    assert causes(Facts(progress=[behind(indicator=key, group=key)]), book(), ON) == {}


def test_closing_late_lights_and_names_no_record() -> None:
    found = causes(Facts(late=[Late(1, "hazards", "Hazards", 2, date(2026, 11, 1), 29)]), book(), ON)

    assert found["late:1:hazards"].findings[0].params == {"count": 2, "day": date(2026, 11, 1), "days": 29}


def behind(indicator: str = "jobs", group: str = "jobs") -> Progress:
    months = {1: Decimal(45), 6: Decimal(45)}
    return Progress(1, 1, "x", indicator, group, "person", 6, Decimal(130), months, {1: Decimal(45), 6: Decimal(100)})
