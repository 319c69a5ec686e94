"""The list of a line with 100,000 records: pages near and deep, filtered and sorted, and lists a second."""

from __future__ import annotations

import os
import subprocess

from benchmarks import pages
from benchmarks.exporting import in_process_fill
from benchmarks.figures import Figure, at_least, at_most
from benchmarks.many import fresh
from tools import serving
from tools.environment import ROOT

PAGES = (
    "/investment/", "/investment/?page=1000", "/investment/?industry=manufacturing&sort=-agreed_yuan",
    "/investment/?industry=manufacturing&sort=-agreed_yuan&page=1000", "/investment/?unit=hexi&sort=name",
    "/investment/?q=%E9%A0%85%E7%9B%AE77", "/investment/?sort=agreed_yuan&page=1000",
)  # fmt: skip


def measure() -> list[Figure]:
    with fresh() as settings:
        in_process_fill(settings)
        port = pages.free_port()
        server = subprocess.Popen(serving.server_command("127.0.0.1", port), env={**os.environ, **settings}, cwd=ROOT)
        try:
            if not serving.answers(f"http://127.0.0.1:{port}/", server):
                raise RuntimeError("the server did not answer")
            visitor = pages.Visitor(port, "investment")
            figures = [
                at_most(f"100,000 records, {path}, median", pages.milliseconds(visitor, path), "ms", 100)
                for path in PAGES
            ]
            rate = pages.lists_a_second(port)
        finally:
            server.terminate()
            server.wait(30)
    return [*figures, at_least("list of 100,000 records, 8 connections, asked on the same cores", rate, "/s", 120)]
