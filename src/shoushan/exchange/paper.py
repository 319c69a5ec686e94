"""Letters as pages of paper: a Typst template of ours reads the figures as JSON; no data is ever markup.

A letter (责任状) is this; texts are plain, dates ISO texts, figures the texts to print, absent ones ``""`` or ``[]``::

    {"title": "2026年度目标管理责任状", "district": "首善区", "unit": "河西街道办事处", "year": 2026,
     "issuer": {"unit": "首善区人民政府", "post": "区长", "person": "林致远"},
     "receiver": {"unit": "河西街道办事处", "post": "主任", "person": "赵文清"},
     "basis": ["2026年区政府工作报告", …],
     "approval": {"document": …, "number": …, "date": "2026-01-05", "approver": …, "expires": "2026-12-31"} or None,
     "targets": [{"number": 1, "indicator": …, "definition": …, "unit": "个", "target": "70",
                  "schedule": ["15", "35", "52", "70"], "source": …, "words": "the sentence of the speech"}, …],
     "clauses": ["a measure", …], "rewards": "which points to the published scheme", "term": …, "copies": "一式两份…",
     "signatures": [{"party": …, "post": …, "person": …, "signed_on": "2026-01-08" or ""}, …],
     "version": 1, "state_words": "草稿 未生效" (printed across the page; "" once in force),
     "hash": "9f2c…", "language": "zh-hans", "on": "2026-01-05" (the date in the file's own description)}
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
import typst
from django.utils import translation
from django.utils.translation import pgettext

PAPERS = Path(__file__).parent / "papers"
FONT_FOLDERS = (
    Path(noto_cjk_sans_otc.FONT_FILE).parent,
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
)
# GB/T 9704: body 仿宋, title 小标宋, headings 黑 and 楷. Where a face is not installed the next in line is taken.
FACES = {
    "body": ("FangSong", "FangSong_GB2312", "STFangsong", "FandolFang R", "Noto Serif CJK {place}"),
    "title": ("FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK {place}"),
    "heading": ("SimHei", "FandolHei", "Noto Sans CJK {place}"),
    "quote": ("KaiTi", "KaiTi_GB2312", "STKaiti", "FandolKai", "Noto Serif CJK {place}"),
    "figure": ("SimSun", "FandolSong", "Noto Serif CJK {place}"),
}
# Fandol lacks Traditional characters, so a Traditional letter does not mix it in.
SIMPLIFIED_ONLY = re.compile("Fandol|GB2312|FZXiao")


def letter_pdf(letter: Mapping[str, Any]) -> bytes:
    """A letter on A4 after GB/T 9704; the same letter gives the same bytes."""
    return document_pdf("letter", letter)


def document_pdf(template_name: str, data: Mapping[str, Any]) -> bytes:
    """Any of ``papers/`` filled with data; ``language`` chooses its fixed words, ``on`` dates the file."""
    language = str(data.get("language") or "zh-hans")
    given = {
        **data,
        "language": "zh" if language.startswith("zh") else language,
        "region": "TW" if language == "zh-hant" else "CN",
        "said": _fixed_words(language),
        "faces": _faces(language),
    }
    made: bytes = typst.compile(
        str(PAPERS / f"{template_name}.typ"),
        root=str(PAPERS),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(given, ensure_ascii=False, sort_keys=True, default=str)},
        timestamp=_noon(data),
        pdf_standards="a-2b",
    )
    return made


def _noon(data: Mapping[str, Any]) -> datetime:
    """The file's date comes from the data, never from a clock."""
    given = str(data.get("on") or (data.get("approval") or {}).get("date") or f"{data.get('year') or 2000}-01-01")
    day = date.fromisoformat(given[:10])
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[str(folder) for folder in FONT_FOLDERS if folder.is_dir()])


@cache
def _families() -> frozenset[str]:
    return frozenset(_fonts().families())


@cache
def _faces(language: str) -> dict[str, list[str]]:
    traditional = language == "zh-hant"
    place = "TC" if traditional else "SC"
    last = f"Noto Sans CJK {place}"
    return {
        use: [
            name
            for name in (*(wanted.format(place=place) for wanted in faces), last)
            if name in _families() and not (traditional and SIMPLIFIED_ONLY.search(name))
        ]
        for use, faces in FACES.items()
    }


def _fixed_words(language: str) -> dict[str, str]:
    """The words every letter has, in the letter's language and not the reader's."""
    with translation.override(language):
        return {
            "parties": pgettext("letter", "The two parties"),
            "issuer": pgettext("letter", "Issued by"),
            "receiver": pgettext("letter", "Taken on by"),
            "basis": pgettext("letter", "Basis"),
            "approval": pgettext("letter", "Approval"),
            "expires": pgettext("letter", "expires "),
            "targets": pgettext("letter", "Targets"),
            "see_annex": pgettext(
                "letter",
                "The targets, their definitions and their schedule stand in the annex, which is part of this letter.",
            ),
            "measures": pgettext("letter", "Measures"),
            "rewards": pgettext("letter", "Rewards and criticism"),
            "term": pgettext("letter", "Term"),
            "copies": pgettext("letter", "Copies"),
            "sign_here": pgettext("letter", "Signature"),
            "seal": pgettext("letter", "Seal"),
            "annex": pgettext("letter", "Annex: targets"),
            "number": pgettext("letter", "No."),
            "indicator": pgettext("letter", "Indicator"),
            "definition": pgettext("letter", "Definition"),
            "unit": pgettext("letter", "Unit of measure"),
            "target": pgettext("letter", "Target"),
            "schedule": pgettext("letter", "Schedule, to date"),
            "quarters": pgettext("letter", "Mar|Jun|Sep|Dec"),
            "source": pgettext("letter", "Source of the figure"),
            "words": pgettext("letter", "In the document's words:"),
            "version": pgettext("letter", "Version"),
            "hash": pgettext("letter", "Check code"),
            "date": pgettext("letter", "{year}-{month}-{day}"),
            "blank_date": pgettext("letter", "Date:"),
            "stop": pgettext("letter", "."),
            "colon": pgettext("letter", ": "),
            "comma": pgettext("letter", ", "),
            "brackets": pgettext("letter", " ({inside})"),
            "numerals": pgettext("letter", "1|2|3|4|5|6|7|8|9"),
            "after_numeral": pgettext("letter", ". "),
        }
