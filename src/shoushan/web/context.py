"""What every page's frame needs: the pages of this person, the district's name, the switches."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from shoushan.web import figures, navigation

# han: code in settings, tag in HTML, word on the switch (each in its own language, so never translated)
LANGUAGES = (("zh-hans", "zh-Hans", "简"), ("zh-hant", "zh-Hant", "繁"), ("en", "en", "EN"))
# The foot bar of a phone has room for three pages and the link to all.
FOOT = 3


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is asked of the database unless the frame is drawn."""
    language = get_language() or "zh-hans"
    unit = getattr(request, "money", "yi")
    return {
        "frame": SimpleLazyObject(lambda: _frame(request)),
        "html_lang": next((tag for code, tag, _ in LANGUAGES if code == language), "zh-Hans"),
        "languages": [
            {"code": code, "tag": tag, "label": label, "current": code == language} for code, tag, label in LANGUAGES
        ],
        "money_unit": unit,
        "money_switch": figures.money_switch(unit),
    }


def _frame(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    links = navigation.links(person, request.path) if signed_in else []
    return {
        "district": navigation.district(),
        "links": links,
        "top": navigation.top(person, request.path) if signed_in else [],
        "foot": [link for link in links if link.key != "help"][:FOOT],
    }
