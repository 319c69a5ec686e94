"""The sentences of scoring in the reader's language, from this package's own catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from shoushan.core.errors import Refusal
from shoushan.scoring.questions import OpenQuestion

LANGUAGES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant", "en": ""}


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    if not LANGUAGES[language]:
        return {}
    file = Path(__file__).parent / "locale" / LANGUAGES[language] / "LC_MESSAGES" / "django.po"
    with file.open("rb") as content:
        return {str(message.id): str(message.string) for message in read_po(content) if message.id and message.string}


def say(sentence: str, language: str, params: Mapping[str, Any] | None = None) -> str:
    """A marked sentence in a language, its places filled; English where no catalogue has it."""
    said = _catalogue(language).get(sentence, sentence)
    return said % params if params is not None else said


def say_refusal(refusal: Refusal, language: str) -> str:
    """What a refusal says, and what would make it possible."""
    said = [say(part, language, refusal.params) for part in (refusal.message, refusal.hint) if part]
    if isinstance(refusal, OpenQuestion):
        said += [f"\n  {say(answer, language)}" for answer in refusal.answers.values()]
    place = f"{refusal.params['at']}: " if ":" in str(refusal.params.get("at", "")) else ""
    return f"{place}{' '.join(said)} [{refusal.code}]"


def language_of(environment: Mapping[str, str]) -> str:
    """The language the terminal asks for.

    >>> language_of({"LANG": "zh_TW.UTF-8"}), language_of({"LANG": "zh_CN.UTF-8"}), language_of({})
    ('zh-hant', 'zh-hans', 'en')
    """
    asked = environment.get("LC_ALL") or environment.get("LANG") or ""
    if not asked.startswith("zh"):
        return "en"
    return "zh-hant" if asked.startswith(("zh_TW", "zh_HK", "zh_MO", "zh_Hant")) else "zh-hans"
