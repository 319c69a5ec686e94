"""The tutorial names only addresses, commands and words of pages that exist; its steps are walked by the journeys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import is_valid_path

from shoushan.config.command import COMMANDS

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "tutorial" / "a-year-in-fifteen-minutes.md").read_text(encoding="utf-8")


def test_it_has_the_eleven_steps_in_order() -> None:
    assert re.findall(r"^## (\d+)\.", TEXT, re.MULTILINE) == [str(number) for number in range(1, 12)]


@pytest.mark.parametrize("address", sorted(set(re.findall(r"(?:`|PORT)(/[a-z][^`\s?]*)", TEXT))))
def test_every_address_it_names_exists(address: str) -> None:
    assert is_valid_path(address)


@pytest.mark.parametrize("word", sorted(set(re.findall(r"shoushan ([a-z]+)", TEXT))))
def test_every_command_it_names_exists(word: str) -> None:
    assert word in COMMANDS


# what a reader is told to press or to look for, in the words of the pages and of the demonstration
PAGES = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("src/**/locale/zh_Hans/LC_MESSAGES/django.po"))
SHOWN = PAGES + (ROOT / "examples" / "district.yaml").read_text(encoding="utf-8")
PROSE = "\n".join(line for line in TEXT.splitlines() if not line.startswith("    "))


@pytest.mark.parametrize("words", sorted(set(re.findall(r"[\u4e00-\u9fff]+", PROSE))))
def test_every_word_it_points_at_is_shown(words: str) -> None:
    assert words in SHOWN
