"""Deadline night: 500 reporters, 20 values each, within a minute over real HTTP, beside verifiers and the year page.

Each reporter opens the month as a grid, saves 20 figures and submits them with one button, and is shown the month.
Everything runs on the same cores: the server, the database, and the 500 who ask.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.many import ready
from benchmarks.pages import free_port
from tools import postgres, serving
from tools.environment import PYTHON, ROOT, SHOUSHAN

REPORTERS, VALUES, SECONDS, VERIFIERS = 500, 20, 60.0, 3
YEAR, MONTH, TODAY = 2026, 11, "2026-12-03"
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


def fill() -> None:
    """500 units, each with a reporter and 20 figures to enter, and a session for everybody; prints the sessions."""
    office = ready()
    from datetime import datetime

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from shoushan.orgs.models import Person, Post, Unit
    from shoushan.plans.models import Document, Goal, Indicator, Passage, Schedule, Share, Year
    from shoushan.returns.models import Period

    root, at = Unit.objects.get(depth=1), timezone.make_aware(datetime(YEAR, 3, 1))
    units, reporters = [], []
    for number in range(REPORTERS):
        given = {"code": f"u{number}", "name": f"第{number}街道", "kind": "subdistrict", "from_on": at.date()}
        unit = Unit.objects.add_child(root, given)
        person = Person.objects.create(login=f"r{number}", name=f"填报{number}")
        Post.objects.create(person=person, unit=unit, role=Post.Role.REPORTER, from_on=at.date())
        units.append(unit)
        reporters.append(person)
    year = Year.objects.create(number=YEAR)
    text = "".join(f"第{number}项完成一千件。" for number in range(VALUES))
    speech = Document.objects.create(year=year, title="讲话", text=text, sha256="0" * 64, added_by=office, added_at=at)
    end = 0
    for number in range(VALUES):
        start, end = end, text.index("。", end) + 1
        passage = Passage.objects.create(
            document=speech, start=start, end=end, words_start=start, words_end=end, kind="target",
            decision="confirmed", decided_by=office, decided_at=at,
        )  # fmt: skip
        indicator = Indicator.objects.create(
            key=f"made.up{number}", label=f"第{number}项", measure="item", kind="flow", source="reported",
            needed_by="区委办", why_reported="没有台账", asked_until=datetime(YEAR + 5, 1, 1).date(),
        )  # fmt: skip
        goal = Goal.objects.create(
            year=year, passage=passage, kind="target", title=f"第{number}项", indicator=indicator,
            compare="at_least", value=REPORTERS * 120, measure="item", order=number,
        )  # fmt: skip
        shares = Share.objects.bulk_create(Share(goal=goal, unit=unit, value=120) for unit in units)
        Schedule.objects.bulk_create(Schedule(share=share, month=12, due=120) for share in shares)
    Period.objects.create(
        year=year, month=MONTH, opens_at=timezone.make_aware(datetime(YEAR, 12, 1)),
        due_at=timezone.make_aware(datetime(YEAR, 12, 8)), locks_at=timezone.make_aware(datetime(YEAR, 12, 10)),
    )  # fmt: skip
    told = []
    for login in ("demo-verifier", "demo-head"):
        reporters.append(Person.objects.get(login=login))
    for person in reporters:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        told.append(session.session_key)
    print(json.dumps(told))


def count() -> None:
    """What stands in the end."""
    ready()
    from shoushan.ledger.models import Event
    from shoushan.returns.models import Return, Value

    values = Value.objects.exclude(state="draft")
    told = {
        "values": values.count(),
        "right": values.filter(amount=7).count(),
        "returns": Return.objects.filter(submitted_at__isnull=False).count(),
        "saved": Event.objects.filter(verb="saved").count(),
    }
    print(json.dumps(told))


class Browser:
    """One person's browser: cookies, and how long each answer took."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies = port, {"session": session}
        self.taken: list[tuple[str, float, int]] = []

    def ask(self, verb: str, path: str, form: dict[str, str] | None = None) -> str:
        wire = HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        wire.request(verb, path, body=urlencode(form) if form is not None else None, headers=headers)
        answer = wire.getresponse()
        text = answer.read().decode(errors="replace")
        self.taken.append((verb, time.perf_counter() - began, answer.status))
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire.close()
        return text


def inputs(page: str, within: str = "") -> dict[str, str]:
    """The named fields of a page (after ``within``), as they stand in it."""
    found = {}
    for tag in INPUT.findall(page[page.index(within) :] if within else page):
        given: dict[str, str] = dict(ATTRIBUTE.findall(tag))
        if "name" in given and given.get("type") not in ("checkbox", "submit", "file"):
            found[given["name"]] = unescape(given.get("value", ""))
    return found


