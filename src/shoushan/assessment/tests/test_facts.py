"""What the facts of a year are taken from, where a unit carries several shares or none; and other small rules."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from shoushan.assessment import actions
from shoushan.assessment.archive import verify
from shoushan.assessment.models import Assessment, Objection, ScoreLine, Snapshot
from shoushan.assessment.queries.drafts import published_as_read
from shoushan.assessment.queries.effects import Correction
from shoushan.assessment.queries.facts import facts_of
from shoushan.assessment.queries.public import last_days, unchanged
from shoushan.assessment.queries.schemes import schemes_of
from shoushan.core.testing import code_of
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.plans.models import Goal, Year
from shoushan.returns.testing import District
from shoushan.scoring.facts import Absent

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, tzinfo=UTC)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def test_shares_of_a_flow_add_up_and_of_a_rate_the_highest_is_asked(district: District) -> None:
    district.divided_goal(district.jobs, [district.hexi], 100)
    rate = district.indicator("rate", kind="ratio", measure="percent")
    for value in (80, 90):
        district.divided_goal(rate, [district.hexi], value)

    facts = facts_of(district.year, ["jobs.target", "rate.target", "rate.actual"], at=NOW)

    assert facts.get("hexi", "jobs.target") == 1700
    assert facts.get("hexi", "rate.target") == 90
    assert facts.get("hexi", "rate.actual") is Absent.MISSING
    assert facts.get("hedong", "rate.target") is Absent.NOT_APPLICABLE


def test_a_false_figure_is_established_by_people_and_a_panel_that_was_never_asked_does_not_apply(
    district: District,
) -> None:
    facts = facts_of(district.year, ["returns.false", "returns.late", "panel.public"], at=NOW)

    assert facts.get("hexi", "returns.false") == 0
    assert facts.get("hedong", "returns.false") is Absent.NOT_APPLICABLE
    assert facts.get("hedong", "returns.late") is Absent.NOT_APPLICABLE
    assert facts.get("hexi", "panel.public") is Absent.NOT_APPLICABLE


def test_a_year_in_which_nobody_carries_anything_is_not_frozen(district: District, schemes: Path) -> None:
    Goal.objects.get().shares.all().delete()

    assert code_of(actions.freeze, district.year, scheme_path=schemes, at=NOW, by=district.assessor) == "run.nobody"


def test_a_line_that_moved_twice_is_as_it_is_since_the_last(assessment: Assessment, district: District) -> None:
    run = actions.announce(assessment, at=NOW, by=district.assessor)
    line = ScoreLine.objects.get(score__assessment=run, score__unit__code="hexi", rule="people.jobs")
    objection = actions.object_to(line, "少算了", at=NOW, by=district.reporter)
    right = Correction("hexi", "jobs.actual", Decimal(1500))
    run = actions.accept(objection, "属实", right, tried_on=1, at=NOW, by=district.supervisor).run or run
    moved = ScoreLine.objects.get(score__assessment=run, score__unit__code="hexi", rule="people.jobs")

    assert [each.score.assessment.number for each in unchanged(moved)] == [2]
    assert set(last_days(moved.score)) == {"people.jobs", "duty.returns"}


def test_things_say_what_they_are(assessment: Assessment, district: District) -> None:
    run = actions.announce(assessment, at=NOW, by=district.assessor)
    score = run.scores.get(unit__code="hexi")
    line = score.lines.get(rule="people.jobs")
    objection = actions.object_to(line, "少算了", at=NOW, by=district.reporter)
    answer = actions.refuse(objection, "维持", at=NOW, by=district.supervisor)
    snapshot = Snapshot.objects.get()

    assert str(snapshot) == f"2026 {snapshot.sha256[:12]}"
    assert (str(score), str(line)) == ("河西街道 77.5000", "people.jobs 67.500000")
    assert (str(objection), str(answer)) == ("河西街道 新增就业", "河西街道 新增就业 1")
    assert list(Objection.objects.visible_to(district.leader)) == [objection]


def test_the_year_that_is_being_assessed_is_the_first_one_sees(
    client: Client, district: District, schemes: Path
) -> None:
    as_(client, district.leader)
    assert client.get("/assessment/")["Location"] == "/assessment/2027/"
    actions.freeze(district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    assert client.get("/assessment/")["Location"] == "/assessment/2026/"
    Year.objects.create(number=2027)
    assert '<a href="/assessment/2026/">2026</a>' in client.get("/assessment/2027/").content.decode()


@pytest.mark.parametrize("address", ["freeze", "run"])
def test_a_scheme_that_is_not_there_is_not_chosen(client: Client, district: District, address: str) -> None:
    page = as_(client, district.assessor).post(f"/assessment/2026/{address}/", {"scheme": "none"})

    assert page.status_code == 200
    assert not Snapshot.objects.exists()


def test_an_objection_without_a_file(client: Client, assessment: Assessment, district: District) -> None:
    run = actions.announce(assessment, at=NOW, by=district.assessor)
    line = ScoreLine.objects.filter(score__assessment=run, score__unit__code="hexi")[0]

    made = as_(client, district.reporter).post(f"/assessment/lines/{line.pk}/object/", {"claim": "少算了"})

    assert made["Location"] == Objection.objects.get().get_absolute_url()


def test_a_published_rule_is_read_in_words(schemes: Path, district: District) -> None:
    file = schemes / "scheme.yaml"
    bands = "{bands: {bands: [{least: 90, points: 90}, {least: 60, points: 50}], below: 0}}"
    text = file.read_text(encoding="utf-8").replace("{completion: {full: 90, cap: 1}}", bands)
    file.write_text(text, encoding="utf-8")

    (published,) = schemes_of(2026)
    rule = published_as_read(published).chapters[0].rules[0]

    assert "≥ 90: 90, ≥ 60: 50" in rule.says
    assert "jobs.actual" not in rule.says


def test_the_checking_script_reads_its_own_folder(capsys: pytest.CaptureFixture[str]) -> None:
    # beside the program there is no archive, which it says
    assert verify.main([]) == 1
    assert "manifest.json: missing or damaged" in capsys.readouterr().out
