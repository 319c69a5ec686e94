"""The month's meeting: run without a network, decided on the screen, followed up, closed on evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Site

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, str], None]
DECISIONS = 3


def follow_ups(site: Site) -> int:
    with sqlite3.connect(site.data / "shoushan.sqlite3") as database:
        found: int = database.execute("SELECT count(*) FROM dispatch_followup WHERE what LIKE '会上定的%'").fetchone()[
            0
        ]
    return found


def test_a_meeting_without_a_network_and_what_came_of_it(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(page, "supervision")
    page.goto("/meetings/2026-12/run/")
    page.context.set_offline(True)
    for number in range(DECISIONS):
        page.keyboard.press("ArrowRight")
        screen = page.locator(".run > section:target")
        screen.get_by_label("督办内容").fill(f"会上定的第{number + 1}件")
        screen.get_by_label("单位").select_option(label="河西街道")
        screen.get_by_label("期限").fill("2026-12-20")
        screen.get_by_label("怎样算办结").fill("照片")
        screen.get_by_role("button", name="记下决定").click()
        expect(screen.get_by_label("督办内容")).to_have_value("")
        page.locator("h1").click()
    for said in ("第一句", "第一句\n第二句"):  # written twice from one version: the second contains the first
        screen.get_by_label("记入纪要").fill(said)
        screen.get_by_role("button", name="保存").click()
        expect(screen.get_by_label("记入纪要")).to_have_value(said)
    expect(page.locator("[data-strip] [role=status]")).to_contain_text(f"等网络：{DECISIONS + 2}条")
    assert follow_ups(site) == 0

    page.context.set_offline(False)
    expect(page.locator("[data-strip] [role=status]")).not_to_contain_text("等网络")
    assert follow_ups(site) == DECISIONS
    page.reload()
    assert follow_ups(site) == DECISIONS
    expect(page.locator(".run > section:target").get_by_label("记入纪要")).to_have_value("第一句\n第二句")

    page.context.clear_cookies()
    sign_in(page, "reporter")
    page.goto("/follow-ups/?state=open")
    page.get_by_role("link", name="会上定的第1件").click()
    page.get_by_label("办理情况").fill("办完了")
    page.get_by_label("佐证").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    page.get_by_role("button", name="报办结").click()
    address = page.url

    page.context.clear_cookies()
    sign_in(page, "supervision")
    page.goto(address)
    page.get_by_role("button", name="确认办结").click()
    expect(page.locator("dl.facts")).to_contain_text("办结")
    page.goto("/follow-ups/?state=closed")
    expect(page.get_by_role("link", name="会上定的第1件")).to_be_visible()
