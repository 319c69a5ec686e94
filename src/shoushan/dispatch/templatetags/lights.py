"""A judged figure in the reader's words."""

from typing import Any

from django import template
from django.utils.translation import gettext

from shoushan.dispatch.lights import Judged
from shoushan.web import figures

register = template.Library()


@register.simple_tag(takes_context=True)
def why(context: template.Context, judged: Judged, measure: str) -> str:
    """The reason of a light, its figures in the goal's measure; money follows the switch."""
    unit: Any = getattr(context.get("request"), "money", None) or "yi"
    said = {name: figures.quantity(value, measure, unit=unit) for name, value in judged.params().items()}
    return gettext(judged.reason) % {**said, "margin": judged.margin}
