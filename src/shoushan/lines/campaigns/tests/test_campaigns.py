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
        ({"found_on": "2026-06-05", "told_on": "2026-06-01"}, "record.day_order"),
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


@pytest.fixture
def announced(office: Office) -> Any:
    """An illegal building whose removal was decided on 5 February 2026 and announced the day after."""
    finding = make_record(findings, office, on=date(2026, 1, 5), found_on="2026-01-05", document="1")
    for number, (stage, given) in enumerate(
        [("told", {"due_on": "2026-01-20"}), ("urged", {}), ("heard", {}), ("ordered", {}), ("announced", {})]
    ):
        on = date(2026, 2, 2 + number)
        finding = actions.edit(finding, given, by=office.officer)
        evidence.add(finding, f"{stage} {finding.pk}".encode(), "notice.txt", proves=stage, by=office.officer)
        finding = actions.advance(finding, stage, on=on, today=date(2026, 12, 3), by=office.officer)

    evidence.add(finding, b"removed", "record.txt", proves="enforced", by=office.officer)
    return finding


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, ["stage.needs_field", "campaigns.too_early"]),
        ({"enforced_on": date(2026, 8, 5)}, ["campaigns.too_early"]),
        ({"enforced_on": date(2026, 8, 6)}, []),
        ({"enforced_on": date(2026, 8, 6), "is_contested": True}, ["campaigns.contested"]),
    ],
)
def test_nothing_is_removed_while_its_owner_may_still_object(
    office: Office, announced: Any, given: dict[str, Any], codes: list[str]
) -> None:
    finding = actions.edit(announced, given, by=office.officer)

    assert [gap.code for gap in actions.missing(findings, finding, "enforced")] == codes
    assert findings.flow.following("announced") == ["corrected", "enforced"]


def test_waiting_for_the_owners_rights_is_nobodys_delay(announced: Any) -> None:
    assert [it for it in running_of(findings, announced) if it.ended_on is None] == []


def test_what_a_rectification_leaves_open_is_handed_over_by_name(office: Office) -> None:
    campaign = make_record(campaigns, office, ends_on=date(2026, 6, 30))
    make_record(findings, office, name="a roof", decided_in=campaign, found_on="2026-06")

    gaps = actions.missing(campaigns, campaign, "ended")
    named = actions.edit(campaign, {"handed_to": "city management"}, by=office.officer)

    assert [(gap.code, gap.params["names"]) for gap in gaps] == [("campaigns.open_findings", "a roof")]
    assert actions.missing(campaigns, named, "ended") == []


def test_speed_is_no_figure() -> None:
    assert {measure.stage for measure in findings.measures} == {"told", "checked"}
    assert all(measure.value is None for measure in findings.measures)
