"""What is special about licensing: the law's days, reasons where refused, and the report the register writes itself."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client

from shoushan.core.errors import Refusal, Refusals
from shoushan.evidence import actions as evidence
from shoushan.lines.licensing.line import applications, documents, permits, trainings
from shoushan.lines.licensing.queries import COLUMNS, report
from shoushan.orgs.testing import BACKEND
from shoushan.registers import actions
from shoushan.registers.clocks import running_of
from shoushan.registers.lines import Line
from shoushan.registers.measures import measure
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
        (applications, {"applied_on": "2026-03-05", "accepted_on": "2026-03-01"}, "record.day_order"),
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

    with pytest.raises(Refusals) as refused:
        advance(documents, document, office, on=date(2026, 3, 2))

    assert [refusal.code for refusal in refused.value.refusals] == ["licensing.permit"]


def test_several_authorities_jointly_have_forty_five_days(office: Office) -> None:
    made = make_record(applications, office, on=date(2026, 3, 2), applied_on="2026-03-02", is_joint=True)
    made = advance(applications, made, office, on=date(2026, 3, 4), number="A-2")

    decide = next(it for it in running_of(applications, made) if it.clock.key.startswith("decide"))

    assert (decide.clock.days, decide.clock.more, decide.due_on) == (45, 15, date(2026, 5, 11))


def test_nothing_is_decided_while_a_hearing_may_still_be_asked_for(office: Office, accepted: Any) -> None:
    evidence.add(accepted, b"you may be heard", "notice.txt", proves="offered", by=office.officer)
    given: dict[str, Any] = {"today": date(2026, 12, 3), "by": office.officer}
    offered = actions.advance(accepted, "offered", on=date(2026, 3, 9), **given)

    soon = actions.edit(offered, {"decided_on": "2026-03-16", "result": "granted"}, by=office.officer)
    too_soon = [gap.code for gap in actions.missing(applications, soon, "decided")]
    later = actions.edit(soon, {"decided_on": "2026-03-17"}, by=office.officer)

    assert "licensing.hearing_open" in too_soon
    assert "licensing.hearing_open" not in [gap.code for gap in actions.missing(applications, later, "decided")]


def test_the_report_counts_what_the_register_holds(office: Office, accepted: Any, client: Client) -> None:
    late = advance(applications, accepted, office, on=date(2026, 4, 2), result="granted", review="upheld")
    advance(applications, late, office, on=date(2026, 4, 3))
    kept = make_record(applications, office, on=date(2026, 3, 2), name="b", applied_on="2026-03-02", item="water")
    kept = advance(applications, kept, office, on=date(2026, 3, 3), number="A-3")
    advance(applications, kept, office, on=date(2026, 3, 20), result="refused", why="no plan; article 38")

    told = report(office.officer, 2026)

    assert told.total.counts == {
        "came": 2, "accepted": 2, "decided": 2, "in_time": 1, "granted": 1, "refused": 1, "reviewed": 1,
        "delivered": 1, "delivered_in_time": 1,
    }  # fmt: skip
    assert [(row.name, row.counts["came"]) for row in told.by_item] == [("", 1), ("water", 1)]
    assert report(office.officer, 2025).by_authority == []
    for wanted in ("accepted", "decided", "decided_in_time", "granted", "delivered", "delivered_in_time"):
        figure = next(it for it in applications.measures if it.key == f"licensing.{wanted}")
        rows = measure(applications, figure, since=date(2026, 1, 1), until=date(2026, 12, 31))
        assert sum(row.reported for row in rows) == told.total.counts[wanted.replace("decided_in", "in")]


def test_the_report_is_a_page_and_a_text_document_for_whom_it_concerns(
    office: Office, accepted: Any, client: Client
) -> None:
    client.force_login(office.officer, BACKEND)

    page = client.get("/licensing/report/?year=2026").content.decode()
    paper = docx.Document(io.BytesIO(client.get("/licensing/report.docx?year=2026").content))

    assert office.hexi.name in page
    row = next(row for row in paper.tables[0].rows if row.cells[0].text == office.hexi.name)
    assert [cell.text for cell in row.cells[1:]] == ["1", "1", *["0"] * (len(COLUMNS) - 2)]
    client.force_login(office.stranger, BACKEND)
    assert office.hexi.name not in client.get("/licensing/report/?year=2026").content.decode()