def report(browser: Browser, unit: int) -> None:
    """Open the grid, fill it, save and submit with one button, and see the month as it was handed in."""
    path = f"/returns/{YEAR}-{MONTH}/u{unit}/"
    page = browser.ask("GET", f"{path}?as=grid")
    form = {name: "7" if name.endswith("-amount") else value for name, value in inputs(page, "<main").items()}
    browser.ask("POST", f"{path}?as=grid", {**form, "submit": "1"})
    browser.ask("GET", path)


def reporters_at(port: int, sessions: list[str], seconds: float) -> list[Browser]:
    """Everybody once, spread over some seconds; 0 for all at the same moment."""
    browsers = [Browser(port, session) for session in sessions]
    began = time.perf_counter()

    def one(number: int) -> None:
        time.sleep(max(0.0, began + seconds * number / len(browsers) - time.perf_counter()))
        report(browsers[number], number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return browsers


def verifying(port: int, session: str, until: threading.Event) -> None:
    """Accept whatever waits, one after the other."""
    browser = Browser(port, session)
    while not until.wait(1.0):
        page = browser.ask("GET", "/verify/")
        action = re.search(r'action="(/verify/\d+/)"', page)
        if action:
            part = page[page.index(action[0]) :]
            browser.ask("POST", action[1], {**inputs(part[: part.index("</form>")]), "decision": "accepted"})


def looking(port: int, session: str, until: threading.Event) -> list[float]:
    """The year page every two seconds, as the district head has it open."""
    browser = Browser(port, session)
    while not until.wait(2.0):
        browser.ask("GET", "/year/")
    return [taken for _, taken, _ in browser.taken]


def night(database: str, seconds: float) -> dict[str, float]:
    """One night on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, **serving.settings_of(Path(folder), serving.DEMONSTRATION)}
        settings |= {"DATABASE_URL": database, "SHOUSHAN_TODAY": TODAY}
        subprocess.run([str(SHOUSHAN), "manage", "migrate", "-v", "0"], env=settings, cwd=ROOT, check=True)
        sessions = _told(settings, "fill")
        port, over = free_port(), threading.Event()
        server = subprocess.Popen(serving.server_command("127.0.0.1", port), env=settings, cwd=ROOT)
        try:
            if not serving.answers(f"http://127.0.0.1:{port}/healthz", server):
                raise RuntimeError("the server did not answer")
            *everybody, verifier, head = sessions
            Browser(port, head).ask("GET", "/year/")
            with ThreadPoolExecutor(VERIFIERS + 1) as beside:
                for _ in range(VERIFIERS):
                    beside.submit(verifying, port, verifier, over)
                seen = beside.submit(looking, port, head, over)
                began = time.perf_counter()
                browsers = reporters_at(port, everybody, seconds)
                ended = time.perf_counter() - began
                over.set()
        finally:
            server.terminate()
            server.wait(30)
        asked = [each for browser in browsers for each in browser.taken]
        writes = sorted(taken for verb, taken, _ in asked if verb == "POST")
        told: dict[str, float] = _told(settings, "count")
        return {
            **told,
            "p95": statistics.quantiles(writes, n=20)[18],
            "longest": max(writes),
            "year": statistics.median(seen.result() or [0.0]),
            "seconds": ended,
            "failed": sum(status >= 400 for _, _, status in asked),
        }


def _told(settings: dict[str, str], word: str):  # type: ignore[no-untyped-def]
    command = [str(PYTHON), "-m", "benchmarks.burst", word]
    done = subprocess.run(command, env=settings, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure() -> list[Figure]:
    figures: list[Figure] = []
    whole = REPORTERS * VALUES
    for name in ("SQLite", "PostgreSQL"):
        for words, seconds in (("within a minute", SECONDS), ("all at once", 0.0)):
            with postgres.running() as address:
                told = night(address if name == "PostgreSQL" else "", seconds)
            kind = f"{name}, {words}"
            figures += [
                at_least(f"values that stand as they were typed, {kind}", told["right"], "", whole),
                at_most(f"values saved more than once, {kind}", told["saved"] - told["values"], "", 0),
                at_least(f"months submitted, {kind}", told["returns"], "", REPORTERS),
                at_most(f"answers that were no answer, {kind}", told["failed"], "", 0),
            ]
            if seconds:
                figures += [
                    at_most(f"saving and submitting, p95, {kind}", told["p95"], "s", 0.2),
                    at_most(f"saving and submitting, longest, {kind}", told["longest"], "s", 1),
                    at_most(f"year page meanwhile, median, {kind}", told["year"], "s", 0.3),
                ]
            else:
                figures.append(at_most(f"everybody done, {kind}", told["seconds"], "s", 10))
    return figures


if __name__ == "__main__" and sys.argv[1:] in (["fill"], ["count"]):
    {"fill": fill, "count": count}[sys.argv[1]]()
