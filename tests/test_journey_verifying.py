"""Verifying in a real browser: twenty figures by keyboard, one sent back with a reason, several at once, by sample."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

FIGURES = 20


def test_twenty_figures_are_verified_by_keyboard_with_at_most_two_keys_each(
    page: Page, phone: Page, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "verifier")
    page.goto("/verify/")
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        before = page.locator("#claimed").inner_text()
        page.keyboard.press(key)
        keys += 1
        expect(page.locator("#claimed")).not_to_have_text(before)

    # the first is passed over and met again, the second goes back with a reason
    press("j")
    press("k")
    press("j")
    page.keyboard.press("n")
    expect(page.get_by_label("理由", exact=True)).to_be_focused()
    page.keyboard.insert_text("所报数与佐证不一致，请附国库月报")
    before = page.locator("#claimed").inner_text()
    page.keyboard.press("Enter")
    keys += 2
    expect(page.locator("#claimed")).not_to_have_text(before)
    expect(page.locator("#claimed")).to_be_focused()
    for _figure in range(FIGURES - 2):
        press("y")
    page.keyboard.press("y")
    keys += 1
    expect(page.get_by_text("待核1个").or_(page.get_by_text("没有等您核实的"))).to_be_visible()
    assert keys <= 2 * FIGURES

    # the unit reads the sentence, on a phone
    sign_in(phone, "supervision")
    phone.goto("/verify/record/caizheng/")
    expect(phone.get_by_text("请附国库月报").first).to_be_visible()


def test_a_quarter_verified_by_sample_says_how_sure_that_is_and_where_it_was_drawn(
    page: Page, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "reporter")
    page.goto("/verify/samples/")
    page.locator("tbody").get_by_role("link").first.click()
    expect(page.get_by_text("有95%的把握")).to_be_visible()

    expect(page.get_by_text("20261012")).to_be_visible()
    # what nobody looked at one by one says so wherever its verifier is named
    page.get_by_text("其余1个").or_(page.get_by_text("其余2个")).click()
    expect(page.get_by_text("按抽样核实 方核").first).to_be_visible()
