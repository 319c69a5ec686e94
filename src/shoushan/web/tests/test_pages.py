import re
from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory

from shoushan.web import context, navigation, today
from shoushan.web.models import Submission
from shoushan.web.tests import urls
from shoushan.web.today import Task


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_frame_is_in_the_language_of_the_district_whatever_the_browser_asks(reader: Client) -> None:
    page = text(reader.get("/", headers={"accept-language": "fr"}))

    assert '<html lang="zh-Hans">' in page
    assert "今天没有等您办的事。" in page


@pytest.mark.parametrize(("code", "tag", "word"), [("zh-hant", "zh-Hant", "說明"), ("en", "en", "Help")])
def test_a_language_is_chosen_without_script_and_kept_with_the_person(
    reader: Client, person: Any, code: str, tag: str, word: str
) -> None:
    answer = reader.post("/language/", {"language": code, "next": "/help/"})

    person.refresh_from_db()
    page = text(reader.get("/help/"))
    assert (answer.status_code, answer["Location"], person.language) == (302, "/help/", code)
    assert f'<html lang="{tag}">' in page
    assert word in page


def test_on_another_machine_the_kept_language_speaks(reader: Client, person: Any) -> None:
    person.language = "en"
    person.save(update_fields=["language"])

    assert '<html lang="en">' in text(reader.get("/help/"))


def test_a_choice_never_leads_to_a_foreign_site(reader: Client) -> None:
    assert reader.post("/language/", {"language": "en", "next": "https://example.org/"})["Location"] == "/"


def test_an_unknown_language_changes_nothing(reader: Client) -> None:
    reader.post("/language/", {"language": "tlh", "next": "/"})

    assert '<html lang="zh-Hans">' in text(reader.get("/"))


def test_the_unit_of_money_is_kept(reader: Client, person: Any) -> None:
    reader.post("/money/", {"money": "wan", "next": "/"})

    person.refresh_from_db()
    assert person.money == "wan"
    assert re.search(r'value="wan"[^>]*aria-current="true"', text(reader.get("/")))


def test_nobody_chooses_a_language_by_a_link(reader: Client) -> None:
    assert reader.get("/language/?language=en").status_code == 405


def test_only_the_signed_in_see_pages(pages: None, db: None) -> None:
    answer = Client().get("/help/")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/help/")


def test_health_is_told_to_everybody(pages: None, db: None) -> None:
    assert Client().get("/healthz").json() == {"ok": True}


def test_the_left_column_holds_what_a_person_may_open_and_marks_the_present_page(reader: Client) -> None:
    navigation.add("verify", "核实", "verify", order=30, count=lambda person: 3)
    navigation.add("secret", "Secret", "year", permission="nothing.at_all")
    navigation.add("gone", "Gone", "no-such-page")

    page = text(reader.get("/help/"))

    assert 'data-key="verify">核实<span class="small">3</span>' in page
    assert "Secret" not in page
    assert "Gone" not in page
    assert '<a href="/help/" aria-current="page"' in page


class _Reader:
    """Somebody who may open what asks for a permission, or may not."""

    is_authenticated = True

    def __init__(self, *, may: bool) -> None:
        self.may = may

    def has_perm(self, permission: str) -> bool:
        return self.may


def test_what_is_drawn_once_shows_nobody_more_than_they_may_open(pages: None, rf: RequestFactory) -> None:
    navigation.add("secret", "Secret", "more", permission="nothing.at_all")

    drawn = []
    for may in (True, False, True):
        request = rf.get("/help/")
        request.user = _Reader(may=may)  # type: ignore[assignment]
        drawn.append(context.page(request)["frame"]["side"])

    assert ["Secret" in side for side in drawn] == [True, False, True]
    assert all('href="/help/" aria-current="page"' in side for side in drawn)


def test_what_is_drawn_once_is_drawn_for_each_language_and_unit_of_money(reader: Client) -> None:
    reader.get("/help/")
    reader.post("/language/", {"language": "en", "next": "/help/"})
    reader.post("/money/", {"money": "yuan", "next": "/help/"})

    page = text(reader.get("/help/"))

    assert 'aria-label="Main navigation"' in page
    assert "Waiting for a network: {n}" in page
    assert re.findall(r'value="([^"]*)"[^>]*aria-current="true"', page) == ["yuan", "en"]


def test_the_bar_shows_the_district_and_the_year(reader: Client) -> None:
    navigation.name_district(lambda: "首善区")
    navigation.add("year", "2026年", "year", group="top")

    page = text(reader.get("/"))

    assert "<small>首善区</small>" in page
    assert '<a href="/year/">2026年</a>' in page


def test_navigation_knows_its_groups() -> None:
    with pytest.raises(ValueError, match="groups"):
        navigation.add("x", "X", "x", group="elsewhere")


