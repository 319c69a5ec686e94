"""Pages on the demonstration's data: how long each takes, and how many lists a second two cores give."""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.figures import Figure, at_least, at_most
from tools import serving
from tools.environment import ROOT, SHOUSHAN

PAGES = (
    "/", "/year/", "/goals/1/", "/documents/", "/documents/1/", "/letters/", "/letters/2/", "/lines/", "/investment/",
    "/investment/1/", "/units/", "/units/hexi/", "/ledger/", "/me/", "/help/", "/goals/", "/goals/3/hexi/",
    "/goals/3/divide/", "/indicators/", "/letters/bases/", "/returns/2026-11/", "/returns/2026-11/hexi/",
    "/returns/2026-11/hexi/employment.jobs/", "/assessment/2026/", "/schemes/2026/",
)  # fmt: skip
TIMES = 15
CONNECTIONS = 8
SECONDS = 8.0


class Visitor:
    """One keep-alive connection, signed in with one click as a role."""

    def __init__(self, port: int, role: str) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        _, page = self.get("/sign-in/")
        secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        form = {"role": role, "csrfmiddlewaretoken": secret[1] if secret else ""}
        self.ask("POST", "/demo/sign-in/", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})

    def get(self, path: str) -> tuple[int, str]:
        return self.ask("GET", path)

    def ask(self, verb: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.wire.request(verb, path, body=body or None, headers={"Cookie": cookies, **(headers or {})})
        answer = self.wire.getresponse()
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text


@contextmanager
def district() -> Iterator[int]:
    """The demonstration, freshly built and served as start.py serves it; the port."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, **serving.settings_of(Path(folder), serving.DEMONSTRATION), "DATABASE_URL": ""}
        for words in (["manage", "migrate", "-v", "0"], ["demo", "build"]):
            subprocess.run([str(SHOUSHAN), *words], env=settings, cwd=ROOT, check=True)
        port = free_port()
        server = subprocess.Popen(serving.server_command("127.0.0.1", port), env=settings, cwd=ROOT)
        try:
            if not serving.answers(f"http://127.0.0.1:{port}/", server):
                raise RuntimeError("the server did not answer")
            yield port
        finally:
            server.terminate()
            server.wait(30)


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def milliseconds(visitor: Visitor, path: str) -> float:
    """The median of some visits, the first of which does not count."""
    taken = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        status, _ = visitor.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
    return statistics.median(taken[1:])


def lists_a_second(port: int) -> float:
    """Complete answers of the investment register (50 of 120 rows) to eight visitors at once."""

    def visit(visitor: Visitor) -> int:
        seen, until = 0, time.perf_counter() + SECONDS
        while time.perf_counter() < until:
            status, _ = visitor.get("/investment/")
            if status != 200:
                raise RuntimeError(f"the list answered {status}")
            seen += 1
        return seen

    visitors = [Visitor(port, "investment") for _ in range(CONNECTIONS)]
    for visitor in visitors:
        visitor.get("/investment/")
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(visit, visitors)) / SECONDS


def measure() -> list[Figure]:
    with district() as port:
        visitor = Visitor(port, "supervision")  # who opens every page here
        figures = [at_most(f"page {path}, median", milliseconds(visitor, path), "ms", 60) for path in PAGES]
        figures.append(
            at_least(
                "50-row list, 8 connections, this process asking on the same cores", lists_a_second(port), "/s", 120
            )
        )
    return figures
