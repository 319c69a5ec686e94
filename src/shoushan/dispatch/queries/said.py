"""What an alarm says, in the reader's words: the same on the page and in the API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from shoushan.registers.lines import all_lines
from shoushan.web import dates, figures

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sentence_of(said: Mapping[str, Any], *, money: Any = "yi") -> str:
    """The sentence of one sign, its figures in their measures and its days as days."""
    sentence: str = said["sentence"]
    return gettext(sentence) % {name: _word(value, money) for name, value in said["params"].items()}


def _word(value: Any, money: Any) -> Any:
    if isinstance(value, dict):
        return figures.quantity(Decimal(value["amount"]), value["measure"], unit=money)
    return dates.day(date.fromisoformat(value)) if isinstance(value, str) and DAY.fullmatch(value) else value


def title_of(said: Mapping[str, Any]) -> Any:
    """What a sign is about: a register is named by its label in the reader's language."""
    if said["rule"] == "stage.late":
        return next((line.label for line in all_lines() if line.key == said["title"]), said["title"])
    return said["title"]
