"""Every sentence of this folder is said in both scripts, with the same places to fill."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parent.parent
PLACES = re.compile(r"%\(\w+\)s|{\w+}")
SAYING = {"mark": 1, "pgettext": 2}


def sentences() -> set[tuple[str | None, str]]:
    found: set[tuple[str | None, str]] = set()
    for file in HERE.glob("**/*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                *context, sentence = [ast.literal_eval(part) for part in node.args]
                found.add((context[0] if context else None, sentence))
    return found


@pytest.mark.parametrize("script", ["zh_Hans", "zh_Hant"])
def test_every_sentence_is_translated_and_none_is_left_over(script: str) -> None:
    with (HERE / "locale" / script / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = [message for message in read_po(file) if message.id]

    assert {(message.context, message.id) for message in catalogue} == sentences()
    for message in catalogue:
        assert message.string
        assert message.string != message.id
        assert set(PLACES.findall(str(message.string))) == set(PLACES.findall(str(message.id)))
