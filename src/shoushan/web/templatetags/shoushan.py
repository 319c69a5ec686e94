"""The tags and filters of every page; they are built in, so no template loads them.

Figures   {% figure value unit places=1 against=target %}  {% money yuan %}  {% money yuan bare=True %}
          {% money_unit %}  {% quantity value indicator.measure %}  {{ n|number }}
          {{ share|percent }}  {{ gap|points }}
Days      {% due deadline %}  {{ d|day }}  {{ d|weekday }}  {{ at|moment }}  {{ at|until }}  {{ m|month }}
Signs     {% light "red" %}  {% light "red" word %}  {% bar verified reported scheduled "red" %}  {% chart line_chart %}
          {% waterfall parts %}
Words     {% doc %}…{% enddoc %}  {% panel title=… %}…{% endpanel %}  {% scroll label %}<table>…{% endscroll %}
Forms     {% errors form %}  {% field form.name %}  {% cell form.name %}  {% once %}  {% refusal error %}
Lists     {% pager page_obj %}  {% query page=2 %}
Frame     {% fixed "components/symbols.html" %}
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.web import charts, clock, dates, figures, refusals
from shoushan.web.lights import light as light_of
from shoushan.web.once import FIELD, new_key

register = template.Library()

register.filter("day", dates.day)
register.filter("weekday", dates.weekday)
register.filter("moment", dates.moment)
register.filter("until", dates.until)


@register.filter
def month(value: Month | date | str | None) -> str:
    return dates.month(value)


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    return figures.number(value, places)


@register.filter
def percent(share: Decimal | None) -> str:
    return figures.percent(share)


@register.filter
def points(difference: Decimal | None) -> str:
    return figures.points(difference)


@register.filter
def iso(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


def _unit(context: template.Context) -> str:
    return getattr(context.get("request"), "money", None) or context.get("money_unit") or "yi"


def _written(shown: figures.Figure, bare: bool) -> SafeString:
    """A figure that does not break from its unit, exact on hover."""
    unit = "" if bare or not shown.unit else format_html('<span class="unit">{}</span>', figures.joined(shown.unit))
    if shown.exact and shown.exact != str(shown):
        return format_html('<span class="n" title="{}">{}{}</span>', shown.exact, shown.text, unit)
    return format_html('<span class="n">{}{}</span>', shown.text, unit)


@register.simple_tag
def figure(
    value: Decimal | int | None,
    unit: str = "",
    places: int | None = None,
    against: Decimal | None = None,
    bare: bool = False,
) -> SafeString:
    """A plain figure with its unit; ``against`` is a threshold the rounding may not cross."""
    limits = [] if against is None else [against]
    return _written(figures.quantity(value, str(unit), places=places, against=limits), bare)


@register.simple_tag(takes_context=True)
def money(
    context: template.Context, amount_yuan: Decimal | int | None, against: Decimal | None = None, bare: bool = False
) -> SafeString:
    """An amount by the switch; ``bare`` where the unit stands in the column's head."""
    return _written(figures.money(amount_yuan, _unit(context), [] if against is None else [against]), bare)


@register.simple_tag(takes_context=True)
def money_unit(context: template.Context) -> str:
    return figures.money_unit(_unit(context))


@register.simple_tag(takes_context=True)
def quantity(
    context: template.Context,
    value: Decimal | int | None,
    measure: str,
    places: int | None = None,
    against: Decimal | None = None,
    bare: bool = False,
) -> SafeString:
    """A value of an indicator in its measure; money follows the switch."""
    limits = [] if against is None else [against]
    return _written(figures.quantity(value, measure, unit=_unit(context), places=places, against=limits), bare)


