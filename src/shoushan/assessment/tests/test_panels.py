"""Raters vote in secret and once each; what they say becomes a fact only where enough of them spoke."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.test import Client

from shoushan.assessment import actions
from shoushan.assessment.actions import Asked
from shoushan.assessment.models import Panel, Tally, Ticket
from shoushan.assessment.queries.effects import facts_in
from shoushan.assessment.queries.panels import results, trimmed_mean
from shoushan.assessment.queries.sheets import sheet
from shoushan.core.testing import code_of
from shoushan.ledger.models import Event
from shoushan.ledger.verify import verify
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.returns.testing import District
from shoushan.scoring.facts import Absent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 10, tzinfo=UTC)
ASKED = Asked("public", "群众评议", "subdistrict", "第六条")
RULE = """
  - id: duty.panel
    label: 群众评议
    source: 第六条
    since: 2026-03-09
    section: duty
    indicator: {value: panel.public}
    method: {given: {full: 10}}
"""


@pytest.fixture
def panel(district: District) -> Panel:
    return actions.open_panel(district.year, ASKED, at=NOW, by=district.assessor)


@pytest.fixture
def links(panel: Panel, district: District) -> list[str]:
    return actions.issue_links(panel, 12, by=district.assessor)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


@pytest.mark.parametrize(
    ("counts", "percent", "mean"),
    [
        ({100: 10}, 10, "100"),
        # ten marks, one left out at each end: 20 and 100 go, 7 × 100 + 20 stay: 720 ÷ 8
        ({100: 8, 20: 2}, 10, "90"),
        # nine marks: nine tenths of a mark is none, so all count: (8 × 100 + 20) ÷ 9
        ({100: 8, 20: 1}, 10, "91.1111"),
        # two thirds of 100: half up at the fourth place
        ({80: 2, 40: 1}, 0, None),
        ({80: 4, 40: 2}, 0, "66.6667"),
    ],
)
def test_the_mean_leaves_out_both_ends(counts: dict[int, int], percent: int, mean: str | None) -> None:
    assert trimmed_mean(counts, percent=percent, least=5) == (None if mean is None else Decimal(mean))


def test_without_any_mark_there_is_no_mean() -> None:
    assert trimmed_mean({}, percent=0, least=0) is None


def test_a_link_counts_once(links: list[str], district: District) -> None:
    actions.vote(links[0], {district.hexi.pk: 80})

    assert code_of(actions.vote, links[0], {district.hexi.pk: 100}) == "ballot.used"
    assert Tally.objects.get(unit=district.hexi, mark=80).votes == 1
    assert Tally.objects.get(unit=district.hexi, mark=100).votes == 0


def test_what_is_no_vote_is_refused_and_leaves_the_link_good(links: list[str], district: District) -> None:
    assert code_of(actions.vote, "no such link", {district.hexi.pk: 80}) == "ballot.unknown"
    assert code_of(actions.vote, links[0], {}) == "ballot.empty"
    actions.vote(links[0], {district.hexi.pk: 80})


def test_nothing_kept_links_a_mark_to_a_rater(links: list[str], panel: Panel, district: District) -> None:
    before = Event.objects.count()
    actions.vote(links[0], {district.hexi.pk: 20, district.hedong.pk: 100})

    # no event, no row of its own, and no moment: only counts that went up and a link that is used up
    assert Event.objects.count() == before
    assert {field.name for field in Ticket._meta.concrete_fields} == {"id", "panel", "digest", "is_used"}
    assert {field.name for field in Tally._meta.concrete_fields} == {"id", "panel", "unit", "mark", "votes"}
    assert not Ticket.objects.filter(digest=links[0]).exists()
    assert results(panel) == []
    assert verify().sound


def test_a_closed_panel_says_what_came_of_it_where_enough_spoke(
    links: list[str], panel: Panel, district: District
) -> None:
    for secret in links[:10]:
        actions.vote(secret, {district.hexi.pk: 80})
    actions.vote(links[10], {district.hedong.pk: 100})

    closed = actions.close_panel(panel, at=NOW, by=district.assessor)

    assert [(each.unit.code, each.votes, each.result) for each in results(closed)] == [
        ("hexi", 10, Decimal(80)),
        ("hedong", 1, None),
    ]
    assert code_of(actions.vote, links[11], {district.hexi.pk: 20}) == "panel.closed"
    assert code_of(actions.close_panel, panel, at=NOW, by=district.assessor) == "panel.closed"
    assert verify().sound


def test_the_result_is_a_fact_of_the_snapshot(
    links: list[str], panel: Panel, district: District, schemes: Path
) -> None:
    file = schemes / "scheme.yaml"
    text = file.read_text(encoding="utf-8").replace("grades:\n  levels", f"{RULE.strip(chr(10))}\ngrades:\n  levels")
    file.write_text(text, encoding="utf-8")
    freeze = partial(actions.freeze, district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    assert code_of(freeze) == "panel.open"
    for secret in links[:5]:
        actions.vote(secret, {district.hexi.pk: 60})
    actions.close_panel(panel, at=NOW, by=district.assessor)

    snapshot = freeze()

    facts = facts_in(snapshot)
    assert facts.get("hexi", "panel.public") == Decimal("60.0000")
    assert facts.get("hedong", "panel.public") is Absent.MISSING
    # the sheet names the panel by its title
    run = actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    (line,) = [
        each
        for part in sheet(run.scores.get(unit__code="hexi"), district.assessor)
        for each in part.lines
        if each.line.rule == "duty.panel"
    ]
    assert [fact.label for fact in line.facts] == ["群众评议"]
    assert code_of(actions.open_panel, district.year, ASKED, at=NOW, by=district.assessor) == "panel.frozen"


def test_a_panel_has_a_key_of_its_own_units_and_a_number_of_links(panel: Panel, district: District) -> None:
    nobody = Asked("park", "园区评议", "park", "第六条")
    assert code_of(actions.open_panel, district.year, ASKED, at=NOW, by=district.assessor) == "panel.twice"
    assert code_of(actions.open_panel, district.year, nobody, at=NOW, by=district.assessor) == "panel.nobody"
    assert code_of(actions.issue_links, panel, 0, by=district.assessor) == "panel.links"


def test_the_way_of_a_panel_through_its_pages(client: Client, district: District) -> None:
    office = as_(client, district.assessor)
    asked = {"key": "public", "title": "群众评议", "group": "subdistrict", "clause": "第六条"}
    assert "今年没有评议" in office.get("/assessment/2026/panels/").content.decode()
    page = office.post("/assessment/2026/panels/", asked)["Location"]
    assert office.post("/assessment/2026/panels/", asked).status_code == 200
    made = office.post(page, {"number": "6"}).content.decode()
    assert made.count("/ballots/") == 6
    assert "/ballots/" not in office.get(page).content.decode()
    links = [part.split("<")[0] for part in made.split("http://testserver")[1:]]

    rater = Client()
    unit = f"u{district.hexi.pk}"
    for link in links:
        assert "很满意" in rater.get(link).content.decode()
        assert rater.post(link, {}).status_code == 200
        assert "谢谢" in rater.post(link, {unit: "80"}).content.decode()
    again = rater.post(links[0], {unit: "20"}).content.decode()
    assert "一个链接只计一次" in again
    assert "一个链接只计一次" in rater.get(links[0]).content.decode()
    assert rater.get("/ballots/none/").status_code == 404

    office.post(f"{page}close/")
    assert "80.00" in office.get(page).content.decode()
    assert "票数不足" in office.get(page).content.decode()
    assert "评议已结束" in rater.get(links[0]).content.decode()
    assert office.post(page, {"number": "1"}).status_code == 200
    assert "6 / 6" in office.get("/assessment/2026/panels/").content.decode()


def test_nobody_else_opens_or_closes(client: Client, panel: Panel, district: District) -> None:
    page = panel.get_absolute_url()
    for person, reads in ((district.leader, 200), (district.reporter, 403)):
        as_(client, person)
        assert client.get(page).status_code == client.get("/assessment/2026/panels/").status_code == reads
        assert client.post(page, {"number": "1"}).status_code == 403
        assert client.post("/assessment/2026/panels/").status_code == 403
        assert client.post(f"{page}close/").status_code == 403


def test_things_say_what_they_are(panel: Panel, links: list[str], district: District) -> None:
    assert str(panel) == "群众评议"
    assert str(Ticket.objects.order_by("pk")[0]).startswith("群众评议 ")
    assert str(Tally.objects.get(unit=district.hexi, mark=80)) == "河西街道 80 × 0"
