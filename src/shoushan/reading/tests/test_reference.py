"""The reference names every rule, field and refusal of the reader."""

from __future__ import annotations

import re
from pathlib import Path

from shoushan.reading import read
from shoushan.reading.reasons import REASONS

ROOT = Path(__file__).resolve().parents[4]
REFERENCE = (ROOT / "docs/reference/reading.md").read_text("utf-8")


def test_every_rule_is_in_the_reference() -> None:
    assert {key for key in REASONS if f"`{key}`" not in REFERENCE} == set()


def test_every_field_is_in_the_reference() -> None:
    fields = read("今年新增企业5家。")[0].as_json()

    assert {name for name in fields if f"| `{name}` |" not in REFERENCE} == set()


def test_every_refusal_is_in_the_reference() -> None:
    sources = [file.read_text("utf-8") for file in (ROOT / "src/shoushan/reading").glob("*.py")]
    codes = {code for text in sources for code in re.findall(r'"(file\.[a-z_]+)",', text)}

    assert len(codes) == 5
    assert {code for code in codes if f"`{code}`" not in REFERENCE} == set()


def test_every_rule_that_decides_can_be_explained() -> None:
    sources = [file.read_text("utf-8") for file in (ROOT / "src/shoushan/reading").glob("*.py")]
    decided = {key for text in sources for key in re.findall(r'"((?:target|past|other|task)\.[a-z_]+)"', text)}

    assert decided - set(REASONS) == set()