@register.simple_tag(takes_context=True)
def quantity_unit(context: template.Context, measure: str) -> str:
    """The unit of an indicator as the head of a column."""
    return figures.measure_words(measure, _unit(context))


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A part that depends on nothing but the language: rendered once for each, without a request to ask about."""
    return _fixed(name, get_language())


@functools.cache
def _fixed(name: str, _language: str | None) -> SafeString:
    return mark_safe(render_to_string(name).strip())  # noqa: S308 - a template's own output


LIGHT = '<{0} class="light {1}"{2}><svg aria-hidden="true"><use href="#{1}"/></svg>{3}</{0}>'


@register.simple_tag
def light(code: str, word: Any = "", href: str = "") -> SafeString:
    """A warning light: shape, word, colour; ``word`` takes the place of the usual one."""
    shown = light_of(code)
    link = format_html(' href="{}"', href) if href else ""
    return format_html(LIGHT, "a" if href else "span", shown.shape, link, word or shown.word)


@register.inclusion_tag("components/due.html")
def due(value: date | datetime | None) -> dict[str, Any]:
    """When something falls due; red with its shape once it is overdue."""
    words, late = dates.due(value, clock.today())
    return {"words": words, "late": late}


@register.simple_tag
def bar(
    verified: Decimal | None,
    reported: Decimal | None = None,
    scheduled: Decimal | None = None,
    code: str = "grey",
) -> SafeString:
    return charts.bar(verified, reported, scheduled, code)


@register.inclusion_tag("components/chart.html")
def chart(drawn: charts.LineChart) -> dict[str, Any]:
    """A line against its schedule, with the same figures as a table."""
    return {"chart": drawn}


@register.inclusion_tag("components/waterfall.html")
def waterfall(drawn: charts.Waterfall) -> dict[str, Any]:
    """How parts add up to a total; the table is the drawing."""
    return {"chart": drawn}


@register.inclusion_tag("components/month_bars.html")
def month_bars(drawn: charts.MonthBars) -> dict[str, Any]:
    return {"chart": drawn}


@register.simple_block_tag
def doc(content: str, href: str = "") -> SafeString:
    """A document's own words, in its own voice."""
    if href:
        return format_html('<a class="doc" href="{}">{}</a>', href, content)
    return format_html('<span class="doc">{}</span>', content)


@register.simple_block_tag
def panel(content: str, title: Any = "", key: str = "", note: Any = "") -> SafeString:
    """A framed part of a page with its heading; ``key`` makes it a place to link to."""
    if not title:
        return format_html('<section class="panel pad">{}</section>', content)
    small = format_html('<span class="small soft">{}</span>', note) if note else ""
    name = key or f"p{crc32(str(title).encode())}"
    return format_html(
        '<section class="panel" aria-labelledby="{0}"><div class="cap"><h2 id="{0}">{1}</h2>{2}</div>'
        '<div class="body">{3}</div></section>',
        name,
        title,
        small,
        content,
    )


@register.simple_block_tag
def scroll(content: str, label: Any) -> SafeString:
    """A table that may be wider than a phone: it scrolls by itself, also by keyboard."""
    return format_html('<div class="scroll" tabindex="0" role="group" aria-label="{}">{}</div>', label, content)


@register.inclusion_tag("components/errors.html")
def errors(*forms: BaseForm | Sequence[BaseForm]) -> dict[str, Any]:
    """The summary above a form, or several: takes focus, links to the fields, the same words as there."""
    found: list[dict[str, Any]] = []
    for form in (form for given in forms for form in ([given] if isinstance(given, BaseForm) else given)):
        if not form.is_bound:
            continue
        for name, messages in form.errors.items():
            place = _place(form[name]) if name in form.fields else {}
            found += [{**place, "message": message} for message in messages]
    return {"errors": found}


def _place(field: BoundField) -> dict[str, str]:
    """Where an error's link leads, and the name it says; of a choice, the first button."""
    return {"target": field.id_for_label or f"{field.auto_id}_0", "label": str(field.label)}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: str = "") -> dict[str, Any]:
    """One field: label, hint, error, widget; ``unit`` stands behind the input."""
    return {"field": bound, "unit": unit}


CELL = '<span class="cell{}"><label class="sr" for="{}">{}</label>{}{}</span>'


@register.simple_tag
def cell(bound: BoundField) -> SafeString:
    """One field in a row of a table: its label is for readers of screens alone, its error stands below."""
    mistake = ""
    if bound.errors:
        said = " ".join(map(str, bound.errors))
        mistake = format_html('<span class="mistake" id="{}_error">{}</span>', bound.auto_id, said)
    return format_html(CELL, " wrong" if mistake else "", bound.id_for_label, bound.label, bound, mistake)


@register.simple_tag
def once() -> SafeString:
    """The hidden key by which a form posted twice is taken once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())


@register.inclusion_tag("components/refusal.html")
def refusal(error: Refusal) -> dict[str, Any]:
    """What was refused, why, and what would make it possible."""
    return {"refusals": refusals.say_all(error)}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Earlier and later pages, the filter kept in the address."""
    return {"page": page, "request": context.get("request")}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present address's query with some parts changed; an empty value takes a part away."""
    request = context.get("request")
    parts = request.GET.copy() if request is not None else None
    if parts is None:
        return ""
    for name, value in changes.items():
        if value in (None, ""):
            parts.pop(name, None)
        else:
            parts[name] = str(value)
    return f"?{parts.urlencode()}"
