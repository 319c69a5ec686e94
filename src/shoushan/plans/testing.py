"""What a test of reported figures says of them, where it is not about that."""

from __future__ import annotations

from datetime import date
from typing import Any

# why people type it: who needs it, why no register has it, until when it is asked
NEEDED: dict[str, Any] = {
    "needed_by": "人社局",
    "why_reported": "没有这项台账",
    "asked_until": date(2030, 12, 31),
}
