"""A letter on paper: the same letter gives the same bytes, in three languages, and its data are never markup."""

from __future__ import annotations

import re
import zlib

import pytest

from shoushan.exchange import paper

TARGET = {
    "number": 1,
    "indicator": "新签约招商项目",
    "definition": "签订正式合同的项目",
    "unit": "个",
    "target": "70",
    "schedule": ["15", "35", "52", "70"],
    "source": "招商台账",
    "words": "全年新签约项目346个。",
}
LETTER = {
    "title": "2026年度目标管理责任状",
    "district": "首善区",
    "unit": "河西街道办事处",
    "year": 2026,
    "issuer": {"unit": "首善区人民政府", "post": "区长", "person": "林致远"},
    "receiver": {"unit": "河西街道办事处", "post": "主任", "person": "赵文清"},
    "basis": ["2026年政府工作报告。"],
    "approval": None,
    "targets": [TARGET],
    "clauses": ["如实填报。"],
    "rewards": "按已公布的考核办法兑现。",
    "term": "2026年。",
    "copies": "一式两份。",
    "signatures": [
        {"party": "首善区人民政府", "post": "区长", "person": "林致远", "signed_on": "2026-01-08"},
        {"party": "河西街道办事处", "post": "主任", "person": "赵文清", "signed_on": ""},
    ],
    "version": 1,
    "state_words": "",
    "hash": "9f2c11aa0b3c4d5e",
    "language": "zh-hans",
}


def pages(pdf: bytes) -> list[tuple[float, float]]:
    """The sizes of a document's pages in millimetres, wherever the page objects are packed."""
    packed = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(x[\x01\x5e\x9c\xda].*?)endstream", pdf, re.S)]
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", b"".join([pdf, *packed]))
    return [(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in boxes]


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert paper.letter_pdf(LETTER) == paper.letter_pdf(LETTER)


def test_the_letter_is_a4_with_its_annex_across() -> None:
    sizes = pages(paper.letter_pdf(LETTER))

    assert sizes[0] == (210, 297)
    assert sizes[-1] == (297, 210)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_letter_speaks_its_own_language(language: str) -> None:
    words = paper._fixed_words(language)

    assert all(words.values())
    assert len(words["quarters"].split("|")) == 4
    assert len(words["numerals"].split("|")) == 9
    assert paper.letter_pdf({**LETTER, "language": language}).startswith(b"%PDF-")


def test_the_three_languages_differ() -> None:
    assert len({paper._fixed_words(language)["measures"] for language in ("zh-hans", "zh-hant", "en")}) == 3


def test_data_are_printed_and_never_carried_out() -> None:
    hostile = '#panic("x") $ *a* #read("/etc/passwd") "] ) } \\u{202e}'
    letter = {
        **LETTER,
        "title": hostile,
        "clauses": [hostile],
        "targets": [{**TARGET, "indicator": hostile, "target": hostile}],
    }

    assert paper.letter_pdf(letter).startswith(b"%PDF-")


def test_a_draft_and_the_letter_in_force_differ() -> None:
    assert paper.letter_pdf(LETTER) != paper.letter_pdf({**LETTER, "state_words": "草稿 未生效"})


def test_an_approval_is_named_with_its_document() -> None:
    approval = {
        "document": "批复",
        "number": "首政发〔2026〕1号",
        "date": "2026-01-05",
        "approver": "首善区人民政府",
        "expires": "2026-12-31",
    }

    assert paper.letter_pdf({**LETTER, "approval": approval}) != paper.letter_pdf(LETTER)


def test_a_letter_almost_without_parts_is_still_a_page() -> None:
    bare = {
        **LETTER,
        "targets": [],
        "clauses": [],
        "basis": [],
        "signatures": [],
        "hash": "",
        "rewards": "",
        "term": "",
    }

    assert pages(paper.letter_pdf(bare))


def test_every_face_has_a_font_that_is_there() -> None:
    for language in ("zh-hans", "zh-hant", "en"):
        assert all(paper._faces(language).values())
