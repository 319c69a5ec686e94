"""An official's first scheme in a real browser: three rules from a published text, and no word of a file seen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DESK, Site, opened, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SignIn = Callable[[Page, str], None]
# the text the official has on the desk: 就业60分，按完成率，最多得满分；月报迟一次扣2分，扣完为止；财政收入按名次得20、15、10分
TITLE = "首善区2027年度目标责任考核办法"
WORDS_OF_A_FILE = re.compile(
    r"YAML|yaml|when_missing|leave_out|not_evaluable|half_up|tie_break|\.actual|\.target|returns\.late|numerator|\bfull\b"
    r"|completion|deduction|ranking|floor|\bcap\b"
)
THE_DAY_AFTER = "2026-12-11"


def nothing_of_a_file(page: Page) -> None:
    """What stands on the page is said in words."""
    found = WORDS_OF_A_FILE.search(page.locator("body").inner_text())
    assert found is None, (page.url, found)


def answered(page: Page, question: str, answer: str) -> None:
    """Choose an answer of a question in a rule's form."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def choose(page: Page, shape: str) -> None:
    nothing_of_a_file(page)
    page.get_by_role("link", name="写一条").last.click()
    nothing_of_a_file(page)
    page.get_by_role("link", name=shape, exact=True).click()
    nothing_of_a_file(page)


def keep_a_case(page: Page, values: list[str], points: str) -> None:
    """The page works it out and asks; the official says yes."""
    for field, value in zip(page.locator("form input[inputmode=decimal]").all(), values, strict=False):
        field.fill(value)
    page.get_by_role("button", name="算一算").click()
    expect(page.get_by_text(points).first).to_be_visible()
    nothing_of_a_file(page)
    page.get_by_role("button", name="是，保存算例").click()
    expect(page.get_by_text("算例已保存")).to_be_visible()
    page.locator(".head").get_by_role("link", name=TITLE).click()


def test_a_first_scheme_is_written_tried_put_to_the_units_and_published(
    page: Page, phone: Page, site: Site, sign_in: SignIn, chromium: Browser
) -> None:
    sign_in(page, "assessment")
    page.goto("/schemes/")
    page.get_by_role("link", name="起草办法").click()
    page.get_by_label("标题", exact=True).fill(TITLE)
    page.get_by_role("button", name="开始起草").click()
    expect(page.get_by_text("这份办法还没有条款")).to_be_visible()
    address = page.url.removeprefix(site.address)

    _jobs(page)
    _returns(page)
    _revenue(page)
    _questions(page)
    _units_are_asked(page)

    # a unit reads it on a phone, and says what should be otherwise
    sign_in(phone, "reporter")
    phone.goto(address)
    expect(phone.get_by_text("正在征求各单位意见")).to_be_visible()
    nothing_of_a_file(phone)
    phone.get_by_label("关于").select_option(label="城镇新增就业")
    phone.get_by_label("意见", exact=True).fill("就业一项六十分偏高，建议五十分")
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.get_by_text("还没答复")).to_be_visible()

    # the office answers, is told why it cannot publish yet, and publishes on the day after
    page.goto(address)
    page.locator(".comment").get_by_label("答复").fill("就业是全年首要任务，维持六十分")
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("就业是全年首要任务")).to_be_visible()
    page.get_by_role("button", name="公布为2027年办法").click()
    expect(page.get_by_text("12月10日为止")).to_be_visible()
    nothing_of_a_file(page)
    with running(site.data, today=THE_DAY_AFTER) as later:
        for after in opened(chromium, later, DESK):
            _published(after, later, sign_in, address)


def _jobs(page: Page) -> None:
    """60 points by the share of the target; the name that counts people is refused, then the number that is none."""
    choose(page, "按完成率计分")
    page.get_by_label("得分项名称").fill("群众上访人数")
    page.get_by_label("条款").fill("第六条")
    page.get_by_label("衡量什么").select_option(label="城镇新增就业：完成 ÷ 目标")
    page.get_by_label("满分").fill("六十")
    page.get_by_role("button", name="保存这一条").click()
    expect(page.locator(".errors")).to_be_visible()
    nothing_of_a_file(page)
    page.get_by_label("满分").fill("60")
    page.get_by_role("button", name="保存这一条").click()
    expect(page.locator(".errors")).to_contain_text("不能")
    nothing_of_a_file(page)
    page.get_by_label("得分项名称").fill("城镇新增就业")
    # nothing is assumed: the preview asks before it shows anything
    expect(page.locator("#preview")).to_contain_text("超过目标的部分算不算")
    answered(page, "超过目标的部分算不算", "不算：最多得满分")
    answered(page, "这一项会不会扣成负分", "不会：扣完为止")
    answered(page, "目标为零得多少", "不可评，既不计分也不计零")
    answered(page, "缺数的得分项怎么算", "不可评，不计分也不计零")
    answered(page, "没有这项工作的单位", "不计，权重按办法对不计分项的规定处理")
    expect(page.locator("#preview")).to_contain_text("河西街道")
    expect(page.locator("#preview")).to_contain_text("不是结果")
    page.get_by_role("button", name="保存这一条").click()
    keep_a_case(page, ["37", "41"], "54.15")


def _returns(page: Page) -> None:
    """20 points less 2 for each month sent late, until used up."""
    choose(page, "按件扣分")
    page.get_by_label("得分项名称").fill("月报及时")
    page.get_by_label("条款").fill("第七条")
    page.get_by_label("满分").fill("20")
    page.get_by_label("数什么").first.select_option(label="迟报月数")
    page.get_by_label("每件多少分").first.fill("2")
    answered(page, "这一项会不会扣成负分", "不会：扣完为止")
    page.get_by_role("button", name="保存这一条").click()
    keep_a_case(page, ["3"], "14.00")


def _revenue(page: Page) -> None:
    """20, 15 and 10 points for the first three."""
    choose(page, "按名次计分")
    page.get_by_label("得分项名称").fill("财政收入")
    page.get_by_label("条款").fill("第八条")
    page.get_by_label("衡量什么").select_option(label="财政收入（核实数）")
    page.get_by_label("各名次的分").fill("20，15，10")
    page.get_by_role("button", name="保存这一条").click()


def _questions(page: Page) -> None:
    """What the rules left open, and what is asked of the scheme itself, each by its answers in words."""


def _units_are_asked(page: Page) -> None:
    page.get_by_label("征求意见截止日").fill("2026-12-10")


def _published(page: Page, site: Site, sign_in: SignIn, address: str) -> None:
    sign_in(page, "assessment")
    page.goto(address)
    page.get_by_role("button", name="公布为2027年办法").click()
    expect(page.get_by_text("已公布，2027年按它考核")).to_be_visible()
