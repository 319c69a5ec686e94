"""The district's year in a real browser, steps 3 to 8: from a speech to the month, each as the role whose job it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DESK, Site, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SignIn = Callable[[Page, str], None]
SPEECH = (
    "在城建工作会上的讲话\n去年修路31条。今年要新建口袋公园346个。"
    "今年排定重点工程36项，其中新建25项，续建11项。\n加快老旧管网改造。\n"
)
FIVE = ["河西街道", "湖滨街道", "城北街道", "北岭街道", "南关街道"]


@pytest.fixture
def another(chromium: Browser, site: Site) -> object:
    """A second person at a desk of their own."""
    yield from opened(chromium, site, DESK)


def test_a_speech_becomes_goals_and_the_goals_become_shares(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "supervision")
    page.goto("/documents/")
    page.get_by_label("标题").fill("城建讲话")
    page.get_by_label("或粘贴正文").fill(SPEECH)
    page.get_by_role("button", name="添加并读取").click()

    expect(page.get_by_text("36 = 25 + 11")).to_be_visible()
    expect(page.locator("h2", has_text="过去的成绩").locator("+ ul")).to_have_text("31条")
    parks = page.locator("li", has_text="346个")
    parks.get_by_role("link", name="确认").click()
    page.get_by_label("标题").fill("口袋公园")
    page.get_by_role("button", name="确认").click()

    page.goto(page.url.split("#")[0])
    with page.expect_navigation():  # the words are selected on the page that follows
        page.locator("li", has_text="36项").get_by_role("button", name="不作目标").first.click()
    _select(page, "加快老旧管网改造")
    page.locator("[data-words-form] select").select_option("task")
    page.locator("[data-words-form]").get_by_role("button").click()
    expect(page.locator("ol > li", has_text="加快老旧管网改造")).to_be_visible()

    page.get_by_role("link", name="口袋公园").click()
    page.get_by_role("link", name="分解").click()
    for unit in FIVE:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="先看看").click()
    expect(page.locator("td", has_text=re.compile(r"^70"))).to_have_count(1)
    expect(page.locator("td", has_text=re.compile(r"^69"))).to_have_count(4)
    page.get_by_role("button", name="保存分解").click()
    page.get_by_role("link", name="序时进度").click()
    page.get_by_role("button", name="保存序时进度").click()

    expect(page.locator("tbody tr")).to_have_count(5)


def _select(page: Page, words: str) -> None:
    """Select words of the document as a mouse would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("[data-words]"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
            throw new Error("not in the text: " + words);
        }""",
        words,
    )


def test_a_deal_moves_with_its_proof_and_a_second_person_confirms(
    page: Page, another: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    contract = tmp_path / "合同.pdf"
    contract.write_bytes(b"%PDF-1.4 signed")
    sign_in(page, "investment")
    page.goto("/investment/?stage=talks")
    page.locator("tbody a").first.click()
    deal = page.url
    signed = page.get_by_role("region", name="下一步：签约")
    signed.locator("input[type=file]").set_input_files(contract)
    signed.get_by_role("button", name="录入这一阶段").click()
    expect(page.get_by_text("已录入，待另一人确认")).to_be_visible()
    expect(page.get_by_role("link", name="合同.pdf").first).to_be_visible()

    sign_in(another, "verifier")
    another.goto(deal)
    another.get_by_role("button", name="确认").first.click()
    expect(another.get_by_role("row", name="签约").first).to_contain_text("方核")


def test_a_month_on_a_phone_is_entered_checked_and_sent_back(phone: Page, another: Page, sign_in: SignIn) -> None:
    sign_in(phone, "reporter")
    phone.get_by_role("link", name="填报11月").first.click()
    expect(phone.get_by_text("由台账算出，不用填")).to_be_visible()
    phone.get_by_role("link", name="城镇新增就业").click()
    # what the registers know is not asked for, which leaves one figure
    expect(phone.get_by_text("第1项，共1项")).to_be_visible()
    expect(phone.get_by_text("上月").first).to_be_visible()
    phone.goto("/returns/2026-11/hexi/")
    phone.get_by_role("button", name="提交本月").click()
    expect(phone.get_by_role("alert")).to_contain_text("空着不等于零")
    phone.get_by_role("link", name="城镇新增就业").first.click()
    phone.get_by_label("数值").fill("３０")
    phone.get_by_role("button", name="保存，下一项").click()
    phone.get_by_role("button", name="提交本月").click()
    expect(phone.get_by_text("已提交，等核实人核实")).to_be_visible()

    sign_in(another, "verifier")
    another.goto("/verify/?unit=hexi")
    another.locator("summary[data-no]").click()
    another.locator("#reason").fill("与花名册不符")
    another.get_by_role("button", name="退回", exact=True).click()
    another.goto("/verify/?unit=hubin")
    another.locator("[data-yes]").click()

    phone.goto("/returns/2026-11/hexi/")
    expect(phone.get_by_text("与花名册不符").first).to_be_visible()


def test_a_draft_wants_its_basis_and_its_shares_and_a_target_is_amended(
    page: Page, another: Page, sign_in: SignIn
) -> None:
    sign_in(page, "supervision")
    page.goto("/letters/")
    page.get_by_role("row", name="投资促进局").get_by_role("link").click()
    page.get_by_role("button", name="下达").click()
    expect(page.get_by_text("没有有效的依据").first).to_be_visible()

    page.goto("/letters/bases/")
    page.get_by_label("文件", exact=True).fill("2026年责任状清单（补充）")
    page.get_by_label("文号").fill("首善办发〔2026〕30号")
    page.get_by_label("成文日期").fill("2026-11-20")
    page.get_by_label("批准人").fill("区委办公室")
    page.get_by_role("button", name="录入").click()
    page.goto("/letters/")
    page.get_by_role("row", name="投资促进局").get_by_role("link").click()
    page.get_by_role("link", name="修改草稿").click()
    page.get_by_label("依据").select_option(index=1)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="下达").click()
    expect(page.get_by_text("没有分解任务").first).to_be_visible()  # it has its basis now, and still nothing to promise

    page.goto("/letters/")
    page.get_by_role("row", name="河西街道").get_by_role("link").click()
    page.get_by_role("link", name="提出修订").click()
    page.get_by_label("修订后目标").fill("12")
    page.get_by_label("目标值", exact=True).select_option(label="引进500万元以上项目 14项")
    page.get_by_label("事由", exact=True).select_option("investor")
    page.get_by_label("说明").fill("两个项目的投资方撤资")
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.locator("p.say")).to_contain_text("12")

    sign_in(another, "head")
    another.get_by_role("link", name="引进500万元以上项目").first.click()
    another.get_by_role("button", name="签署").click()
    expect(another.get_by_text("一方已签").first).to_be_visible()


def test_the_head_signs_and_sees_the_year_in_one_look(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "head")
    page.goto("/letters/")
    page.get_by_role("row", name="新渡街道").get_by_role("link").click()
    page.get_by_role("button", name="签署").click()
    expect(page.get_by_text("已生效").first).to_be_visible()

    page.goto("/year/")
    expect(page.locator("p.say")).to_contain_text("滞后")
    page.get_by_role("link", name="引进500万元以上项目").first.click()
    expect(page.locator("blockquote")).to_contain_text("100个以上")
    page.get_by_role("link", name="河西街道").click()
    expect(page.get_by_role("heading", name="由这些记录组成")).to_be_visible()
    assert "名次" not in page.content()
