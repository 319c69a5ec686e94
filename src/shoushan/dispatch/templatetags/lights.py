"""A judged figure in the reader's words."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext, ngettext

from shoushan.dispatch.lights import Judged
from shoushan.dispatch.queries.forecasts import Ends, HitRate, YearEnd
from shoushan.dispatch.queries.warnings import RULES
from shoushan.plans.models import Share
from shoushan.registers.lines import all_lines
from shoushan.web import dates, figures

register = template.Library()


@register.simple_tag(takes_context=True)
def why(context: template.Context, judged: Judged, measure: str) -> str:
    """The reason of a light, its figures in the goal's measure; money follows the switch."""
    unit: Any = getattr(context.get("request"), "money", None) or "yi"
    said = {name: figures.quantity(value, measure, unit=unit) for name, value in judged.params().items()}
    return gettext(judged.reason) % {**said, "margin": judged.margin}


@register.simple_tag(takes_context=True)
def alarm_said(context: template.Context, said: dict[str, Any]) -> str:
    """The sentence of one sign, its figures in their measures and its days as days."""
    unit: Any = getattr(context.get("request"), "money", None) or "yi"
    sentence: str = said["sentence"]
    return gettext(sentence) % {name: _word(value, unit) for name, value in said["params"].items()}


def _word(value: Any, unit: Any) -> Any:
    if isinstance(value, dict):
        return figures.quantity(Decimal(value["amount"]), value["measure"], unit=unit)
    return dates.day(date.fromisoformat(value)) if isinstance(value, str) and DAY.fullmatch(value) else value


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@register.simple_tag
def rule_word(key: str) -> Any:
    """What a rule is called."""
    return RULES.get(key, key)


@register.simple_tag
def said_title(said: dict[str, Any]) -> Any:
    """What a sign is about: a register is named by its label in the reader's language."""
    if said["rule"] == "stage.late":
        return next((line.label for line in all_lines() if line.key == said["title"]), said["title"])
    return said["title"]


@register.simple_tag(takes_context=True)
def year_end_said(context: template.Context, end: YearEnd, measure: str) -> str:
    """“Year end probably A to B (80 %)”, from how many years."""
    said = ngettext(
        "Year end probably %(low)s to %(high)s (80 %%), from the months so far and %(years)s past year.",
        "Year end probably %(low)s to %(high)s (80 %%), from the months so far and %(years)s past years.",
        end.past_years,
    )
    return said % {**_span(context, end, measure), "years": end.past_years}


@register.simple_tag(takes_context=True)
def year_end_of(context: template.Context, ends: Ends, share: Share, measure: str) -> str:
    """A unit's year end in a table: the span, or why there is none."""
    end = ends.by_share.get(share.pk)
    if end is None or end.reason:
        return reason_of(end) if end else "—"
    return gettext("%(low)s to %(high)s") % _span(context, end, measure)


@register.simple_tag
def reason_of(end: YearEnd) -> str:
    return gettext(end.reason)


@register.simple_tag
def hits_said(hits: HitRate) -> str:
    """How often earlier forecasts of this figure held; a small number is said to be one."""
    if not hits.compared:
        return gettext("No earlier forecast of this figure can be compared yet.")
    said = gettext("Of %(count)s earlier forecasts %(held)s held (%(share)s).")
    words = said % {"count": hits.compared, "held": hits.held, "share": figures.percent(hits.share)}
    if not hits.is_small:
        return words
    few = gettext("So few say little.")
    return f"{words} {few}"


def _span(context: template.Context, end: YearEnd, measure: str) -> dict[str, Any]:
    unit: Any = getattr(context.get("request"), "money", None) or "yi"
    return {
        "low": figures.quantity(end.low, measure, unit=unit),
        "high": figures.quantity(end.high, measure, unit=unit),
    }
