"""What is special about licensing: the law's days, reasons where refused, and the report the register writes itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.lines.licensing.line import applications, documents, permits, trainings
from shoushan.lines.licensing.queries import report
from shoushan.orgs.testing import BACKEND
from shoushan.registers import actions
from shoushan.registers.clocks import running_of
from shoushan.registers.lines import Line
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(applications)


@pytest.fixture
def accepted(office: Office) -> Any:
    """Applied for on 2 March 2026 and accepted two days later."""
    made = make_record(applications, office, on=date(2026, 3, 2), applied_on="2026-03-02")
    return advance(applications, made, office, on=date(2026, 3, 4), number="A-1")


def test_the_laws_days_run_from_stage_to_stage(accepted: Any) -> None:
    limits = {it.clock.key: it for it in running_of(applications, accepted)}

    assert limits["complete"].due_on == date(2026, 3, 9)
    assert limits["complete"].ended_on == date(2026, 3, 4)
    assert limits["decide"].due_on == date(2026, 4, 1)


def test_a_hearing_is_not_counted_and_ten_days_more_are_asked_for_once(office: Office, accepted: Any) -> None:
    given: dict[str, Any] = {"today": date(2026, 3, 20), "by": office.officer}
    actions.pause(accepted, "decide", since=date(2026, 3, 9), reason="hearing, article 45", **given)
    actions.resume(accepted, "decide", last=date(2026, 3, 13), **given)
    asked = actions.ask_longer(accepted, "decide", days=10, reason="two sites", **given)
    actions.decide_longer(asked, approve=True, record=accepted, by=office.verifier)

    decide = next(it for it in running_of(applications, accepted) if it.clock.key == "decide")

    assert decide.due_on == date(2026, 4, 23)


@pytest.mark.parametrize(
    ("line", "given", "code"),
    [
        (applications, {"applied_on": "2026-03-05", "accepted_on": "2026-03-01"}, "licensing.day_order"),
        (trainings, {"people_due": 40, "people_came": 41}, "licensing.over_due"),
        (permits, {"fee_basis": "x"}, "licensing.fee"),
    ],
)
def test_what_the_law_does_not_know_is_refused(office: Office, line: Line, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_record(line, office, **given)

    assert refused.value.code == code


def test_a_refusal_needs_its_reasons(office: Office, accepted: Any) -> None:
    accepted = actions.edit(accepted, {"result": "refused"}, by=office.officer)

    assert "licensing.reasons" in [gap.code for gap in actions.missing(applications, accepted, "decided")]


def test_a_normative_document_sets_up_no_permit(office: Office) -> None:
    document = make_record(documents, office, number="1", adds_a_permit=True)
    document = advance(documents, document, office, on=date(2026, 3, 1), number="1")
    document.stage = "reviewed"

    assert [refusal.code for rule in documents.rules for refusal in rule(document)] == ["licensing.permit"]


def test_the_report_counts_what_the_register_holds(office: Office, accepted: Any, client: Client) -> None:
    decided = advance(applications, accepted, office, on=date(2026, 4, 2), result="granted")
    advance(applications, decided, office, on=date(2026, 4, 3))

    told = report(office.officer, 2026)
    client.force_login(office.officer, BACKEND)

    assert (told.total.came, told.total.decided, told.total.in_time, told.total.delivered) == (1, 1, 0, 1)
    assert report(office.officer, 2025).rows == []
    assert office.hexi.name in client.get("/licensing/report/?year=2026").content.decode()
    client.force_login(office.stranger, BACKEND)
    assert office.hexi.name not in client.get("/licensing/report/?year=2026").content.decode()
