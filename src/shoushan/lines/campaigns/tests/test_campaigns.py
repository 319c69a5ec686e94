"""What is special about rectifications: they end by themselves, and nobody's right is touched without its steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.lines.campaigns.line import campaigns, findings
from shoushan.registers import actions
from shoushan.registers.clocks import running_of
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(findings)


def refused(given: dict[str, Any], office: Office) -> str:
    with pytest.raises(Refusal) as found:
        make_record(findings, office, **given)
    return found.value.code


def test_a_rectification_takes_nothing_that_was_found_after_its_end(office: Office) -> None:
    campaign = make_record(campaigns, office, ends_on=date(2026, 6, 30))

    assert refused({"decided_in": campaign, "found_on": "2026-07"}, office) == "campaigns.ended"
    assert make_record(findings, office, decided_in=campaign, found_on="2026-06-21/2026-06-30").pk


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"found_on": "2026-06-05", "told_on": "2026-06-01"}, "campaigns.day_order"),
        ({"enforced_on": date(2026, 10, 1)}, "campaigns.holiday"),
        ({"enforced_on": date(2026, 6, 6)}, "campaigns.holiday"),
    ],
)
def test_what_the_law_and_the_calendar_forbid_is_refused(office: Office, given: dict[str, Any], code: str) -> None:
    assert refused(given, office) == code


def test_force_comes_after_every_step_of_the_law_and_the_time_to_object(office: Office) -> None:
    finding = make_record(findings, office, on=date(2026, 1, 5), found_on="2026-01-05")
    finding = advance(findings, finding, office, on=date(2026, 1, 6), due_on="2026-01-20")
    with pytest.raises(Refusal) as jumped:
        actions.advance(finding, "enforced", on=date(2026, 1, 7), today=date(2026, 12, 3), by=office.officer)
    gaps = [gap.code for gap in actions.missing(findings, finding, "urged")]

    assert jumped.value.code == "stage.not_next"
    assert "campaigns.no_notice" in gaps


def test_the_time_for_review_and_suit_runs_from_the_public_notice(office: Office) -> None:
    finding = make_record(findings, office, on=date(2026, 1, 5), found_on="2026-01-05", document="1")
    for number, (stage, given) in enumerate(
        [("told", {"due_on": "2026-01-20"}), ("urged", {}), ("heard", {}), ("ordered", {}), ("announced", {})]
    ):
        on = date(2026, 2, 2 + number)
        finding = actions.edit(finding, given, by=office.officer)
        evidence.add(finding, f"{stage} {finding.pk}".encode(), "notice.txt", proves=stage, by=office.officer)
        finding = actions.advance(finding, stage, on=on, today=date(2026, 12, 3), by=office.officer)

    waiting = next(it for it in running_of(findings, finding) if it.clock.key == "waiting")

    assert waiting.due_on == date(2026, 8, 10)
    assert findings.flow.following("announced") == ["corrected", "enforced"]


def test_speed_is_no_figure() -> None:
    assert {measure.stage for measure in findings.measures} == {"told", "checked"}
    assert all(measure.value is None for measure in findings.measures)
