"""Work in the field: twenty records without a network, the browser closed and opened, two tabs, a lost answer."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, Route, expect

from tests.conftest import DESK, FLAGS, PHONE, Site, opened
from tools import environment, machine, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SignIn = Callable[[Page, str], None]
FIELD = "/investment/field/"
MANY = 20


@pytest.fixture(scope="module", autouse=True)
def deals_are_recorded_outdoors() -> Iterator[None]:
    """This module's server takes deals into the field."""
    usual = serving.server_command
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            serving, "server_command", lambda host, port: [*usual(host, port)[:-1], "tests.in_the_field:application"]
        )
        patch.setenv("PYTHONPATH", os.pathsep.join([str(environment.ROOT), str(environment.ROOT / "src")]))
        yield


@pytest.fixture
def desk(chromium: Browser, site: Site) -> Iterator[Page]:
    """Somebody else at a desk."""
    yield from opened(chromium, site, DESK)


@contextmanager
def phone_of(chromium: Browser, site: Site, profile: Path, *, offline: bool = False) -> Iterator[BrowserContext]:
    """A phone's browser with its own memory, which stays when it is closed."""
    context = chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=machine.chromium(),
        args=FLAGS,
        base_url=site.address,
        viewport=PHONE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        offline=offline,
        permissions=["geolocation"],
        geolocation={"latitude": 34.80123, "longitude": 114.30512, "accuracy": 12},
    )
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        context.close()


