"""Web's own pages under axe, at a desk and on a phone, light and dark."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from shoushan.web.tests.test_scripts import ARGUMENTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ["/", "/help/", "/more/", "/write/", "/refuse/", "/nowhere/"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_have_no_accessibility_fault_and_fit_their_width(
    reader: Client, live_server: LiveServer, width: int, scheme: Any
) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = {}
    session = {"name": "session", "value": reader.cookies["session"].value, "url": live_server.url}

    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        context.add_cookies([session])
        page = context.new_page()
        for path in PATHS:
            page.goto(path)
            found[path] = [fault["id"] for fault in axe.run(page, options=RULES).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[path].append("wider than the screen")
        browser.close()

    assert found == {path: [] for path in PATHS}
