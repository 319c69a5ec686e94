"""Warning lights as they are shown: always shape, word and colour together (预警)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Light:
    """How one light looks: its class in the styles, its shape in the symbol sheet, its word."""

    shape: str
    word: Any


LIGHTS = {
    "red": Light("bad", _("Behind")),
    "yellow": Light("warn", _("Slow")),
    "green": Light("ok", _("On course")),
    "grey": Light("none", _("Not evaluable")),
    "not_due": Light("none", _("Not due yet")),
    "no_data": Light("none", _("No data")),
    "no_indicator": Light("none", _("No indicator set")),
}


def light(code: str) -> Light:
    """The light of a code; anything unknown is grey, never green."""
    return LIGHTS.get(code, LIGHTS["grey"])