def test_today_puts_what_is_due_first_and_fills_one_button(reader: Client) -> None:
    def provider(person: Any, on: date) -> list[Task]:
        return [
            Task("later", "/verify/", date(2027, 1, 31)),
            Task("someday", "/verify/"),
            Task("soon", "/verify/", date(2026, 12, 5)),
            Task("overdue", "/verify/", date(2026, 11, 30), unit="云湖街道", detail="why"),
            Task("others", "/verify/", date(2026, 12, 4), urgency=today.WAIT),
            Task("finished", "/verify/", urgency=today.DONE),
        ]

    today.add(provider)
    today.add(provider)

    page = text(reader.get("/"))

    assert "等您办的有<b>4件</b>，其中<b>1件今天或更早到期</b>。" in page
    order = [page.index(title) for title in ("overdue", "soon", "later", "someday", "others", "finished")]
    assert order == sorted(order)
    assert page.count("btn go") == 1
    assert "逾期3天" in page


def test_an_error_is_said_above_and_beside_its_field_and_what_was_typed_stays(reader: Client) -> None:
    page = text(reader.post("/write/", {"name": "taken"}))

    assert page.count("The name is taken.") == 2
    assert '<a href="#id_name">' in page
    assert 'value="taken"' in page
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in page


def test_the_summary_names_the_field_and_leads_to_the_first_of_several_buttons(reader: Client) -> None:
    page = text(reader.post("/write/", {"kind": "z"}))

    assert '<a href="#id_name">Name：' in page
    assert '<a href="#id_kind_0">Kind：' in page


def test_a_form_posted_twice_is_taken_once_with_the_same_answer(reader: Client) -> None:
    urls.done.clear()

    first = reader.post("/write/", {"name": "letter", "once": "key"})
    second = reader.post("/write/", {"name": "letter", "once": "key"})

    assert (first["Location"], second["Location"]) == ("/written/1/", "/written/1/")
    assert urls.done == ["letter"]


def test_a_refused_form_may_be_mended_and_sent_again(reader: Client) -> None:
    urls.done.clear()
    reader.post("/write/", {"name": "taken", "once": "key"})

    answer = reader.post("/write/", {"name": "free", "once": "key"})

    assert answer["Location"] == "/written/1/"
    assert Submission.objects.get().location == "/written/1/"


def test_a_form_without_its_key_is_taken_as_it_comes(reader: Client) -> None:
    urls.done.clear()
    reader.post("/write/", {"name": "a"})
    reader.post("/write/", {"name": "a"})

    assert urls.done == ["a", "a"]
    assert not Submission.objects.exists()


def test_every_form_gets_another_key(reader: Client) -> None:
    keys = {re.search(r'name="once" value="([^"]+)"', text(reader.get("/write/"))) for _ in range(2)}

    assert len({match[1] for match in keys if match}) == 2


def test_an_uncaught_refusal_becomes_a_page_with_its_hint_and_the_way_back(reader: Client) -> None:
    answer = reader.get("/refuse/", headers={"referer": "http://testserver/help/"})

    assert answer.status_code == 409
    assert "<b>It is signed.</b> Propose an amendment." in text(answer)
    assert 'href="http://testserver/help/"' in text(answer)


def test_the_way_back_never_leads_to_a_foreign_site(reader: Client) -> None:
    assert "example.org" not in text(reader.get("/refuse/", headers={"referer": "https://example.org/"}))


def test_for_htmx_a_refusal_is_its_message_alone(reader: Client) -> None:
    answer = reader.get("/refuse/", headers={"hx-request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#said")
    assert "<html" not in text(answer)


def test_in_the_api_a_refusal_is_json(reader: Client) -> None:
    assert reader.get("/api/refuse/").json()["code"] == "letter.signed"


def test_a_fault_of_ours_has_a_reference_number_that_stands_in_the_log(
    reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = reader.get("/fail/")

    reference = re.search(r"<b class=\"n\">([0-9a-f]{8})</b>", text(answer))
    assert answer.status_code == 500
    assert reference
    assert f"reference {reference[1]}" in caplog.text


def test_an_absent_page_says_so_in_the_language_of_its_reader(reader: Client) -> None:
    reader.cookies["language"] = "zh-hant"

    answer = reader.get("/nowhere/")

    assert answer.status_code == 404
    assert "沒有這一頁" in text(answer)


def test_a_form_without_its_token_is_explained(pages: None, person: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    answer = strict.post("/write/", {"name": "a"})

    assert answer.status_code == 403
    assert "这张表单打开太久了" in text(answer)


@pytest.mark.parametrize("path", ["/", "/help/", "/more/", "/write/", "/refuse/", "/nowhere/"])
def test_no_page_carries_styles_or_scripts_of_its_own(reader: Client, path: str) -> None:
    page = text(reader.get(path))

    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=", page)


def test_the_frame_asks_the_database_nothing_that_grows(reader: Client, django_assert_max_num_queries: Any) -> None:
    reader.get("/help/")

    with django_assert_max_num_queries(4):
        reader.get("/help/")
