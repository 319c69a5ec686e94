"""The district's year in a real browser, steps 9 to 11: frozen, scored, announced, and led back to the sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_a_score_leads_in_three_clicks_to_its_clause_its_month_its_verifier_and_its_sentence(
    page: Page, phone: Page, site: Site, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "assessment")
    page.goto("/assessment/2026/")
    page.get_by_role("button", name="封存年度").click()
    expect(page.get_by_text("等待核实，现在封存就不计入").first).to_be_visible()
    page.get_by_label("不等未核实的数就封存的理由").fill("期限已到，逾期未核的不计")
    page.get_by_role("button", name="封存年度").click()
    page.get_by_role("button", name="按办法计分").click()
    expect(page.get_by_role("heading", name="街道")).to_be_visible()

    # a unit sees its own points, and no rank, until they are published
    sign_in(phone, "reporter")
    phone.goto("/assessment/2026/")
    expect(phone.get_by_role("link", name="河西街道")).to_be_visible()
    expect(phone.get_by_role("link", name="湖滨街道")).to_have_count(0)
    expect(phone.get_by_text("名次")).to_have_count(0)

    # announced, everybody sees the totals, and each its own sheet
    page.get_by_role("button", name="公示第1次计分").click()
    phone.goto("/assessment/2026/")
    expect(phone.get_by_role("cell", name="湖滨街道")).to_be_visible()
    expect(phone.get_by_role("link", name="湖滨街道")).to_have_count(0)
    expect(phone.get_by_text("名次")).to_have_count(0)

    page.get_by_role("link", name="河西街道").click()  # 1: the sheet, with the clause and the sentence
    jobs = page.locator("section", has=page.get_by_role("heading", name="城镇新增就业"))
    expect(jobs.locator("blockquote")).to_contain_text("3,200")
    jobs.get_by_role("link", name="城镇新增就业（核实数）").click()  # 2: the months, with who verified each
    expect(page.get_by_role("row", name="3月").first).to_contain_text("已核实")
    page.get_by_role("row", name="3月").first.get_by_role("link", name="3月").click()  # 3: the month's value
    expect(page.get_by_role("heading", name="城镇新增就业 3月")).to_be_visible()

    page.go_back()
    page.go_back()
    page.locator("tbody").get_by_role("link", name="第十二条").first.click()  # from the sheet: the clause
    expect(page.locator("section:target")).to_contain_text("城镇新增就业")

    checked = site.shoushan("ledger", "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
