"""The pages of an objection: what waits for whom, who may see it, and its way from the sheet to the answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.models import Assessment, Objection, ScoreLine
from shoushan.assessment.queries.objections import waiting_for
from shoushan.evidence.models import Evidence
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.returns.testing import District
from shoushan.web import today

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2027, 1, 5, tzinfo=UTC), date(2027, 1, 5)
# five working days after Tuesday the 5th: 6, 7, 8, 11, 12
LAST, AFTER = date(2027, 1, 12), datetime(2027, 1, 13, 8, tzinfo=UTC)
CLAIM = "少算了300人，花名册在后"


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def test_it_waits_for_whoever_may_act(
    objection: Objection, line: ScoreLine, district: District, settings: Settings
) -> None:
    def titles(person: Person, on: date = TODAY) -> list[str]:
        return [str(task.title) for task in waiting_for(person, on)]

    answer = [f"答复第{objection.pk}号异议：新增就业"]
    assert titles(district.supervisor) == titles(district.leader) == answer
    assert titles(district.assessor) == []
    assert [task.due for task in waiting_for(district.foreigner, TODAY)] == [LAST]
    assert titles(district.foreigner, AFTER.date()) == []
    other = line.score.lines.get(rule="duty.returns")
    late = actions.object_to(other, CLAIM, late_because="停电", at=AFTER, by=district.reporter)
    assert titles(district.assessor) == [f"第{late.pk}号异议过期提出：是否受理"]
    assert today.tasks(district.verifier, TODAY) == []


def test_the_way_of_an_objection_through_its_pages(
    client: Client, announced: Assessment, line: ScoreLine, district: District
) -> None:
    unit = as_(client, district.reporter)
    address = f"/assessment/lines/{line.pk}/object/"
    assert address in unit.get("/assessment/2026/hexi/").content.decode()
    assert "1月12日" in unit.get(address).content.decode()
    file = SimpleUploadedFile("roster.csv", "姓名\n".encode())
    made = unit.post(address, {"claim": CLAIM, "file": file})
    objection = Objection.objects.get()
    assert made["Location"] == objection.get_absolute_url()
    assert Evidence.objects.about(objection).count() == 1
    assert unit.post(address, {"claim": CLAIM}).status_code == 200  # refused beside the form

    office = as_(client, district.supervisor)
    page = office.get(objection.get_absolute_url()).content.decode()
    assert CLAIM in page
    assert 'value="accept"' not in page
    tried = {"fact": "jobs.actual", "amount": "1500"}
    page = office.get(objection.get_absolute_url(), tried).content.decode()
    assert "94.38" in page
    assert 'value="accept"' in page
    both = office.get(objection.get_absolute_url(), {**tried, "does_not_apply": "on"}).content.decode()
    assert 'aria-invalid="true"' in both
    same = office.get(objection.get_absolute_url(), {**tried, "amount": "1200"}).content.decode()
    assert 'value="accept"' not in same
    none = office.get(objection.get_absolute_url(), {"fact": "jobs.target", "does_not_apply": "on"}).content.decode()
    assert 'name="does_not_apply" value="on"' in none

    answer = f"{objection.get_absolute_url()}answer/"
    assert office.post(answer, {"decision": "accept", "words": "属实"}).status_code == 200
    stale = {**tried, "tried_on": "7", "decision": "accept", "words": "属实"}
    assert office.post(answer, stale).status_code == 200
    office.post(answer, {**tried, "tried_on": "1", "decision": "accept", "words": "属实"})
    page = office.get(objection.get_absolute_url()).content.decode()
    assert "77.50" in page
    assert "94.38" in page
    compared = office.get("/assessment/2026/compare/").content.decode()
    assert "67.50 → 84.38" in compared
    assert office.get("/assessment/2026/compare/?from=1&to=1").status_code == 200
    assert office.get("/assessment/2026/compare/?from=9&to=1").status_code == 404
    # the unit reads the answer, and no other unit's place
    page = as_(client, district.reporter).get(objection.get_absolute_url()).content.decode()
    assert "属实" in page
    assert "合格" not in page


def test_refusing_admitting_and_appealing_on_the_page(
    client: Client, line: ScoreLine, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = AFTER.date()
    late = actions.object_to(line, CLAIM, late_because="停电", at=AFTER, by=district.reporter)
    page = late.get_absolute_url()
    office = as_(client, district.assessor)
    assert "/admit/" in office.get(page).content.decode()
    assert office.post(f"{page}admit/", {"reason": ""}).status_code == 200
    office.post(f"{page}admit/", {"reason": "停电属实", "decision": "admit"})
    assert office.post(f"{page}admit/", {"reason": "再来", "decision": "admit"}).status_code == 200
    # who froze and ran it is told that somebody else answers
    assert "/answer/" not in office.get(page).content.decode()

    as_(client, district.supervisor).post(f"{page}answer/", {"words": "花名册无签章", "decision": "refuse"})
    unit = as_(client, district.reporter)
    assert "/appeal/" in unit.get(page).content.decode()
    assert unit.post(f"{page}appeal/", {"appeal": ""}).status_code == 200
    unit.post(f"{page}appeal/", {"appeal": "签章补上了"})
    assert unit.post(f"{page}appeal/", {"appeal": "再请复核"}).status_code == 200
    leader = as_(client, district.leader)
    assert "签章补上了" in leader.get(page).content.decode()
    assert leader.post(f"{page}answer/", {"words": "", "decision": "refuse"}).status_code == 200
    leader.post(f"{page}answer/", {"words": "仍不采纳", "decision": "refuse"})

    late.refresh_from_db()
    assert (late.state, late.answers.count()) == ("refused", 2)


def test_objections_are_seen_and_raised_by_those_they_concern(
    client: Client, objection: Objection, line: ScoreLine, district: District
) -> None:
    page = objection.get_absolute_url()
    for person, seen in ((district.reporter, 200), (district.foreigner, 404), (district.verifier, 404)):
        assert as_(client, person).get(page).status_code == seen
        assert (objection.claim in client.get("/objections/").content.decode()) == (seen == 200)
    for person in (district.foreigner, district.supervisor):
        assert as_(client, person).get(f"/assessment/lines/{line.pk}/object/").status_code == 403
    assert as_(client, district.reporter).post(f"{page}answer/", {"words": "好"}).status_code == 403
    assert client.post(f"{page}admit/").status_code == 403
    assert client.get("/assessment/2026/compare/").status_code == 403


def test_the_list_asks_no_more_as_objections_grow(
    client: Client, objection: Objection, line: ScoreLine, district: District
) -> None:
    as_(client, district.supervisor).get("/objections/")
    with CaptureQueriesContext(connection) as few:
        client.get("/objections/")
    actions.object_to(line.score.lines.get(rule="duty.returns"), CLAIM, at=NOW, by=district.reporter)
    client.get("/objections/")  # what every page asks is kept until the ledger goes on
    with CaptureQueriesContext(connection) as more:
        client.get("/objections/")

    assert len(more) == len(few)


def test_a_sheet_links_only_objections_that_its_reader_may_open(
    client: Client, assessment: Assessment, district: District
) -> None:
    run = actions.announce(assessment, at=NOW, by=district.assessor)
    line = ScoreLine.objects.filter(score__assessment=run, score__unit__code="hexi").first()
    assert line is not None
    objection = actions.object_to(line, "少算了300人", at=NOW, by=district.reporter)
    actions.refuse(objection, "系统记录为准", at=NOW, by=district.supervisor)

    def links(person: Person) -> bool:
        client.force_login(person, BACKEND)
        return objection.get_absolute_url() in client.get("/assessment/2026/hexi/").content.decode()

    assert links(district.reporter)
    assert links(district.assessor)
    Assessment.objects.filter(pk=run.pk).update(published_at=NOW)
    assert not links(district.foreigner)