def photo(number: int) -> FilePayload:
    written = io.BytesIO()
    Image.new("RGB", (1200, 900), (40, 120, number)).save(written, "JPEG")
    return {"name": f"现场{number}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def write(page: Page, number: int, name: str = "路边项目") -> None:
    page.get_by_label("拍照").set_input_files(photo(number))
    fill(page, f"{name}{number}")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#id_name")).to_have_value("")


def fill(page: Page, name: str) -> None:
    """Whatever the line asks for: words where they are typed, the first of a list."""
    for field in page.locator(".field-form input[type=text][required]").all():
        field.fill("苏州")
    for field in page.locator(".field-form select[required]").all():
        if not field.input_value():
            field.select_option(index=1)
    page.get_by_label("名称").fill(name)


def strip(page: Page) -> Locator:
    return page.locator("[data-strip] [role=status]")


def open_field(page: Page) -> None:
    page.goto(FIELD)
    expect(page.locator("[data-queue-on]")).to_be_visible()
    page.locator("#id_unit").select_option(label="河西街道")


def counted(site: Site, name: str) -> tuple[int, int]:
    """How many records of a name there are, and how many photographs stand beside them."""
    with sqlite3.connect(site.data / "shoushan.sqlite3") as database:
        like = f"{name}%"
        deals = database.execute("SELECT count(*) FROM investment_deal WHERE name LIKE ?", [like]).fetchone()
        photos = database.execute(
            "SELECT count(*) FROM evidence_evidence e JOIN django_content_type t ON t.id = e.subject_type_id"
            " JOIN investment_deal d ON d.id = e.subject_id WHERE t.model = 'deal' AND d.name LIKE ?",
            [like],
        ).fetchone()
    return deals[0], photos[0]


def test_twenty_records_without_a_network_are_twenty_on_the_server(
    chromium: Browser, site: Site, sign_in: SignIn, tmp_path: Path
) -> None:
    with phone_of(chromium, site, tmp_path / "phone") as context:
        page = context.pages[0]
        sign_in(page, "investment")
        open_field(page)
        context.set_offline(True)
        for number in range(MANY):
            write(page, number)
        expect(strip(page)).to_contain_text(f"{MANY}")
        expect(page.locator("#id_unit option:checked")).to_have_text("河西街道")
        assert counted(site, "路边项目") == (0, 0)
        # closing lifts the lost network a moment before the page is gone, and the page would rightly send
        page.goto("about:blank")

    with phone_of(chromium, site, tmp_path / "phone", offline=True) as context:
        page, other = context.pages[0], context.new_page()
        page.goto(FIELD)
        expect(strip(page)).to_contain_text(f"{MANY}")
        other.goto(FIELD)
        expect(strip(other)).to_contain_text(f"{MANY}")

        context.set_offline(False)
        # a Chromium that was started without a network does not always tell its pages that there is one
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(strip(page)).not_to_contain_text(f"等网络：{MANY}条")
        context.set_offline(True)
        page.wait_for_timeout(300)
        context.set_offline(False)
        page.get_by_role("button", name="现在发送").click()
        other.goto("/")

        expect(strip(page)).not_to_contain_text("等网络")
        expect(strip(other)).not_to_contain_text("等网络")
    assert counted(site, "路边项目") == (MANY, MANY)


def test_an_answer_that_was_lost_makes_no_second_record(
    chromium: Browser, site: Site, sign_in: SignIn, tmp_path: Path
) -> None:
    with phone_of(chromium, site, tmp_path / "phone") as context:
        page = context.pages[0]
        sign_in(page, "investment")
        open_field(page)
        lost: list[str] = []

        def lose(route: Route) -> None:
            if route.request.method == "POST" and not lost:
                lost.append(route.fetch().text())
                route.abort("connectionreset")
            else:
                route.continue_()

        context.route(f"**{FIELD}", lose)
        with page.expect_event("requestfailed"):
            write(page, 1, "断线项目")
        expect(strip(page)).to_contain_text("等网络")
        assert (len(lost), counted(site, "断线项目")) == (1, (1, 1))
        page.get_by_role("button", name="现在发送").click()

        expect(strip(page)).to_contain_text("已发送")
    assert counted(site, "断线项目") == (1, 1)


def test_a_place_is_sent_only_when_asked_for(chromium: Browser, site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    with phone_of(chromium, site, tmp_path / "phone") as context:
        page = context.pages[0]
        sign_in(page, "investment")
        open_field(page)
        write(page, 1, "定位项目")
        page.get_by_role("button", name="加上我所在的位置").click()
        expect(page.get_by_text("34.80123, 114.30512 ± 12 m")).to_be_visible()
        page.get_by_role("button", name="去掉位置").click()
        write(page, 2, "定位项目")
        page.get_by_role("button", name="加上我所在的位置").click()
        write(page, 3, "定位项目")
        expect(strip(page)).to_contain_text("3")
        expect(strip(page)).not_to_contain_text("等网络")

    with sqlite3.connect(site.data / "shoushan.sqlite3") as database:
        rows = database.execute(
            "SELECT name, latitude FROM evidence_evidence WHERE name LIKE '现场%' AND latitude IS NOT NULL"
        ).fetchall()
    assert [(name, str(latitude)) for name, latitude in rows] == [("现场3.jpg", "34.80123")]


def test_what_comes_back_keeps_its_reason_until_it_is_mended(
    chromium: Browser, site: Site, sign_in: SignIn, tmp_path: Path
) -> None:
    with phone_of(chromium, site, tmp_path / "phone") as context:
        page = context.pages[0]
        sign_in(page, "investment")
        open_field(page)
        page.get_by_label("拍照").set_input_files({**photo(1), "buffer": b"no photo at all"})
        fill(page, "退回项目")
        page.get_by_role("button", name="保存").click()
        expect(strip(page)).to_contain_text("退了回来")
        page.goto("/")
        expect(page.locator("[data-strip] li")).to_contain_text("内容与扩展名")
        page.get_by_role("link", name="改正").click()
        expect(page.get_by_label("名称")).to_have_value("退回项目")
        page.get_by_label("拍照").set_input_files(photo(1))
        page.get_by_role("button", name="保存").click()

        expect(page.locator("[data-strip] li")).to_have_count(0)
        expect(strip(page)).to_contain_text("已发送")
    assert counted(site, "退回项目") == (1, 1)


def signed_on(page: Page) -> Locator:
    """The part of a deal's page that records its signing."""
    return page.get_by_role("region", name="下一步：签约")


def test_a_stage_written_offline_for_a_record_closed_meanwhile_stays_with_its_reason(
    chromium: Browser, desk: Page, site: Site, sign_in: SignIn, tmp_path: Path
) -> None:
    proof: FilePayload = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 signed"}
    with phone_of(chromium, site, tmp_path / "phone") as context:
        page = context.pages[0]
        for each in (page, desk):
            sign_in(each, "investment")
            each.goto("/investment/?stage=talks")
            each.locator("tbody a").last.click()
            signed_on(each).locator("input[type=file]").set_input_files(proof)
        context.set_offline(True)
        signed_on(page).get_by_role("button", name="录入这一阶段").click()
        expect(strip(page)).to_contain_text("等网络")
        signed_on(desk).get_by_role("button", name="录入这一阶段").click()
        expect(desk.get_by_text("已录入，待另一人确认")).to_be_visible()

        context.set_offline(False)
        expect(strip(page)).to_contain_text("退了回来")
        page.reload()
        expect(page.locator("[data-strip] li")).to_contain_text("有人改过")


def test_what_another_account_wrote_waits_for_it(
    chromium: Browser, site: Site, sign_in: SignIn, tmp_path: Path
) -> None:
    with phone_of(chromium, site, tmp_path / "phone") as context:
        page = context.pages[0]
        sign_in(page, "investment")
        open_field(page)
        context.set_offline(True)
        write(page, 1, "换人项目")
        context.clear_cookies()
        context.set_offline(False)
        expect(strip(page)).to_contain_text("请用填写时的账号登录")
        page.goto("/sign-in/")
        sign_in(page, "verifier")
        expect(strip(page)).to_contain_text("另一账号")
        assert page.evaluate("caches.match(location.origin + '/investment/field/')") is None
        assert counted(site, "换人项目") == (0, 0)
        page.goto("/me/")
        page.get_by_role("button", name="退出").click()
        sign_in(page, "investment")

        expect(strip(page)).to_contain_text("已发送")
    assert counted(site, "换人项目") == (1, 1)
