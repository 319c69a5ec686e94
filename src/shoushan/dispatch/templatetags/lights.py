"""A judged figure in the reader's words."""

from django import template

from shoushan.core.errors import Refusal
from shoushan.dispatch.lights import Judged
from shoushan.web import refusals

register = template.Library()


@register.filter
def why(judged: Judged) -> str:
    """The reason of a light, with its figures written as on every page."""
    return refusals.say(Refusal("light.reason", judged.reason, params=judged.params())).message
