"""What every page's frame needs: the pages of this person, the district's name, the switches.

Most of it is the same for whoever may open the same pages in the same language, so it is drawn once and kept as a
finished string, under all that it says: nothing that is drawn here knows who asks.
"""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shoushan.web import figures, navigation

# han: code in settings, tag in HTML, word on the switch (each in its own language, so never translated)
LANGUAGES = (("zh-hans", "zh-Hans", "简"), ("zh-hant", "zh-Hant", "繁"), ("en", "en", "EN"))
# The foot bar of a phone has room for three pages and the link to all.
FOOT = 3
KEPT = 1024
NOW = format_html(' aria-current="{}"', "true")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is asked of the database unless the frame is drawn."""
    language = get_language() or "zh-hans"
    unit = getattr(request, "money", "yi")
    return {
        "frame": SimpleLazyObject(lambda: _frame(request, language)),
        "html_lang": next((tag for code, tag, _ in LANGUAGES if code == language), "zh-Hans"),
        "languages": _languages(language),
        "money_unit": unit,
        "money_switch": _money(unit, language),
    }


def _frame(request: HttpRequest, language: str) -> dict[str, Any]:
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    links = navigation.links(person, request.path) if signed_in else []
    return {
        "district": navigation.district(),
        "links": links,
        "side": _drawn("side", links, language),
        "top": _drawn("top", navigation.top(person, request.path) if signed_in else [], language),
        "foot": _drawn("foot", [link for link in links if link.key != "help"][:FOOT], language),
    }


def _drawn(part: str, links: list[navigation.Link], language: str) -> SafeString:
    return _part(part, tuple(links), language) if links else mark_safe("")


@functools.lru_cache(KEPT)
def _part(part: str, links: tuple[navigation.Link, ...], _language: str) -> SafeString:
    return mark_safe(render_to_string(f"components/{part}.html", {"links": links}).strip())  # noqa: S308 - a template


@functools.cache
def _languages(language: str) -> SafeString:
    return format_html_join(
        "\n",
        '<button type="submit" name="language" value="{}" lang="{}"{}>{}</button>',
        ((code, tag, NOW if code == language else "", label) for code, tag, label in LANGUAGES),
    )


@functools.cache
def _money(unit: str, _language: str) -> SafeString:
    return format_html_join(
        "\n",
        '<button type="submit" name="money" value="{}" title="{}"{}>{}</button>',
        (
            (choice["key"], choice["name"], NOW if choice["current"] else "", choice["label"])
            for choice in figures.money_switch(unit)
        ),
    )
