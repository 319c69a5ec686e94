"""A judged figure in the reader's words."""

from typing import Any

from django import template
from django.utils.translation import gettext, ngettext

from shoushan.dispatch.lights import Judged
from shoushan.dispatch.queries.forecasts import Ends, HitRate, YearEnd
from shoushan.dispatch.queries.said import sentence_of, title_of
from shoushan.dispatch.queries.warnings import RULES
from shoushan.plans.models import Share
from shoushan.web import figures

register = template.Library()


@register.simple_tag(takes_context=True)
def why(context: template.Context, judged: Judged, measure: str) -> str:
    """The reason of a light, its figures in the goal's measure; money follows the switch."""
    unit: Any = getattr(context.get("request"), "money", None) or "yi"
    said = {name: figures.quantity(value, measure, unit=unit) for name, value in judged.params().items()}
    return gettext(judged.reason) % {**said, "margin": judged.margin}


@register.simple_tag(takes_context=True)
def alarm_said(context: template.Context, said: dict[str, Any]) -> str:
    """The sentence of one sign; money follows the switch."""
    return sentence_of(said, money=getattr(context.get("request"), "money", None) or "yi")


@register.simple_tag
def rule_word(key: str) -> Any:
    """What a rule is called."""
    return RULES.get(key, key)


@register.simple_tag
def said_title(said: dict[str, Any]) -> Any:
    return title_of(said)


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
