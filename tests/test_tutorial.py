"""The tutorial names only addresses, commands and indicators that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.urls import is_valid_path

from shoushan.config.command import COMMANDS

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "tutorial" / "a-year-in-fifteen-minutes.md").read_text(encoding="utf-8")
DISTRICT = yaml.safe_load((ROOT / "examples" / "district.yaml").read_text(encoding="utf-8"))


def test_it_has_the_eleven_steps_in_order() -> None:
    assert re.findall(r"^## (\d+)\.", TEXT, re.MULTILINE) == [str(number) for number in range(1, 12)]


@pytest.mark.parametrize("address", sorted(set(re.findall(r"(?:`|PORT)(/[a-z][^`\s?]*)", TEXT))))
def test_every_address_it_names_exists(address: str) -> None:
    assert is_valid_path(address)


@pytest.mark.parametrize("word", sorted(set(re.findall(r"shoushan ([a-z]+)", TEXT))))
def test_every_command_it_names_exists(word: str) -> None:
    assert word in COMMANDS


@pytest.mark.parametrize("key", sorted(set(re.findall(r"(?:values/|`)([a-z]+\.[a-z]+)(?=`|\s)", TEXT))))
def test_every_indicator_it_names_is_the_demonstrations(key: str) -> None:
    assert key in DISTRICT["indicators"]
