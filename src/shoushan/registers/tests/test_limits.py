"""Limits: they start and end with stages, stand still as dated facts, and grow once, before they end, with approval."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from shoushan.core.testing import code_of
from shoushan.orgs.testing import BACKEND
from shoushan.registers import actions
from shoushan.registers.clocks import running_of, would_move
from shoushan.registers.lines import Line
from shoushan.registers.models import Extension, Pause
from shoushan.registers.testing import Office, advance

TODAY = date(2026, 3, 6)


def due(line: Line, record: Any) -> date | None:
    return running_of(line, record)[0].due_on


def test_a_limit_in_working_days_skips_the_weekend_and_is_found_by_its_last_day(line: Line, errand: Any) -> None:
    assert due(line, errand) == date(2026, 3, 9)
    assert type(errand).objects.get().next_due_on == date(2026, 3, 9)


def test_a_pause_stands_still_and_its_days_are_given_back(line: Line, office: Office, errand: Any) -> None:
    actions.pause(errand, "answer", since=date(2026, 3, 4), reason="expert", today=TODAY, by=office.officer)
    standing = due(line, errand)

    actions.resume(errand, "answer", last=date(2026, 3, 5), today=TODAY, by=office.officer)

    assert standing is None
    assert due(line, errand) == date(2026, 3, 11)
    assert type(errand).objects.get().next_due_on == date(2026, 3, 11)


def test_a_pause_has_a_reason_a_possible_day_and_is_alone(office: Office, errand: Any) -> None:
    given: dict[str, Any] = {"today": TODAY, "by": office.officer}
    assert code_of(actions.pause, errand, "answer", since=TODAY, reason=" ", **given) == "clock.reason"
    assert code_of(actions.pause, errand, "answer", since=date(2026, 3, 1), reason="x", **given) == "clock.pause_day"
    assert code_of(actions.pause, errand, "nothing", since=TODAY, reason="x", **given) == "clock.not_running"
    assert code_of(actions.resume, errand, "answer", last=TODAY, **given) == "clock.running"

    actions.pause(errand, "answer", since=TODAY, reason="x", **given)

    assert code_of(actions.pause, errand, "answer", since=TODAY, reason="x", **given) == "clock.paused"
    assert code_of(actions.resume, errand, "answer", last=date(2026, 3, 5), **given) == "clock.pause_day"


def test_a_limit_is_extended_once_before_it_ends_and_by_another_person(line: Line, office: Office, errand: Any) -> None:
    given: dict[str, Any] = {"reason": "two sites", "by": office.officer}
    late = date(2026, 3, 10)
    assert code_of(actions.ask_longer, errand, "answer", days=4, today=TODAY, **given) == "clock.too_long"
    assert code_of(actions.ask_longer, errand, "answer", days=3, today=late, **given) == "clock.passed"

    asked = actions.ask_longer(errand, "answer", days=3, today=TODAY, **given)
    assert code_of(actions.ask_longer, errand, "answer", days=1, today=TODAY, **given) == "clock.once"
    assert code_of(actions.decide_longer, asked, approve=True, record=errand, by=office.officer) == "stage.same_person"
    assert code_of(actions.decide_longer, asked, approve=False, record=errand, by=office.verifier) == "clock.reason"
    actions.decide_longer(asked, approve=True, record=errand, by=office.verifier)

    assert due(line, errand) == date(2026, 3, 12)
    assert code_of(actions.decide_longer, asked, approve=True, record=errand, by=office.verifier) == "clock.decided"


def test_a_limit_ends_with_its_stage_and_says_whether_it_was_kept(line: Line, office: Office, errand: Any) -> None:
    errand = advance(line, errand, office, on=date(2026, 3, 10), result="answered")

    limit = running_of(line, errand)[0]

    assert limit.ended_on == date(2026, 3, 10)
    assert limit.is_late(TODAY)
    assert limit.days_left(date(2026, 3, 10)) == -1
    assert type(errand).objects.get().next_due_on is None


def test_what_another_day_would_push_is_shown_before_it_is_saved(line: Line, office: Office, errand: Any) -> None:
    pushed = would_move(line, errand, "given", date(2026, 3, 3))

    assert [(each.now, each.then) for each in pushed] == [(date(2026, 3, 9), date(2026, 3, 10))]
    assert due(line, errand) == date(2026, 3, 9)

    actions.redate(errand, "given", date(2026, 3, 3), reason="slip", today=TODAY, by=office.officer)
    assert due(line, errand) == date(2026, 3, 10)
    assert code_of(
        actions.redate, errand, "given", date(2026, 3, 9), reason="x", today=TODAY, by=office.officer
    ) == "stage.future"  # fmt: skip


def test_the_pages_change_a_limit(officer: Client, office: Office, errand: Any, client: Client) -> None:
    place = f"/errands/{errand.pk}"
    assert "§ 5" in officer.get(f"{place}/").content.decode()
    officer.post(f"{place}/limits/answer/longer/", {"days": 2, "reason": "two sites"})
    assert Extension.objects.count() == 0  # the limit of March has long passed

    officer.post(f"{place}/limits/answer/pause/", {"on": "2026-03-04", "reason": "expert"})
    officer.post(f"{place}/limits/answer/resume/", {"on": "2026-03-05"})
    shown = officer.get(f"{place}/redate/given/?on=2026-03-04").content.decode()
    officer.post(f"{place}/redate/given/", {"on": "2026-03-03", "reason": "slip"})

    assert Pause.objects.get().to_on == date(2026, 3, 5)
    assert shown.count("<tr>") == 2
    assert officer.post(f"{place}/limits/answer/nonsense/").status_code == 404


def test_another_person_decides_on_the_page(client: Client, office: Office, errand: Any) -> None:
    asked = actions.ask_longer(errand, "answer", days=1, reason="x", today=TODAY, by=office.officer)
    client.force_login(office.verifier, BACKEND)

    waiting = client.get("/").content.decode()
    client.post(f"/errands/{errand.pk}/longer/{asked.pk}/", {"decision": "refused", "reason": "no need"})

    assert f"/errands/{errand.pk}/" in waiting
    assert Extension.objects.get().state == "refused"
