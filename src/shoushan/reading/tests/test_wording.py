"""Every sentence of the reader is said in all three languages."""

from __future__ import annotations

import pytest

from shoushan.reading import contradictions
from shoushan.reading.contradictions import ADDS_UP, DIFFERS, TWICE
from shoushan.reading.reasons import REASONS
from shoushan.reading.wording import language_of, say

SENTENCES = [*REASONS.values(), ADDS_UP, DIFFERS, TWICE]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_translated(sentence: str, language: str) -> None:
    said = say(sentence, language)

    assert said != sentence
    assert any("\u3400" <= sign <= "\u9fff" for sign in said)


def test_the_terminal_says_its_language() -> None:
    said = [language_of({"LANG": name}) for name in ("zh_TW.UTF-8", "zh_CN.UTF-8", "C")]

    assert said == ["zh-hant", "zh-hans", "en"]


def test_nothing_is_said_of_nothing() -> None:
    assert contradictions("", []) == []
