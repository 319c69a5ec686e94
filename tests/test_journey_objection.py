"""The end of a year in a real browser: frozen, announced, objected to, corrected, final, decided, put away."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DESK, Site, opened, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SignIn = Callable[[Page, str], None]
YEAR = "/assessment/2026/"
# announced on Thursday 3 December; five working days end on the 10th
THE_DAY_AFTER = "2026-12-11"


def test_a_unit_objects_and_the_year_comes_to_its_end(
    page: Page, phone: Page, site: Site, sign_in: SignIn, chromium: Browser, tmp_path: Path
) -> None:
    sign_in(page, "assessment")
    page.goto(YEAR)
    page.get_by_label("不等未核实的数就封存的理由").fill("期限已到，逾期未核的不计")
    page.get_by_role("button", name="封存年度").click()
    page.get_by_role("button", name="按办法计分").click()
    page.get_by_role("button", name="公示第1次计分").click()
    expect(page.get_by_text("已公示，异议提到12月10日")).to_be_visible()

    # the unit looks at its own lines, on a phone, and objects to one
    sign_in(phone, "reporter")
    expect(phone.get_by_role("link", name="2026年得分已公示：请看本单位的")).to_be_visible()
    phone.goto(f"{YEAR}hexi/")
    jobs = phone.locator("section", has=phone.get_by_role("heading", name="城镇新增就业"))
    jobs.get_by_role("link", name="提异议").click()
    phone.get_by_label("哪里不对").fill("11月花名册漏报30人，名单附后")
    phone.get_by_label("佐证").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    phone.get_by_role("button", name="提交异议").click()
    expect(phone.locator("h1")).to_contain_text("号异议")
    address = phone.url.removeprefix(site.address)

    # whoever ran it cannot answer; the district head had no hand in it, and sees the effect first
    page.goto(address)
    expect(page.get_by_text("由别人答复")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, "head")
    page.goto(address)
    expect(page.get_by_role("button", name="采纳并重新计分")).to_have_count(0)
    page.get_by_label("哪个数").select_option(label="城镇新增就业（核实数）")
    page.get_by_label("应有的数").fill("400")
    page.get_by_role("button", name="看影响").click()
    expect(page.get_by_role("cell", name="河西街道")).to_be_visible()
    page.get_by_label("答复内容").fill("名单属实")
    page.get_by_role("button", name="采纳并重新计分").click()
    expect(page.get_by_role("link", name="已重新计分：第2次")).to_be_visible()
    page.goto(f"{YEAR}compare/")
    expect(page.get_by_role("cell", name="河西街道")).to_be_visible()

    # once every window has closed: final, decided, put away
    with running(site.data, today=THE_DAY_AFTER) as later:
        for after in opened(chromium, later, DESK):
            _end(after, later, sign_in, tmp_path)


def _end(page: Page, site: Site, sign_in: SignIn, folder: Path) -> None:
    sign_in(page, "assessment")
    page.goto(YEAR)
    page.get_by_role("button", name="公布第2次计分").click()
    expect(page.get_by_text("名次").first).to_be_visible()
    page.goto(f"{YEAR}result/")
    expect(page.get_by_text("留痕共")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, "head")
    page.goto(f"{YEAR}consequences/")
    first = page.locator("section", has=page.locator("details")).first
    first.locator("summary").click()
    first.get_by_label("理由").fill("照办法办理")
    first.get_by_role("button", name="决定").click()
    expect(page.get_by_text("照办法办理").first).to_be_visible()

    file = folder / "2026.zip"
    done = site.shoushan("archive", "2026", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verify.py" in zipfile.ZipFile(file).namelist()
    checked = site.shoushan("ledger", "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
