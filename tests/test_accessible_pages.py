"""Every page that a role can reach by links, at a desk and on a phone: readable by everybody, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from shoushan.orgs import demonstration
from shoushan.registers.lines import all_lines

ROLES = [role for role, _ in demonstration.ROLES]
# what a register keeps beside its line's first one is listed and entered on the same pages
HOMES = {line.home for line in all_lines()}
GRAVE = {"serious", "critical"}
# Files and the machine's own interface are not pages.
NOT_PAGES = re.compile(r"^/(?:api|static|demo|sign-out)/|\.(?:pdf|xlsx|csv|svg|json)$|/(?:export|pdf|file|download)/?$")

pytestmark = pytest.mark.browser


# What has been looked at, by width: the same page with the same things to do need not be looked at for each role.
LOOKED_AT: set[tuple[int, str, tuple[str, ...]]] = set()


def route_of(path: str) -> str:
    """The pattern behind an address: a hundred records are one page, but each register's record is its own."""
    try:
        found = resolve(path)
    except Resolver404:
        return path
    key, name = str(found.kwargs.get("key", "")), found.url_name
    is_own = name == "record" or (name in {"register", "record-new"} and key in HOMES)
    return str(found.route).replace("<slug:key>", key) if is_own else str(found.route)


class Outline(HTMLParser):
    """What a page leads to and what can be done on it, read without drawing it."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address = address
        self.links: dict[str, None] = {}
        self.doing: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self._keep(str(given["href"]))
        if tag == "form":
            self.doing.add(route_of(urlsplit(urljoin(self.address, given.get("action") or "")).path))

    def _keep(self, href: str) -> None:
        """A link to a page of ours, without its question and its place."""
        target = urlsplit(urljoin(self.address, href))
        if target.netloc == urlsplit(self.address).netloc:
            self.links[target.path] = None


def is_new(page: Page, outline: Outline) -> bool:
    """Whether this page, with what this role can do on it, has not been looked at in this width."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    shape = (width, route_of(urlsplit(outline.address).path), tuple(sorted(outline.doing)))
    if shape in LOOKED_AT:
        return False
    LOOKED_AT.add(shape)
    return True


def grave_faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{urlsplit(page.url).path}: {fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]


def wider_than_the_window(page: Page) -> list[str]:
    is_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return [f"{urlsplit(page.url).path}: scrolls sideways"] if is_wide else []


def walk(page: Page) -> str:
    """Look once at every kind of page that links lead to, and tell its faults, a line each.

    What has been looked at is only read for its links.
    """
    waiting, visited, faults = ["/"], set[str](), list[str]()
    while waiting:
        path = waiting.pop(0)
        if route_of(path) in visited or NOT_PAGES.search(path):
            continue
        visited.add(route_of(path))
        answer = page.request.get(path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 400:
            faults.append(f"{path}: a link that leads to {answer.status}")
        outline = Outline(answer.url, answer.text())
        if is_new(page, outline):
            page.goto(path)
            faults += grave_faults(page) + wider_than_the_window(page)
        waiting += outline.links
    assert len(visited) > 3, "the walk found hardly any page"
    return "\n".join(faults)


@pytest.mark.timeout(600)
@pytest.mark.xdist_group("at a desk")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_accessible_at_a_desk(
    page: Page, sign_in: Callable[[Page, str], None], role: str
) -> None:
    sign_in(page, role)

    assert walk(page) == ""


@pytest.mark.timeout(600)
@pytest.mark.xdist_group("on a phone")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_accessible_on_a_phone(
    phone: Page, sign_in: Callable[[Page, str], None], role: str
) -> None:
    sign_in(phone, role)

    assert walk(phone) == ""


def test_the_sign_in_page_is_accessible(page: Page) -> None:
    page.goto("/sign-in/")

    assert grave_faults(page) == []
