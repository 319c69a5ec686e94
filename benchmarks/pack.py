"""The meeting's pack on the demonstration: from one click to the three files."""

from __future__ import annotations

import io
import time
import zipfile

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.pages import Visitor, district

FILES = ("pdf", "pptx", "xlsx")
PATIENCE = 60.0


def measure() -> list[Figure]:
    with district() as port:
        visitor = Visitor(port, "supervision")
        began = time.perf_counter()
        visitor.wire.request("GET", "/meetings/2026-12/pack/", headers=_cookies(visitor))
        answer = visitor.wire.getresponse()
        answer.read()
        job, data = answer.headers["Location"].removesuffix("file/"), b""
        while not data and time.perf_counter() - began < PATIENCE:
            visitor.wire.request("GET", f"{job}file/", headers=_cookies(visitor))
            answer = visitor.wire.getresponse()
            body = answer.read()
            data = body if answer.status == 200 else b""
            time.sleep(0 if data else 0.1)
        taken = time.perf_counter() - began
    kinds = {name.rpartition(".")[2] for name in zipfile.ZipFile(io.BytesIO(data)).namelist()} if data else set()
    return [
        at_most("the meeting's pack, from the click to its files", taken, "s", 15),
        at_least("files in it", len(kinds & set(FILES)), "", len(FILES)),
    ]


def _cookies(visitor: Visitor) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}
