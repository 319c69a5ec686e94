"""Browser tests: the demonstration built once, a real server on a fresh copy of it, and Debian's Chromium."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tools import environment, machine, serving

DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
# a page that should show something is given as long as one that should open: machines are shared
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
# The tests need no sandbox and no calls to the browser's maker.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server with its own copy of the demonstration."""

    address: str
    data: Path

    def shoushan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The shoushan command on this server's data."""
        settings = {**os.environ, **serving.settings_of(self.data, serving.DEMONSTRATION), "DATABASE_URL": ""}
        command = [str(environment.SHOUSHAN), *arguments]
        return subprocess.run(command, env=settings, cwd=environment.ROOT, capture_output=True, text=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module's journeys share one district, so they stay on one worker; what names its group may part."""
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the demonstration district in it, built once for all workers by the product's own command."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demonstration"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            _build(Site("", folder))
    return folder


def _build(site: Site) -> None:
    for arguments in (["manage", "migrate", "-v", "0"], ["demo", "build"]):
        done = site.shoushan(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product as start.py serves it; each module of tests has a district of its own to change."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demonstration, folder)
    with running(folder) as served:
        yield served


@contextmanager
def running(folder: Path, *, today: str = "") -> Iterator[Site]:
    """A server on a folder of data, on the demonstration's day or on a later one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {**serving.settings_of(folder, serving.DEMONSTRATION), "DATABASE_URL": ""}
    settings |= {"SHOUSHAN_TODAY": today} if today else {}
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(
            serving.server_command("127.0.0.1", port), env={**os.environ, **settings}, cwd=environment.ROOT, stderr=log
        )
    address = f"http://127.0.0.1:{port}/"
    try:
        assert serving.answers(address, server), (folder / "server.log").read_text(errors="replace")
        yield Site(address.rstrip("/"), folder)
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not machine.chromium():
        pytest.skip(machine.missing())
    # Playwright keeps an event loop in this thread, and Django would refuse its database beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page at a desk, 1440 pixels wide."""
    yield from opened(chromium, site, DESK)


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page on a phone, 390 pixels wide."""
    yield from opened(chromium, site, PHONE)


def opened(chromium: Browser, site: Site, viewport: ViewportSize) -> Iterator[Page]:
    """A page of a browser that knows nobody; an error in its console fails the test."""
    context = chromium.new_context(
        base_url=site.address, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(PATIENCE)
    page, errors = context.new_page(), list[str]()

    def keep(message: ConsoleMessage) -> None:
        # a refusal answers 4xx on purpose, and the browser writes that down as an error
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("console", keep)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """``sign_in(page, "supervision")``: by the demonstration's one-click button for that role."""

    def as_role(page: Page, role: str) -> None:
        page.goto("/sign-in/")
        page.locator(
            f'form:has(input[name="role"][value="{role}"]) button, button[name="role"][value="{role}"]'
        ).click()
        page.wait_for_url(lambda address: "/sign-in/" not in address)

    return as_role
