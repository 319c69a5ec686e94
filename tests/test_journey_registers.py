"""What an office does with a register: its own workbook, limits, several at once, doubles, remarks and views."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DESK, Site, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SignIn = Callable[[Page, str], None]
HEAD = ("落户叫什么", "投资方", "引进单位", "协议额", "签约时间")
PASSWORD = "a long word that nobody guesses"  # noqa: S105 - of an invented person
GIVES_A_PASSWORD = (
    "from shoushan.orgs.models import Person; p = Person.objects.get(login='enterprise-officer');"
    f"p.set_password({PASSWORD!r}); p.save(update_fields=['password'])"
)


@pytest.fixture
def another(chromium: Browser, site: Site) -> Iterator[Page]:
    """Somebody else at a desk."""
    yield from opened(chromium, site, DESK)


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("首善区2026年招商台账",), HEAD, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def upload(page: Page, path: Path, line: str = "investment") -> None:
    """Up to the preview: what would happen, nothing entered yet."""
    page.goto(f"/{line}/import/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="先看一看").click()
    expect(page.locator("p.say")).to_contain_text("将录入")


def saved(page: Page, name: str, path: Path) -> Path:
    """A file behind a link, as the browser saves it."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    waiting.value.save_as(path)
    return path


def enter(page: Page, line: str, **fields: str) -> None:
    """Fill in what a form asks for by its fields' names, and send it."""
    page.goto(f"/{line}/new/")
    for name, value in fields.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    page.get_by_role("button", name="保存").click()


def test_an_office_brings_in_its_own_workbook(page: Page, sign_in: SignIn, tmp_path: Path) -> None:
    own = workbook(
        tmp_path / "own.xlsx",
        ("自带一", "甲公司", "河西街道", "5000万元", "2026.3.5"),
        ("自带二", "乙公司", "河西街道", 3000, "2026.3.6"),
        ("自带三", "丙公司", "没有的单位", "1.2亿元", "2026.3.7"),
        ("合计", None, None, None, None),
    )
    sign_in(page, "investment")
    upload(page, own)

    # the layout, once: nobody could know what the first column is
    expect(page.get_by_role("alert")).to_contain_text("缺少这些列：项目名称")
    page.get_by_label("落户叫什么").select_option(label="名称")
    page.get_by_role("button", name="按此重读").click()
    expect(page.locator("p.say")).to_contain_text("将录入2条")

    # a question, which is asked and not guessed
    asked = page.locator("fieldset", has_text="元还是万元")
    expect(asked).to_contain_text("第4行")
    asked.get_by_label("全部").select_option(label="万元")
    page.get_by_role("button", name="按这些回答重读").click()
    expect(page.locator("p.say")).not_to_contain_text("待答")
    expect(page.locator("#rows + table, section[aria-labelledby=rows]")).to_contain_text("自带二")
    expect(page.locator("section[aria-labelledby=faults]")).to_contain_text("没有“没有的单位”这个单位")
    page.get_by_role("button", name="录入2行").click()
    expect(page.locator("p.say")).to_contain_text("录入2条，更改0条，未变0条，1行没有录入")

    # what was bad comes back with its reason, is mended, and goes in without another question about its columns
    bad = saved(page, "下载有误的行和理由", tmp_path / "bad.xlsx")
    book = openpyxl.load_workbook(bad)
    sheet = book.active
    assert sheet is not None
    assert "没有的单位" in str(sheet["F3"].value)
    sheet["C3"] = "河西街道"
    book.save(bad)
    upload(page, bad)
    expect(page.locator("p.say")).to_contain_text("将录入1条")
    page.get_by_role("button", name="录入1行").click()
    expect(page.locator("p.say")).to_contain_text("录入1条")

    # the same again changes nothing, and neither does our own export
    upload(page, own)
    expect(page.locator("p.say")).to_contain_text("将录入0条，更改0条")
    page.goto("/investment/?q=自带")
    ours = tmp_path / "ours.xlsx"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出").click()
    waiting.value.save_as(ours)
    upload(page, ours)
    expect(page.locator("p.say")).to_contain_text("将录入0条，更改0条，不动3条；0行不收")
    page.goto("/investment/?q=自带")
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody")).to_contain_text("30,000,000")


def test_an_office_s_workbook_of_last_month_is_read_as_it_is(
    page: Page, sign_in: SignIn, shared: Callable[[str], Path]
) -> None:
    sign_in(page, "investment")

    upload(page, shared("workbooks") / "investment_2026-06.xlsx")

    said = page.locator("p.say").inner_text()
    assert int(re.findall(r"将录入(\d+)条", said)[0]) > 20
    assert "待答" in said
    expect(page.locator("section[aria-labelledby=faults]")).to_be_visible()


