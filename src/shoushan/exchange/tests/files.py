"""Files as they arrive: made here byte by byte, so that no hostile file lies in the repository."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter

WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(parts: Mapping[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return made.getvalue()


def word(body: str, before: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD_SPACE}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": WORD_TYPES, "word/document.xml": document, **(parts or {})})


def excel(fill: Callable[[Any], None], **options: Any) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, **options}) as book:
        fill(book.add_worksheet("表"))
    return made.getvalue()


def table(*rows: Sequence[Any]) -> bytes:
    def fill(sheet: Any) -> None:
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value)

    return excel(fill)


def opened(data: bytes) -> Any:
    """The first sheet of a workbook, as another program sees it."""
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


SPEECH = "首善區二○二六年政府工作報告\n全年新簽約項目三百四十六個，招商引資到位資金增長百分之八。\n"
SPEECH_SIMPLIFIED = "首善区二○二六年政府工作报告\n全年新签约项目三百四十六个，招商引资到位资金增长百分之八。\n"
