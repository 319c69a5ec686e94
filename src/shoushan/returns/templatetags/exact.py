"""{{ value|exact }}: an amount of money to the last yuan, for whoever decides whether it is true."""

from __future__ import annotations

from django import template

from shoushan.returns.models import Value
from shoushan.web import figures

register = template.Library()


@register.filter
def exact(value: Value) -> str:
    """The whole amount where the page shows it in larger units; nothing where it is shown whole already."""
    shown = figures.quantity(value.amount, value.indicator.measure, unit="yuan")
    return f"{shown.text}{figures.joined(shown.unit)}" if value.indicator.measure == "yuan" and shown.unit else ""
