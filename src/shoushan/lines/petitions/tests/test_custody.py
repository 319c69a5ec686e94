"""The custodian sees each week who opened what, when and why; nobody else does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shoushan.config import command
from shoushan.evidence import actions as evidence
from shoushan.ledger.moment import acting
from shoushan.lines.petitions import actions, watching
from shoushan.lines.petitions.models import Matter
from shoushan.lines.petitions.testing import WHO, make_matter
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, START, make_person
from shoushan.registers.testing import Office
from shoushan.web import today

THURSDAY, MONDAY, NEXT = datetime(2026, 11, 26, 2, tzinfo=UTC), date(2026, 11, 23), date(2026, 12, 1)


@pytest.fixture
def custodian(office: Office) -> Person:
    """The head of the petitions office, which has an officer of the line."""
    district = Unit.objects.get(code="d")
    bureau = orgs.found_unit(code="xinfang", name="信访局", kind="department", under=district, by=None, from_on=START)
    make_person(bureau, "officer", login="clerk", line="petitions")
    return make_person(bureau, "head", login="custodian")


@pytest.fixture
def seen(office: Office, matter: Matter) -> Matter:
    """On Thursday the officer opens the identity, and the verifier a file."""
    letter = evidence.add(matter, b"words", "欧阳望舒来信.txt", proves="told", by=office.officer)
    with acting(at=THURSDAY):
        opening = actions.open_identity(matter, reason="送达答复", by=office.officer)
        actions.show_identity(opening, by=office.officer)
    with acting(at=THURSDAY + timedelta(seconds=5)):
        evidence.open_sealed(letter, by=office.verifier)
    return matter


def test_the_week_says_who_what_when_and_why_and_not_who_brought_it(
    office: Office, seen: Matter, custodian: Person, client: Client
) -> None:
    client.force_login(custodian, BACKEND)

    page = client.get("/petitions/openings/?week=2026-11-27").content.decode()

    for told in (office.officer.name, "送达答复", f"#{seen.pk}", office.verifier.name, "told.txt"):
        assert told in page
    assert WHO["name"] not in page
    assert seen.name not in page
    assert "送达答复" not in client.get("/petitions/openings/?week=2026-11-30").content.decode()
    assert client.get("/petitions/openings/?week=x").status_code == 200


def test_the_case_log_on_the_matters_page_says_the_same_newest_first(
    office: Office, seen: Matter, client: Client
) -> None:
    log = watching.case_log(seen)
    client.force_login(office.officer, BACKEND)
    page = client.get(f"/petitions/{seen.pk}/").content.decode().split('id="log"')[1].split("</section>")[0]

    assert [(each.person, each.file, each.reason) for each in log] == [
        (office.verifier.name, "told.txt", ""),
        (office.officer.name, "", "送达答复"),
    ]
    assert "told.txt" in page
    assert "送达答复" in page
    assert watching.case_log(make_matter(office, name="另一件")) == []


def test_it_waits_for_the_custodian_all_through_the_next_week(seen: Matter, custodian: Person) -> None:
    def waits(on: date) -> list[str]:
        return [task.url for task in today.tasks(custodian, on) if "openings" in task.url]

    assert waits(NEXT) == ["/petitions/openings/?week=2026-11-23"]
    assert waits(date(2026, 12, 7)) == waits(date(2026, 11, 27)) == []


@pytest.mark.parametrize("role", ["leader", "administrator", "auditor", "supervisor"])
def test_nobody_else_has_the_list(office: Office, seen: Matter, client: Client, role: str) -> None:
    for person in (office.officer, office.verifier, make_person(Unit.objects.get(code="d"), role)):
        client.force_login(person, BACKEND)
        assert client.get("/petitions/openings/").status_code == 403
        assert "/petitions/openings/" not in client.get("/petitions/").content.decode()
        assert [task for task in today.tasks(person, NEXT) if "openings" in task.url] == []


def test_the_head_of_a_subdistrict_with_its_own_handler_is_no_custodian(office: Office) -> None:
    make_person(office.hexi, "officer", login="handler", line="petitions")

    assert not make_person(office.hexi, "head").has_perm("petitions.watch")


def test_an_accused_custodian_sees_nothing_of_that_matter(
    office: Office, seen: Matter, custodian: Person, client: Client
) -> None:
    actions.state_conflict(seen, custodian, "accused", by=office.officer)
    client.force_login(custodian, BACKEND)

    assert watching.opened(MONDAY, person=custodian) == []
    assert f"#{seen.pk}" not in client.get("/petitions/openings/?week=2026-11-23").content.decode()
    assert [task for task in today.tasks(custodian, NEXT) if "openings" in task.url] == []


def test_the_command_writes_the_list_of_a_week(
    office: Office, seen: Matter, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SHOUSHAN_TODAY = NEXT
    assert command.main(["openings"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split("\t") == ["2026-11-26 10:00", office.officer.name, f"#{seen.pk}", "-", "送达答复"]
    assert second.split("\t") == ["2026-11-26 10:00", office.verifier.name, f"#{seen.pk}", "told.txt", "-"]
    assert command.main(["openings", "--week", "2026-11-26", "--json"]) == 0
    assert [each["matter_id"] for each in json.loads(capsys.readouterr().out)] == [seen.pk] * 2
    assert command.main(["openings", "--week", "2026-11-16"]) == 0
    assert capsys.readouterr().out == ""
