"""An official's first scheme in a real browser: three rules from a published text, and no word of a file seen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import DESK, Site, opened, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SignIn = Callable[[Page, str], None]
# the text on the desk: 就业按完成率60分，最多得满分；月报20分，迟一次扣2分，扣完为止；财政收入按名次得20、15、10分
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


def save(page: Page) -> None:
    page.get_by_role("button", name="保存这一条").click()


def keep_a_case(page: Page, values: list[str], points: str) -> None:
    """The page works it out and asks; the official says yes."""
    for field, value in zip(page.locator("main form input[inputmode=decimal]").all(), values, strict=False):
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
    phone.get_by_label("针对哪一条").select_option(label="城镇新增就业")
    phone.get_by_label("您的意见").fill("就业一项六十分偏高，建议五十分")
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
    """60 points by the share of the target; a number in words is refused, and then a line that counts people."""
    choose(page, "按完成率计分")
    page.get_by_label("得分项名称").fill("群众上访人数")
    page.get_by_label("条款").fill("第六条")
    page.get_by_label("衡量什么").select_option(label="城镇新增就业：完成 ÷ 目标")
    page.get_by_label("满分", exact=True).fill("六十")
    save(page)
    expect(page.locator(".errors")).to_contain_text("满分：输入一个数字")
    nothing_of_a_file(page)
    page.get_by_label("满分", exact=True).fill("60")
    save(page)
    expect(page.locator(".errors")).to_contain_text("不能计分")
    expect(page.locator(".errors")).to_contain_text("期限内办结率")
    nothing_of_a_file(page)
    page.get_by_label("得分项名称").fill("城镇新增就业")
    # nothing is assumed: the preview asks before it shows anything
    expect(page.locator("#preview")).to_contain_text("超过目标的部分计不计")
    answered(page, "超过目标的部分计不计", "不计：最多得满分")
    answered(page, "这一项会不会扣成负分", "不会：扣完为止")
    answered(page, "目标为零时怎样计", "无从计算，不计分也不计零")
    answered(page, "缺数据的项目怎样计", "不可评，不计分也不计零")
    answered(page, "没有该项任务的单位", "不计，权重按办法对不计分项的规定处理")
    expect(page.locator("#preview")).to_contain_text("河西街道")
    expect(page.locator("#preview")).to_contain_text("不是结果")
    nothing_of_a_file(page)
    save(page)
    keep_a_case(page, ["37", "41"], "54.15分")


def _returns(page: Page) -> None:
    """20 points less 2 for each month sent late, until used up; one question is left for later."""
    choose(page, "按件扣分")
    page.get_by_label("得分项名称").fill("月报及时")
    page.get_by_label("条款").fill("第七条")
    page.get_by_label("满分", exact=True).fill("20")
    page.get_by_label("数什么").first.select_option(label="迟报月数")
    page.get_by_label("每件多少分").first.fill("2")
    answered(page, "这一项会不会扣成负分", "不会：扣完为止")
    answered(page, "缺数据的项目怎样计", "不可评，不计分也不计零")
    save(page)
    # a case cannot be worked while a question is open, which says so
    page.locator("main form input[inputmode=decimal]").first.fill("3")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator(".errors")).to_contain_text("没有该项任务的单位")
    nothing_of_a_file(page)
    page.locator(".head").get_by_role("link", name=TITLE).click()


def _revenue(page: Page) -> None:
    """20, 15 and 10 points for the first three; what is asked of all rules is answered beside the scheme."""
    choose(page, "按名次计分")
    page.get_by_label("得分项名称").fill("财政收入")
    page.get_by_label("条款").fill("第八条")
    page.get_by_label("衡量什么").select_option(label="财政收入（核实数）")
    page.get_by_label("各名次的分").fill("20，15，10")
    page.get_by_label("所列名次以后的得多少分").fill("5")
    answered(page, "值相同的单位怎样得分", "都得较好名次的分")
    answered(page, "哪个值更好", "大的好")
    answered(page, "和谁比较", "和同组的比")
    answered(page, "缺数据的项目怎样计", "不可评，不计分也不计零")
    save(page)
    page.locator(".head").get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("权重合计 100，应为100。")).to_be_visible()


def _questions(page: Page) -> None:
    """What the rules left open, and what is asked of the scheme itself, each by its answers in words."""
    nothing_of_a_file(page)
    for question, answer in (
        ("没有该项任务的单位", "不计，权重按办法对不计分项的规定处理"),
        ("某项对某单位不计分时", "其他各项按比例放大"),
        ("名次按舍入后的总分排", "舍入后相同即为相同"),
        ("虚报的怎样扣分", "不扣分，依法处理"),
    ):
        asked = page.locator("form.asked", has_text=question)
        asked.get_by_label(answer).check()
        settle(asked, page)
    asked = page.locator("form.asked", has_text="小数在哪里舍入")
    asked.get_by_label("保留几位小数").fill("2")
    asked.get_by_label("四舍五入", exact=True).check()
    asked.get_by_label("只在合计时舍入一次").check()
    settle(asked, page)
    asked = page.locator("form.asked", has_text="总分相同的怎样分先后")
    asked.get_by_label("总分相同的怎样分先后").select_option(label="不再区分：并列，如1、2、2、4")
    settle(asked, page)


def settle(asked: Locator, page: Page) -> None:
    asked.get_by_role("button", name="就这样定").click()
    expect(asked).to_have_count(0)


def _units_are_asked(page: Page) -> None:
    """Without its document number it is not put to the units; the whole is tried on last year's figures first."""
    page.get_by_label("征求意见截止日").fill("2026-12-10")
    page.get_by_role("button", name="开始征求意见").click()
    expect(page.locator(".errors")).to_contain_text("1处要改")
    nothing_of_a_file(page)
    page.get_by_role("link", name="名称和文号").first.click()
    page.get_by_label("文号").fill("首善办发〔2026〕30号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("都定好了，可以征求各单位意见")).to_be_visible()
    page.get_by_role("link", name="用去年的数试算").click()
    expect(page.get_by_role("cell", name="河西街道").first).to_be_visible()
    nothing_of_a_file(page)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("征求意见截止日").fill("2026-12-10")
    page.get_by_role("button", name="开始征求意见").click()
    expect(page.get_by_text("已开始征求意见")).to_be_visible()


def _published(page: Page, site: Site, sign_in: SignIn, address: str) -> None:
    """On the day after the window: published, with the ledger's head, and read by everybody in words."""
    sign_in(page, "assessment")
    page.goto(address)
    page.get_by_role("button", name="公布为2027年办法").click()
    expect(page.get_by_text("已公布，2027年按它考核")).to_be_visible()
    expect(page.get_by_text("公布前留痕共")).to_be_visible()
    nothing_of_a_file(page)
    page.context.clear_cookies()
    sign_in(page, "reporter")
    page.goto("/schemes/2027/")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("就业一项六十分偏高")).to_be_visible()
    expect(page.get_by_text("就业是全年首要任务")).to_be_visible()
    nothing_of_a_file(page)
    checked = site.shoushan("ledger", "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
