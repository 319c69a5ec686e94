"""Checks the archive of a year: python3 verify.py [FOLDER or ZIP]. Needs nothing but Python 3 itself.

1. Every file has the hash that manifest.json gives, and there is no file besides.
2. Every event of ledger/events.jsonl leads to the head of ledger/head.json (RFC 9162 inclusion proofs).
3. Every total and every line in runs/ says what its event in the ledger says, and every snapshot has the hash of its
   own. The hash of manifest.json itself is in the district's ledger: compare it there, or on the paper that came along.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

Files = dict[str, bytes]
MANIFEST = "manifest.json"


def read(place: Path) -> Files:
    """The archive's files by name, from a folder or from the zip itself."""
    if place.is_dir():
        found = [file for file in place.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
        return {file.relative_to(place).as_posix(): file.read_bytes() for file in found}
    with zipfile.ZipFile(place) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def listing(hashes: dict[str, str]) -> bytes:
    """The list of files as it is written, to the byte."""
    return (json.dumps({"files": hashes}, ensure_ascii=False, indent=1) + "\n").encode()


def wrong_files(files: Files) -> Iterator[str]:
    """Files that are not as listed, are missing, or are not listed at all; and a list that was written otherwise."""
    try:
        listed = json.loads(files[MANIFEST])["files"]
    except (KeyError, ValueError):
        yield f"{MANIFEST}: missing or damaged"
        return
    if listing(listed) != files[MANIFEST]:
        yield f"{MANIFEST}: changed"
    for name, sha256 in listed.items():
        if name not in files:
            yield f"{name}: missing"
        elif hashlib.sha256(files[name]).hexdigest() != sha256:
            yield f"{name}: changed"
    for name in sorted(set(files) - set(listed) - {MANIFEST}):
        yield f"{name}: not in the list"


def events(files: Files) -> list[dict[str, Any]]:
    """The ledger's events as kept, each with its place and its proof."""
    return [json.loads(line) for line in files["ledger/events.jsonl"].decode().splitlines()]


def head_by(event: dict[str, Any]) -> str:
    """The ledger's head as an event's proof gives it: the leaf, then each neighbour on its side."""
    node = hashlib.sha256(b"\x00" + event["body"].encode()).digest()
    for side, neighbour in event["proof"]:
        pair = bytes.fromhex(neighbour)
        node = hashlib.sha256(b"\x01" + (pair + node if side == "left" else node + pair)).digest()
    return node.hex()


def wrong_events(files: Files) -> Iterator[str]:
    """Events that do not lead to the head."""
    head = json.loads(files["ledger/head.json"])["head"]
    for event in events(files):
        if head_by(event) != head:
            yield f"ledger event {event['position']}: does not lead to the head"


def said_of(files: Files) -> dict[tuple[str, str], dict[str, Any]]:
    """What the ledger says of each thing: its fields when it was made, and as they were changed since."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for event in events(files):
        body = json.loads(event["body"])
        kind, key, _version = body["object"]
        found.setdefault((kind, key), {}).update(body["after"] or {})
    return found


def wrong_rows(files: Files) -> Iterator[str]:
    """Totals, lines and snapshots that say something else than the ledger."""
    said = said_of(files)
    tables = {"scores.csv": ("assessment.score", "points"), "lines.csv": ("assessment.scoreline", "points")}
    for name, content in files.items():
        if not name.startswith("runs/") or name.rpartition("/")[2] not in tables:
            continue
        kind, column = tables[name.rpartition("/")[2]]
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
            kept = said.get((kind, row["id"]), {}).get(column)
            if as_number(row[column]) != as_number(kept):
                yield f"{name} row {row['id']}: the ledger says {kept}"
    hashes = {fields["sha256"] for (kind, _key), fields in said.items() if kind == "assessment.snapshot"}
    for name, content in files.items():
        if name.endswith(".parquet") and hashlib.sha256(content).hexdigest() not in hashes:
            yield f"{name}: not the file that was frozen"


def as_number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def main(argv: list[str]) -> int:
    """0 where everything fits; 1 with each thing that does not."""
    files = read(Path(argv[0]) if argv else Path(__file__).resolve().parent)
    # what was changed is not read any further
    found = list(wrong_files(files)) or [*wrong_events(files), *wrong_rows(files)]
    for fault in found:
        sys.stdout.write(fault + "\n")
    sys.stdout.write(f"{len(files)} files, {len(found)} faults\n")
    sys.stdout.write(f"SHA-256 of {MANIFEST}: {hashlib.sha256(files.get(MANIFEST, b'')).hexdigest()}\n")
    return 1 if found else 0


if __name__ == "__main__":  # pragma: no cover - run apart, by the archive's own test
    raise SystemExit(main(sys.argv[1:]))
