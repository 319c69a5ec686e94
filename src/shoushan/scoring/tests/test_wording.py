"""Every sentence of scoring is there in three languages, with the same places to fill."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from shoushan.core.errors import Refusal
from shoushan.scoring.wording import LANGUAGES, say, say_refusal

PACKAGE = Path(__file__).parents[1]
SENTENCES = {
    str(message[2])
    for message in extract_from_dir(
        PACKAGE, method_map=[("tests/**", "ignore"), ("**.py", "python")], keywords={"mark": None}
    )
}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_is_translated(language: str) -> None:
    untranslated = {each for each in SENTENCES if say(each, language) == each}

    assert len(SENTENCES) > 100
    assert untranslated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_places(language: str) -> None:
    for sentence in SENTENCES:
        assert set(re.findall(r"%\((\w+)\)s|%%", say(sentence, language))) == set(
            re.findall(r"%\((\w+)\)s|%%", sentence)
        )


def test_the_two_scripts_are_kept_apart() -> None:
    assert say("not evaluable", "zh-hans") == "不可评"
    assert say("not evaluable", "zh-hant") == "不可評"


def test_a_refusal_without_a_hint_says_what_it_has() -> None:
    assert say_refusal(Refusal("x.y", "scored"), "en") == "scored [x.y]"
