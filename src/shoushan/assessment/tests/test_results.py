"""The final result for everybody, and what people decide that follows from it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.actions import Decision
from shoushan.assessment.models import Assessment, Consequence, ScoreLine
from shoushan.assessment.queries.objections import waiting_for
from shoushan.core.testing import code_of
from shoushan.ledger.canonical import root_hash
from shoushan.ledger.models import Leaf
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.returns.testing import District

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, tzinfo=UTC)
AFTER = datetime(2027, 1, 13, 8, tzinfo=UTC)
ADOPT = Decision("adopted", "照办法办理")


@pytest.fixture
def announced(assessment: Assessment, district: District) -> Assessment:
    return actions.announce(assessment, at=NOW, by=district.assessor)


@pytest.fixture
def final(announced: Assessment, district: District) -> Assessment:
    return actions.publish(announced, at=AFTER, by=district.assessor)


@pytest.fixture
def proposal(announced: Assessment) -> Consequence:
    """河西 is 合格, for which the scheme proposes help."""
    return Consequence.objects.get(score__assessment=announced, score__unit__code="hexi", kind="help")


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def test_the_result_is_read_by_anybody_and_names_no_person(client: Client, final: Assessment) -> None:
    page = client.get("/assessment/2026/result/").content.decode()

    assert "河西街道" in page
    assert "77.50" in page
    assert final.ledger_head in page
    assert "assessor" not in page


@pytest.mark.parametrize("address", ["/assessment/2026/result/", "/assessment/2026/result.pdf"])
def test_before_it_is_final_there_is_no_result(client: Client, announced: Assessment, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.get(address.replace("2026", "1999")).status_code == 404


def test_the_ledgers_head_of_the_day_is_kept(announced: Assessment, district: District) -> None:
    leaves = [bytes(leaf) for leaf in Leaf.objects.values_list("hash", flat=True)]

    final = actions.publish(announced, at=AFTER, by=district.assessor)

    assert (final.ledger_size, final.ledger_head) == (len(leaves), root_hash(leaves).hex())


def test_the_same_on_three_papers(client: Client, final: Assessment) -> None:
    papers = {ending: client.get(f"/assessment/2026/result.{ending}") for ending in ("pdf", "docx", "xlsx")}

    assert papers["pdf"].content.startswith(b"%PDF")
    words = "\n".join(line.text for line in docx.Document(io.BytesIO(papers["docx"].content)).paragraphs)
    assert "1. 河西街道，77.50分，合格" in words
    assert final.ledger_head in words
    sheet = openpyxl.load_workbook(io.BytesIO(papers["xlsx"].content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["街道", 1, "河西街道", 77.5, "合格"] in [row[:5] for row in rows]
    assert client.get("/assessment/2026/result.exe").status_code == 404


def test_nothing_follows_before_the_result_is_final(
    proposal: Consequence, announced: Assessment, district: District
) -> None:
    decide = (actions.decide, proposal, ADOPT)
    assert code_of(*decide, at=NOW, by=district.leader) == "consequence.not_final"
    line = ScoreLine.objects.filter(score__assessment=announced, score__unit__code="hexi")[0]
    actions.object_to(line, "少算了", at=NOW, by=district.reporter)

    assert code_of(*decide, at=NOW, by=district.leader) == "consequence.open_objection"


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision("adopted", " "), "consequence.reason"),
        (Decision("changed", "另有考虑", kind="talk"), "consequence.words"),
        (Decision("changed", "另有考虑", kind="cash", words="奖励一万元"), "consequence.no_basis"),
        (Decision("changed", "另有考虑", kind="post", words="提请组织部"), "consequence.no_basis"),
    ],
)
def test_a_decision_says_why_and_money_rests_on_a_rule(
    proposal: Consequence, final: Assessment, district: District, decision: Decision, code: str
) -> None:
    assert code_of(actions.decide, proposal, decision, at=AFTER, by=district.leader) == code


@pytest.mark.parametrize(
    ("decision", "kind", "words", "basis"),
    [
        (ADOPT, "help", "上门帮扶", ""),
        (Decision("dropped", "已另行安排"), "", "", ""),
        (Decision("changed", "先谈话", kind="talk", words="约谈主要负责人"), "talk", "约谈主要负责人", ""),
        (
            Decision("changed", "有依据", kind="cash", words="奖励", basis="财政规定第三条"),
            "cash",
            "奖励",
            "财政规定第三条",
        ),
    ],
)
def test_people_take_over_change_or_drop(
    proposal: Consequence, final: Assessment, district: District, decision: Decision, kind: str, words: str, basis: str
) -> None:
    decided = actions.decide(proposal, decision, at=AFTER, by=district.leader)

    assert (decided.state, decided.decided_kind, decided.decided_words, decided.basis) == (
        decision.state, kind, words, basis,
    )  # fmt: skip
    assert code_of(actions.decide, proposal, ADOPT, at=AFTER, by=district.leader) == "consequence.decided"


def test_money_the_scheme_proposes_brings_its_basis(district: District, schemes: object) -> None:
    proposed = Consequence(kind="cash", words="奖励", basis="首善财发〔2026〕1号（虚构）")

    assert str(proposed) == "奖励"


def test_what_waits_to_be_decided_is_told_to_the_district_head(
    proposal: Consequence, final: Assessment, district: District
) -> None:
    said = [(str(task.title), task.url) for task in waiting_for(district.leader, AFTER.date())]

    assert said == [("决定2026年的奖惩：1条建议", "/assessment/2026/consequences/")]


def test_deciding_on_the_page(
    client: Client, proposal: Consequence, final: Assessment, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = AFTER.date()
    leader = as_(client, district.leader)
    address = f"/assessment/consequences/{proposal.pk}/decide/"
    assert "上门帮扶" in leader.get("/assessment/2026/consequences/").content.decode()
    assert leader.post(address, {"state": "adopted", "reason": ""}).status_code == 200
    refused = leader.post(address, {"state": "changed", "reason": "有依据", "kind": "cash", "words": "奖励"})
    assert "奖金和职务要写明所依据的规定" in refused.content.decode()

    leader.post(address, {"state": "adopted", "reason": "照办法办理"})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("adopted", district.leader)
    assert "照办法办理" in leader.get("/assessment/2026/consequences/").content.decode()
    assert "照办法办理" in as_(client, district.reporter).get("/assessment/2026/hexi/").content.decode()


def test_nobody_else_decides(client: Client, proposal: Consequence, district: District) -> None:
    for person in (district.assessor, district.supervisor, district.reporter):
        assert as_(client, person).post(f"/assessment/consequences/{proposal.pk}/decide/").status_code == 403
    assert client.get("/assessment/2026/consequences/").status_code == 403


def test_a_year_without_an_announced_run_proposes_nothing(
    client: Client, assessment: Assessment, district: District
) -> None:
    assert "没有建议" in as_(client, district.leader).get("/assessment/2026/consequences/").content.decode()


def test_the_list_asks_no_more_as_proposals_grow(client: Client, proposal: Consequence, district: District) -> None:
    as_(client, district.leader).get("/assessment/2026/consequences/")
    with CaptureQueriesContext(connection) as few:
        client.get("/assessment/2026/consequences/")
    for unit in ("hexi", "hedong"):
        score = proposal.score.assessment.scores.get(unit__code=unit)
        Consequence.objects.create(score=score, kind="talk", words="谈话", clause="第六条")
    with CaptureQueriesContext(connection) as more:
        client.get("/assessment/2026/consequences/")

    assert len(more) == len(few)
