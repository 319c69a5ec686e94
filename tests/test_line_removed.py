"""A work line's folder is removed while its records, remarks, views and events are there: every page still answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Evidence
from shoushan.ledger.models import Event
from shoushan.orgs import actions as orgs
from shoushan.orgs.testing import make_person
from shoushan.registers import actions
from shoushan.registers.lines import line_named
from shoushan.registers.testing import make_office, make_record

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.without_hazards", "DATABASE_URL": ""}
ASKED = """
import json, sys
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.core.management import call_command
from django.test import Client
from shoushan.orgs.models import Person
call_command("check")
told = {}
for login, pages in json.loads(sys.argv[1]).items():
    client = Client()
    client.force_login(Person.objects.get(login=login), "django.contrib.auth.backends.ModelBackend")
    for page in pages:
        method, _, address = page.partition(" ")
        headers = {"Authorization": "Bearer " + sys.argv[2]} if address.startswith("/api/") else {}
        answer = getattr(client, method)(address, headers=headers)
        told[login + " " + page] = [answer.status_code, answer.content.decode()]
print(json.dumps(told))
"""


@pytest.fixture
def left_behind(transactional_db: None, tmp_path: Path) -> dict[str, Any]:
    """A district's database with all that a record of hazards leaves in it, and whom to ask about it."""
    if connection.vendor != "sqlite":
        pytest.skip("the database is a file that is handed on")
    line = line_named("hazards")
    office = make_office(line)
    admin = make_person(office.officer.posts.get().unit, "administrator")
    record = make_record(line, office, name="占道堆放", on=date(2026, 2, 1))
    evidence.add(record, b"seen", "note.txt", proves=line.flow.first, by=office.officer)
    actions.comment(record, f"@{office.verifier.login} 请看", by=office.officer)
    actions.save_view(line, "我的", "stage=found", by=office.officer)
    actions.define_local(line, "side", "片区", "text", by=admin)
    _, secret = orgs.issue_token(office.verifier, label="x", by=office.verifier)
    _, feed = orgs.issue_token(office.verifier, label="y", only_calendar=True, by=office.verifier)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{tmp_path / 'shoushan.sqlite3'}'")
    return {
        "people": {"officer": office.officer.login, "verifier": office.verifier.login, "admin": admin.login},
        "event": Event.objects.get(subject="hazards.hazard").pk,
        "file": Evidence.objects.get().pk,
        "record": record.pk,
        "secret": secret,
        "feed": feed,
        "folder": tmp_path,
    }


def run(left: dict[str, Any], *command: str) -> subprocess.CompletedProcess[str]:
    today = timezone.localdate().isoformat()
    settings = {**os.environ, **SETTINGS, "SHOUSHAN_DATA": str(left["folder"]), "SHOUSHAN_TODAY": today}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )


def test_every_page_answers_and_says_that_the_line_is_no_longer_there(left_behind: dict[str, Any]) -> None:
    people, record = left_behind["people"], left_behind["record"]
    gone = ["get /hazards/", f"get /hazards/{record}/", f"get /hazards/{record}/edit/", "post /hazards/views/"]
    still = ["get /", "get /lines/", "get /search/?q=占道", "get /errands/", "get /me/", "get /year/", "get /more/"]
    whose = ["get /ledger/", f"get /ledger/{left_behind['event']}/", "post /ledger/verify/", "get /units/"]
    absent = [f"get /evidence/{left_behind['file']}/file/", "get /hazards/sites/"]
    calls = ["get /api/v1/lines/hazards/records", f"get /api/v1/lines/hazards/records/{record}/limits"]
    asked = {
        people["officer"]: [*gone, *still],
        people["verifier"]: [*still, *absent, *calls, f"get /calendar/{left_behind['feed']}.ics"],
        people["admin"]: [*still, *whose],
    }

    done = run(left_behind, "-c", ASKED, json.dumps(asked), left_behind["secret"])

    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    by_page = {page.partition(" ")[2]: answer for page, answer in told.items()}
    assert [page for page, (status, _) in told.items() if status >= 500] == []
    assert [page for page in still if by_page[page][0] != 200] == []
    for page in gone:
        assert (by_page[page][0], "条线已不在系统中" in by_page[page][1]) == (404, True), page
    for page in calls:
        assert json.loads(by_page[page][1])["code"] == "access.absent_line"
    assert [by_page[page][0] for page in absent] == [404, 404]
    assert "所属条线已不在系统中" in by_page[whose[0]][1]
    assert "所属条线已不在系统中" in by_page[whose[1]][1]
    assert "1 件“hazards.hazard”无法比对" in by_page["post /ledger/verify/"][1]
    assert "占道堆放" not in by_page["get /search/?q=占道"][1]


def test_the_ledger_is_verified_and_says_what_it_could_not_compare(left_behind: dict[str, Any]) -> None:
    done = run(left_behind, "-m", "shoushan.config.command", "ledger", "verify")

    assert done.returncode == 0, done.stderr[-3000:]
    assert "1 things of the kind hazards.hazard not compared: their work line is no longer there" in done.stdout