def test_a_limit_stands_still_grows_by_request_and_is_tried_on_another_day(
    page: Page, another: Page, site: Site, sign_in: SignIn
) -> None:
    assert site.shoushan("manage", "shell", "-c", GIVES_A_PASSWORD).returncode == 0
    page.goto("/sign-in/")
    page.locator("#id_username").fill("enterprise-officer")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto("/enterprise/")
    firm = page.locator("tbody a").first.inner_text()
    enter(page, "services", unit="河西街道", on="2026-12-02", name="办证求助", enterprise=firm, asked="办证")
    limits = page.locator("section[aria-labelledby=limits]")
    expect(limits).to_contain_text("12月9日")

    # what another day would push, before it is saved
    record = page.url
    page.get_by_role("link", name="改日期？").click()
    page.get_by_label("发生日期").fill("2026-12-01")
    page.get_by_role("button", name="会推动哪些期限").click()
    expect(page.locator("tbody")).to_contain_text("12月9日")
    expect(page.locator("tbody")).to_contain_text("12月8日")

    page.goto(record)
    limits.locator("summary").click()
    limits.get_by_label("中止起始日").fill("2026-12-03")
    limits.get_by_label("理由").first.fill("等专家意见")
    limits.get_by_role("button", name="中止计时").click()
    expect(limits).to_contain_text("等专家意见")
    limits.locator("summary").click()
    limits.get_by_label("中止的最后一天").fill("2026-12-03")
    limits.get_by_role("button", name="恢复计时").click()
    expect(limits).to_contain_text("12月10日")
    limits.locator("summary").click()
    limits.get_by_label("延长天数").fill("3")
    limits.get_by_label("理由").last.fill("两处现场")
    limits.get_by_role("button", name="申请延长").click()
    expect(limits).to_contain_text("+3")
    expect(limits.get_by_role("button", name="批准")).to_have_count(0)

    sign_in(another, "verifier")
    another.goto(record)
    another.get_by_role("button", name="批准").click()
    expect(another.locator("section[aria-labelledby=limits]")).to_contain_text("12月15日")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_several_at_once_with_a_refusal_beside_its_record(width: str, page: Page, phone: Page, sign_in: SignIn) -> None:
    here = {"desk": page, "phone": phone}[width]
    sign_in(here, "investment")
    for number in (1, 2):
        given = {"due_on": "2026-12-20", "on": "2026-12-01", "unit": "河西街道"}
        enter(here, "errands", name=f"{width} 交办 {number}", result="已回话" if number == 1 else "", **given)

    here.goto(f"/errands/?q={width} 交办&pick=1")
    for box in here.locator("tbody input[type=checkbox]").all():
        box.check()
    here.locator("select[name=to]").select_option(label="进入“已完成”")
    here.get_by_role("button", name="对选中的执行").click()

    expect(here.locator("p.say")).to_contain_text("1")
    expect(here.locator("tbody tr", has_text=f"{width} 交办 1")).to_contain_text("已办")
    refused = here.locator("tbody tr", has_text=f"{width} 交办 2")
    expect(refused).to_contain_text("要先填结果")


def test_a_double_is_warned_of_merged_and_both_histories_stay(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "investment")
    deal = {"unit": "河西街道", "on": "2026-11-02", "investor": "云栖冷链公司", "home": "苏州"}
    enter(page, "investment", name="云栖冷链物流园一期", **deal)
    first = page.url
    enter(page, "investment", name="雲棲冷鏈物流園一期", **{**deal, "unit": "湖滨街道"})
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("云栖冷链物流园一期")
    page.get_by_role("button", name="仍然录入").click()
    expect(page.locator("h1")).to_have_text("雲棲冷鏈物流園一期")

    page.locator("summary", has_text="这与另一条是同一件").click()
    page.get_by_label("留下的记录编号").fill(first.rstrip("/").rpartition("/")[2])
    page.locator("#merge-reason").fill("同一个项目，两家都报了")
    page.get_by_role("button", name="合并").click()

    expect(page).to_have_url(first)
    expect(page.locator("section[aria-labelledby=twins]")).to_contain_text("雲棲冷鏈物流園一期")
    page.get_by_role("link", name="雲棲冷鏈物流園一期").click()
    expect(page.get_by_text("这条记录与另一条是同一件，不再计数")).to_be_visible()
    expect(page.locator("section[aria-labelledby=history]")).to_contain_text("同一个项目，两家都报了")


def test_a_remark_reaches_whom_it_names_and_a_view_and_a_past_day_are_kept(
    page: Page, another: Page, sign_in: SignIn
) -> None:
    sign_in(another, "verifier")
    sign_in(page, "investment")
    page.goto("/investment/?stage=talks")
    deal = page.locator("tbody a").first
    called = deal.inner_text()
    deal.click()
    page.get_by_label("写留言").fill("@方核 请看合同")
    page.get_by_role("button", name="留言", exact=True).click()
    expect(page.locator("#comments")).to_contain_text("请看合同")

    another.goto("/")
    another.locator("[data-queue] a", has_text="请您看一下").first.click()
    expect(another.locator("h1")).to_have_text(called)

    page.goto("/investment/?stage=talks")
    page.locator("summary", has_text="这本台账的其他看法").click()
    page.get_by_label("把这个视图存为").fill("在谈的")
    page.get_by_role("button", name="存下", exact=True).click()
    page.goto("/investment/")
    page.get_by_role("link", name="在谈的").click()
    expect(page).to_have_url(re.compile("stage=talks"))

    page.goto("/investment/")
    page.locator("summary", has_text="这本台账的其他看法").click()
    page.get_by_label("看某一天的样子").fill("2026-03-31")
    page.get_by_role("button", name="与今天对照").click()
    expect(page.locator("h1")).to_contain_text("3月31日")
    expect(page.locator("p.say")).to_contain_text("新增")
