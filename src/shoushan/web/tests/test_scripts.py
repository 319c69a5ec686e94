"""The few scripts, in a browser: each enhances a form that also works without it."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
def page(pages: None, live_server: LiveServer) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        opened = browser.new_page(base_url=live_server.url)
        faults: list[str] = []
        opened.on("pageerror", lambda fault: faults.append(str(fault)))
        opened.goto("/tried/")
        yield opened
        browser.close()
    assert faults == []


def test_parts_are_added_up_exactly_while_typing(page: Any) -> None:
    page.fill("#part-1", "0.1")
    page.fill("#part-2", "0.2")

    assert page.text_content("[data-sum]") == "0.3"
    assert page.text_content("[data-left]") == "345.7"


def test_unsent_input_comes_back_with_the_page(page: Any) -> None:
    page.fill("#part-1", "70")
    page.reload()

    assert page.input_value("#part-1") == "70"
    assert page.is_visible("[data-restored]")


def test_selected_words_fill_the_form_with_their_place_in_the_original(page: Any) -> None:
    page.evaluate(
        """() => {
          const piece = document.querySelector("[data-at='10']").firstChild;
          const range = document.createRange();
          range.setStart(piece, 2);
          range.setEnd(piece, 6);
          getSelection().addRange(range);
        }"""
    )
    page.wait_for_selector("[data-words-form]:visible")

    assert page.input_value("[name=start]") == "11"
    assert page.input_value("[name=words]") == "完成植树"


def test_keys_move_in_a_list_and_answer_a_queue_but_stay_silent_while_typing(page: Any) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.text_content("[data-queue] > .here a") == "second"

    page.focus("#part-1")
    page.keyboard.press("k")
    assert page.text_content("[data-queue] > .here a") == "second"


def test_a_double_click_sends_a_form_once(page: Any) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)

    page.dblclick("#send")
    page.wait_for_url("**/sign-in/**")

    assert sent == ["POST"]
