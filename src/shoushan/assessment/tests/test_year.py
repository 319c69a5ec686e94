"""A year is frozen, run and published; every score leads back to its clause, its month and its sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.models import Assessment, Score, Snapshot
from shoushan.assessment.queries.effects import file_of
from shoushan.core.errors import Refusal
from shoushan.ledger.verify import verify
from shoushan.orgs.actions import register_person
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.plans.models import Year
from shoushan.returns import actions as returns
from shoushan.returns.testing import OPENS, District, make_district

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, tzinfo=UTC)
# five working days after the 5th end on the 12th
AFTER = datetime(2027, 1, 13, 8, tzinfo=UTC)
WORDS_OF_THE_SPEECH = "全年新增就业3200人。"


def frozen(district: District, folder: Path, reason: str = "") -> Snapshot:
    return actions.freeze(district.year, scheme_path=folder, reason=reason, at=NOW, by=district.assessor)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def test_a_score_is_what_the_clauses_say(assessment: Assessment) -> None:
    score = assessment.scores.get(unit__code="hexi")

    assert [(line.rule, line.points) for line in score.lines.all()] == [
        ("people.jobs", Decimal("67.5")),
        ("duty.returns", Decimal(10)),
    ]
    assert (score.points, score.rank, score.grade) == (Decimal("77.5"), 1, "合格")
    assert score.lines.get(rule="people.jobs").inputs == {"jobs.actual": "1200.0000", "jobs.target": "1600.0000"}


def test_what_nobody_verified_is_missing_and_not_zero(assessment: Assessment) -> None:
    line = assessment.scores.get(unit__code="hedong").lines.get(rule="people.jobs")

    assert (line.points, line.status) == (None, "not_evaluable")


def test_a_month_that_never_came_is_late_like_one_that_came_late(district: District, schemes: Path) -> None:
    november = district.period
    returns.open_period(
        district.year, 10, opens_at=november.opens_at, due_at=november.due_at, locks_at=november.locks_at,
        by=district.supervisor,
    )  # fmt: skip
    frozen(district, schemes)
    run = actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)

    counted = {score.unit.code: score.lines.get(rule="duty.returns") for score in run.scores.select_related("unit")}
    assert counted["hexi"].inputs["returns.late"] == "1"
    assert counted["hexi"].points == Decimal("9.5")
    # silence from first to last is no score of its own
    assert counted["hedong"].points is None


@pytest.mark.parametrize("asked", ["7", "x", "9" * 5000])
def test_a_run_that_is_not_there_is_no_fault(
    client: Client, assessment: Assessment, district: District, asked: str
) -> None:
    as_(client, district.assessor)

    assert client.get(f"/assessment/2026/?run={asked}").status_code == 200
    assert client.get(f"/assessment/2026/hexi/?run={asked}").status_code in (200, 404)


def test_the_snapshot_is_a_file_under_its_hash_and_a_changed_one_is_refused(district: District, schemes: Path) -> None:
    snapshot = frozen(district, schemes)
    file = file_of(snapshot)
    assert file.name.startswith(snapshot.sha256)

    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(Refusal) as refused:
        actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    assert refused.value.code == "facts.changed"


def test_a_running_year_is_not_scored(district: District, schemes: Path) -> None:
    with pytest.raises(Refusal) as refused:
        actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    assert refused.value.code == "run.unfrozen"


def test_what_waits_is_left_out_for_a_reason_only(schemes: Path) -> None:
    district = make_district()
    district.submit("1200")
    with pytest.raises(Refusal) as refused:
        frozen(district, schemes)
    assert refused.value.code == "run.unverified"

    frozen(district, schemes, reason="核实人出差，逾期未核")
    run = actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    assert run.scores.get(unit__code="hexi").lines.get(rule="people.jobs").points is None


def test_a_frozen_year_takes_no_figure(district: District, schemes: Path) -> None:
    frozen(district, schemes)
    period = district.period
    period.year = Year.objects.get(pk=district.year.pk)

    with pytest.raises(Refusal) as refused:
        returns.save_value(period, district.hexi, district.jobs, amount=Decimal(1), at=OPENS, by=district.reporter)
    assert refused.value.code == "return.frozen"
    with pytest.raises(Refusal) as twice:
        frozen(district, schemes)
    assert twice.value.code == "run.frozen"


def test_a_second_run_leaves_the_first_as_it_was_and_the_ledger_is_sound(
    assessment: Assessment, district: District, schemes: Path
) -> None:
    again = actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)

    assert (assessment.number, again.number) == (1, 2)
    first, second = (
        list(run.scores.values_list("unit__code", "points", "rank", "grade")) for run in (assessment, again)
    )
    assert first == second
    assert verify().sound


def test_ranks_are_hidden_until_they_are_published(client: Client, assessment: Assessment, district: District) -> None:
    as_(client, district.reporter)
    before = client.get("/assessment/2026/").content.decode()
    assert "河西街道" in before
    assert "河东街道" not in before
    assert "名次" not in before
    assert client.get("/assessment/2026/hedong/").status_code == 404

    actions.announce(assessment, at=NOW, by=district.assessor)
    totals = client.get("/assessment/2026/").content.decode()
    assert "河东街道" in totals
    assert "/assessment/2026/hedong/" not in totals
    assert "名次" not in totals
    assert client.get("/assessment/2026/hedong/").status_code == 404

    actions.publish(assessment, at=AFTER, by=district.assessor)
    after = client.get("/assessment/2026/").content.decode()
    assert "河东街道" in after
    assert "名次" in after
    assert client.get("/assessment/2026/hedong/").status_code == 200


def test_a_score_explains_itself_back_to_the_sentence(
    client: Client, assessment: Assessment, district: District
) -> None:
    sheet = as_(client, district.leader).get("/assessment/2026/hexi/").content.decode()

    assert "1,200 ÷ 1,600 = 75" in sheet
    assert WORDS_OF_THE_SPEECH in sheet
    assert f'href="/goals/{district.goal.pk}/hexi/"' in sheet
    assert 'href="/schemes/2026/#people.jobs"' in sheet
    assert 'id="people.jobs"' in client.get("/schemes/2026/").content.decode()


def test_the_assessment_office_freezes_runs_and_publishes(
    client: Client, district: District, settings: Settings
) -> None:
    as_(client, district.assessor)
    assert "封存" in client.get("/assessment/2026/").content.decode()

    for address in ("freeze", "run", "run"):
        client.post(f"/assessment/2026/{address}/", {"scheme": "tried-2026", "once": address})
    run = Assessment.objects.get()  # the second post of the same form is the first
    page = client.get("/assessment/2026/").content.decode()
    assert "河西街道" in page
    client.post(f"/assessment/runs/{run.pk}/announce/")
    settings.SHOUSHAN_TODAY = AFTER.date()
    client.post(f"/assessment/runs/{run.pk}/publish/")

    run.refresh_from_db()
    assert run.published_at is not None


def test_what_waits_is_said_beside_the_reason(client: Client) -> None:
    district = make_district()
    district.submit("1200")
    page = as_(client, district.assessor).post("/assessment/2026/freeze/", {"scheme": "tried-2026"}).content.decode()

    assert 'aria-invalid="true"' in page
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("address", ["/assessment/2026/freeze/", "/assessment/2026/run/"])
def test_nobody_else_freezes_or_runs(client: Client, district: District, address: str) -> None:
    for person in (district.leader, district.supervisor, district.reporter):
        assert as_(client, person).post(address, {"scheme": "tried-2026"}).status_code == 403


@pytest.mark.parametrize("verb", ["announce", "publish"])
def test_nobody_else_publishes(client: Client, assessment: Assessment, district: District, verb: str) -> None:
    for person in (district.leader, district.supervisor, district.reporter):
        assert as_(client, person).post(f"/assessment/runs/{assessment.pk}/{verb}/").status_code == 403


def test_pages_ask_no_more_as_units_grow(client: Client, assessment: Assessment, district: District) -> None:
    as_(client, district.assessor)
    client.get("/assessment/2026/")
    with CaptureQueriesContext(connection) as few:
        client.get("/assessment/2026/")
    score = Score.objects.get(unit__code="hexi")
    for unit in (district.root,):
        Score.objects.create(assessment=assessment, unit=unit, group="park", points=score.points, status="scored")
    with CaptureQueriesContext(connection) as more:
        client.get("/assessment/2026/")

    assert len(more) == len(few)


def test_somebody_without_a_post_sees_no_score_even_of_a_published_year(
    announced: Assessment, district: District, client: Client
) -> None:
    published = actions.publish(announced, at=AFTER, by=district.assessor)
    newcomer = register_person(login="newcomer", name="新人", password=None, by=None)

    assert list(Score.objects.visible_to(newcomer)) == list(Score.objects.listed_to(newcomer, published)) == []
    assert Score.objects.visible_to(district.foreigner).count() == 2
    client.force_login(newcomer, BACKEND)
    assert client.get("/assessment/2026/hexi/").status_code == 403


def test_a_run_is_called_by_its_scheme_and_its_number(assessment: Assessment) -> None:
    assert str(assessment) == "tried-2026 1"
