"""A month entered on a phone at night: few taps, nothing typed twice, nothing lost with a session or the network."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.conftest import DESK, Site, opened

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

SignIn = Callable[[Page, str], None]
MOST_TAPS = 12
MONTH = "/returns/2026-11/hexi/"
FOUR_MORE = """
from datetime import date
from decimal import Decimal
from shoushan.orgs.models import Person, Unit
from shoushan.plans import actions
from shoushan.plans.models import Year
by, unit = Person.objects.get(login="demo-supervision"), Unit.objects.get(code="hexi")
for number, label in enumerate(("便民活动", "走访企业", "夜校课时", "志愿服务")):
    text = f"全年{label}120次。"
    document = actions.add_document(Year.objects.first(), title=label, text=text, delivered_on=None, by=by)
    at = text.index("120")
    passage = actions.add_passage(document, at, at + 3, kind="target", by=by)
    indicator = actions.define_indicator(
        by=by, key=f"more.{number}", label=label, measure="item", kind="flow", source="reported",
        needed_by="督查室", why_reported="没有台账", asked_until=date(2027, 12, 31))
    terms = actions.GoalTerms(kind="target", title=label, indicator=indicator, value=Decimal(120), measure="item")
    actions.divide(actions.confirm(passage, terms, by=by), [unit], method="equally", by=by)
"""


@pytest.fixture(scope="module")
def five(site: Site) -> None:
    """河西街道 is asked for five figures."""
    done = site.shoushan("manage", "shell", "-c", FOUR_MORE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def desk(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, DESK)


def photo() -> FilePayload:
    written = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(written, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def test_what_was_typed_outlives_a_lost_session(phone: Page, sign_in: SignIn, five: None) -> None:
    sign_in(phone, "reporter")
    phone.goto(f"{MONTH}more.0/")
    phone.locator("#id_amount").fill("17")
    phone.context.clear_cookies(name="session")
    phone.get_by_role("button", name="保存，下一项").click()
    phone.wait_for_url("**/sign-in/**")
    phone.locator('form:has(input[name="role"][value="reporter"]) button, button[value="reporter"]').first.click()
    phone.goto(f"{MONTH}more.0/")

    expect(phone.locator("#id_amount")).to_have_value("17")
    expect(phone.locator("[data-restored]")).to_be_visible()


def test_without_a_network_a_figure_waits_with_its_photo_and_is_sent_once(
    phone: Page, sign_in: SignIn, five: None
) -> None:
    sign_in(phone, "reporter")
    phone.goto(f"{MONTH}more.1/")
    phone.context.set_offline(True)
    phone.locator("#id_amount").fill("21")
    phone.locator("#id_photo").set_input_files(photo())
    phone.get_by_role("button", name="保存，下一项").click()
    expect(phone.locator("[data-strip] [role=status]")).to_contain_text("1")
    with phone.expect_navigation():
        phone.context.set_offline(False)

    phone.goto(f"{MONTH}more.1/")
    expect(phone.locator("#id_amount")).to_have_value("21")
    expect(phone.get_by_role("link", name="现场.jpg")).to_have_count(1)
    expect(phone.locator("[data-restored]")).to_be_hidden()


def test_two_tabs_show_both_versions(page: Page, desk: Page, sign_in: SignIn, five: None) -> None:
    for tab in (page, desk):
        sign_in(tab, "reporter")
        tab.goto(f"{MONTH}?as=grid")
    field = '[id="id_more.2.hexi-amount"]'
    page.locator(field).fill("3")
    page.get_by_role("button", name="全部保存").click()
    expect(page.get_by_text("已保存1个数")).to_be_visible()
    desk.locator(field).fill("4")
    desk.get_by_role("button", name="全部保存").click()

    expect(desk.get_by_text("现在是")).to_be_visible()
    expect(desk.locator(field)).to_have_value("4")
    desk.get_by_role("button", name="全部保存").click()
    expect(desk.get_by_text("已保存1个数")).to_be_visible()


def test_five_figures_and_a_photo_take_at_most_twelve_taps(phone: Page, sign_in: SignIn, five: None) -> None:
    taps = 0

    def tap(target: object) -> None:
        nonlocal taps
        taps += 1
        target.click()  # type: ignore[attr-defined]

    sign_in(phone, "reporter")
    tap(phone.get_by_role("link", name="填报11月").first)
    tap(phone.locator("tbody a").first)
    for number in range(5):
        amount = phone.locator("#id_amount")
        if not amount.input_value():
            if not amount.evaluate("field => field === document.activeElement"):
                tap(amount)
            phone.keyboard.type("30")
        if number == 0:
            taps += 1  # the camera
            phone.locator("#id_photo").set_input_files(photo())
        tap(phone.get_by_role("button", name="保存，下一项"))
        if phone.locator(".errors").count():  # unlike the months before: a sentence, and it is saved
            tap(phone.locator("#id_note"))
            phone.keyboard.type("本月集中办理")
            tap(phone.get_by_role("button", name="保存，下一项"))
    tap(phone.get_by_role("button", name="提交本月"))

    expect(phone.get_by_text("已提交")).to_be_visible()
    assert taps <= MOST_TAPS, taps
