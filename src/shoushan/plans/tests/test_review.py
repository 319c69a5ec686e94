"""The reader proposes, a person decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from shoushan.core.errors import Refusal
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.plans import actions
from shoushan.plans.models import Document, Goal, Indicator, Passage

pytestmark = pytest.mark.django_db
SPEECH = (
    "工作讲话\n去年引进项目87个。今年要引进投资项目100个以上。今年区里排定重点项目36项，其中新建25项，续建10项。\n"
    "3月中旬举办投资恳谈会。\n"
)


@pytest.fixture
def document(office: Person) -> Document:
    return actions.add_document(
        actions.open_year(2026, by=office), title="讲话", text=SPEECH, delivered_on=date(2026, 2, 26), by=office
    )


def hundred(document: Document) -> Passage:
    return next(it for it in document.passages.all() if it.words == "100个以上")


def test_what_the_reader_finds_is_no_goal_before_a_person_confirms_it(client: Client, document: Document) -> None:
    assert document.passages.count() > 3
    assert not Goal.objects.exists()

    page = client.get(f"/passages/{hundred(document).pk}/confirm/").content.decode()
    client.post(
        f"/passages/{hundred(document).pk}/confirm/",
        {"kind": "target", "title": "引进项目", "value": "100", "compare": "at_least", "measure": "item"},
    )

    assert 'value="100"' in page
    assert Goal.objects.get().passage == hundred(document)


def test_past_achievements_are_kept_out(client: Client, document: Document) -> None:
    past = document.passages.get(kind="past")

    assert past.words == "87个"
    assert past not in document.passages.committing()


def test_figures_that_do_not_add_up_are_pointed_out(client: Client, document: Document) -> None:
    page = client.get(f"/documents/{document.pk}/").content.decode()

    assert "25" in page
    assert "对不上" in page


def test_only_the_supervision_office_decides(client: Client, document: Document, district: Unit) -> None:
    client.force_login(make_person(district, "reporter"), BACKEND)

    answers = [
        client.post(f"/passages/{hundred(document).pk}/{verb}/").status_code
        for verb in ("confirm", "drop", "reconsider")
    ]

    assert answers == [403, 403, 403]
    assert client.get(f"/documents/{document.pk}/").status_code == 200


def test_a_dropped_passage_may_be_reconsidered(client: Client, document: Document) -> None:
    client.post(f"/passages/{hundred(document).pk}/drop/")
    assert hundred(document).decision == "dropped"

    client.post(f"/passages/{hundred(document).pk}/reconsider/")

    assert hundred(document).decision == "open"


def test_a_target_without_a_value_is_refused_beside_its_field(client: Client, document: Document) -> None:
    answer = client.post(f"/passages/{hundred(document).pk}/confirm/", {"kind": "target", "title": "x"})

    assert answer.status_code == 200
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [(SPEECH.encode("gb18030"), "a.txt"), (SPEECH.replace("\n", "\r\n").encode("utf-8-sig"), "b.txt")],
)
def test_a_speech_comes_in_whatever_encoding(client: Client, office: Person, data: bytes, name: str) -> None:
    client.post("/documents/", {"title": "讲话", "file": SimpleUploadedFile(name, data)})

    assert Document.objects.get().text == SPEECH


@pytest.mark.parametrize(
    ("data", "name"), [(b"\x7fELF\x00\x01" * 50, "a.txt"), (b"", "b.txt"), (b"PK\x03\x04" + bytes(60), "c.txt")]
)
def test_what_is_no_text_is_refused_and_nothing_is_kept(client: Client, office: Person, data: bytes, name: str) -> None:
    answer = client.post("/documents/", {"title": "讲话", "file": SimpleUploadedFile(name, data)})

    assert answer.status_code == 200
    assert not Document.objects.exists()


def test_the_same_text_twice_is_one_document(client: Client, document: Document) -> None:
    answer = client.post("/documents/", {"title": "又一次", "text": SPEECH, "delivered_on": "2026-02-27"})

    assert answer.status_code == 200
    assert Document.objects.count() == 1


def test_a_form_posted_twice_makes_one_goal(client: Client, document: Document) -> None:
    form = {"kind": "target", "title": "项目", "value": "100", "once": "key-of-this-form"}

    for _ in range(2):
        assert client.post(f"/passages/{hundred(document).pk}/confirm/", form).status_code == 302

    assert Goal.objects.count() == 1


def test_a_longer_document_asks_no_more_questions(
    client: Client, office: Person, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    longer = actions.add_document(
        document.year, title="长", text=SPEECH * 12, delivered_on=date(2026, 2, 26), by=office
    )

    with django_assert_max_num_queries(14):
        client.get(f"/documents/{longer.pk}/")


@pytest.mark.parametrize("title", ["进京上访人次", "不發生進京上訪", "信访总量下降率", "Petition visits"])
def test_a_target_of_how_many_people_petition_is_refused_beside_its_field(
    client: Client, document: Document, title: str
) -> None:
    given = {"kind": "target", "title": title, "value": "0", "compare": "never", "measure": "person"}

    answer = client.post(f"/passages/{hundred(document).pk}/confirm/", given)

    assert "这项按来访人数衡量单位，不能设" in answer.content.decode()
    assert not Goal.objects.exists()
    assert hundred(document).decision == "open"


@pytest.mark.parametrize(
    "named", [{"label": "进京上访人次"}, {"key": "petitions.capital_visits"}, {"label": "集體訪批次"}]
)
@pytest.mark.parametrize("source", ["reported", "imported", "derived"])
def test_no_indicator_is_defined_of_it_wherever_its_figures_would_come_from(
    office: Person, named: dict[str, str], source: str
) -> None:
    given = {"key": "petitions.x", "label": "信访", "measure": "person", "kind": "flow", "source": source, **named}

    with pytest.raises(Refusal) as refused:
        actions.define_indicator(by=office, **given)

    assert refused.value.code == "goal.counts_people"
    assert not Indicator.objects.filter(key=given["key"]).exists()


def test_an_indicator_that_was_there_before_becomes_nobodys_goal(office: Person, document: Document) -> None:
    counting = Indicator.objects.create(key="old", label="信访人数", measure="person", kind="flow", source="reported")

    for kind in ("target", "task"):
        terms = actions.GoalTerms(kind=kind, title="维护稳定", indicator=counting, value=Decimal(0))
        with pytest.raises(Refusal, match="how many people petition"):
            actions.confirm(hundred(document), terms, by=office)
