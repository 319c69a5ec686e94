"""{% history thing %}: what happened to a thing, newest first, each with its place in the ledger."""

from __future__ import annotations

from typing import Any

from django import template

from shoushan.ledger.models import Ledgered
from shoushan.orgs.timeline import told

register = template.Library()


@register.inclusion_tag("components/timeline.html")
def history(*things: Ledgered) -> dict[str, Any]:
    return {"events": told(*things)}
