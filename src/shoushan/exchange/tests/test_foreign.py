"""Texts in every encoding offices use, workbooks that would kill a server: a right result or a clear refusal."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shoushan.core.errors import Refusal
from shoushan.exchange import confined, foreign, gate
from shoushan.exchange.parsers import excel as excel_parser
from shoushan.exchange.tests import files


def refused(data: bytes, name: str) -> Refusal:
    read = foreign.read_sheet if name.endswith(("xlsx", "csv")) else foreign.read_text
    with pytest.raises(Refusal) as caught:
        read(data, name)
    assert str(caught.value)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("speech", [files.SPEECH, files.SPEECH_SIMPLIFIED])
def test_a_text_is_read_in_the_encoding_it_came_in(encoding: str, speech: str) -> None:
    if encoding == "big5" and speech == files.SPEECH_SIMPLIFIED:
        pytest.skip("Big5 has no Simplified characters")
    before = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    speech = speech.replace("○", "0")

    assert foreign.read_text(before + speech.encode(encoding), "讲话.txt").text == speech


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_one_kind(end: str) -> None:
    assert foreign.read_text(end.join(["甲", "乙", "丙"]).encode(), "a.txt").text == "甲\n乙\n丙"


def test_noise_that_decodes_is_still_no_text() -> None:
    assert refused(b"\xb0\xa1\x01\x02\x03", "a.txt").code == "file.content"
    assert refused(bytes(range(128, 256)), "a.txt").code == "file.content"
    assert refused("一\0二".encode("utf-16"), "a.txt").code == "file.content"


def test_blank_space_is_no_text() -> None:
    assert refused(b" \r\n\t ", "a.txt").code == "file.no_words"
    assert refused(files.word("<w:p/>"), "a.docx").code == "file.no_words"


def test_a_text_of_twenty_megabytes_is_refused_at_once() -> None:
    started = time.monotonic()

    assert refused(("目标" * 3_300_000).encode(), "a.txt").code == "file.too_long"
    assert time.monotonic() - started < 5


def test_a_pdf_says_what_to_upload_instead() -> None:
    assert refused(b"%PDF-1.7 /XObject", "a.pdf").code == "file.scan"
    assert "PDF" in refused(b"%PDF-1.7 /Font", "a.pdf").message


def test_a_word_document_is_read_as_printed() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr><w:r><w:t>一、目标</w:t><w:tab/>"
        "<w:t>二</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>70</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl><w:p><w:r><w:t>完</w:t><w:br/><w:t>了</w:t></w:r></w:p>"
    )

    assert foreign.read_text(files.word(body), "a.docx").text == "一、目标\t二\n甲\t70\t\n完\n了"


def test_a_broken_word_document_is_damaged() -> None:
    assert refused(files.word("<w:p><w:r>"), "a.docx").code == "file.damaged"


def test_cells_at_both_ends_of_a_sheet_do_not_end_the_server(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    book.save(tmp_path / "far.xlsx")

    refusal = refused((tmp_path / "far.xlsx").read_bytes(), "far.xlsx")

    assert refusal.code == "sheet.too_large"
    assert "XFD1048576" in str(refusal)


def test_far_cells_that_are_only_coloured_do_not_matter(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    visible = book.worksheets[0]
    visible["A1"] = "x"
    visible["XFD900000"].number_format = "0.00"
    book.create_sheet("hidden").sheet_state = "hidden"
    book["hidden"]["XFD1048576"] = 1
    book.save(tmp_path / "far.xlsx")

    (sheet,) = foreign.read_sheet((tmp_path / "far.xlsx").read_bytes(), "far.xlsx").sheets

    assert [[cell.value for cell in row] for row in sheet.rows] == [["x"]]


def test_a_parser_that_is_killed_becomes_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text("import os; os.abort()")
    monkeypatch.setattr(confined, "CHILD", child)

    assert refused(files.table(["a"]), "a.xlsx").code == "file.damaged"


def test_a_parser_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text("import os, time, sys; print(os.getpid(), file=open(sys.argv[0] + '.pid', 'w')); time.sleep(60)")
    monkeypatch.setattr(confined, "CHILD", child)
    monkeypatch.setattr(confined, "WALL_SECONDS", 1)

    assert refused(files.table(["a"]), "a.xlsx").code == "file.damaged"
    with pytest.raises(ProcessLookupError):
        os.kill(int(Path(f"{child}.pid").read_text()), 0)


def test_the_child_has_no_environment_and_little_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOUSHAN_SECRET_KEY", "secret")
    child = tmp_path / "parsers" / "child.py"
    child.parent.mkdir()
    child.write_text((confined.CHILD).read_text())
    (child.parent / "spy.py").write_text(
        "import os, resource\n"
        "def parse(data):\n"
        "    try:\n"
        "        bytearray(2 * 1024**3)\n"
        "    except MemoryError:\n"
        "        held = True\n"
        "    return {'environment': dict(os.environ), 'held': held, 'folder': os.getcwd(),\n"
        "            'cpu': resource.getrlimit(resource.RLIMIT_CPU)[0]}\n"
    )
    monkeypatch.setattr(confined, "CHILD", child)

    found = confined.parse("spy", b"")

    assert "secret" not in str(found["environment"])
    assert not found["environment"].keys() - {"LC_CTYPE"}
    assert found["held"] is True
    assert found["cpu"] == 10
    assert not Path(found["folder"]).exists()


def test_a_workbook_with_one_enormous_text_is_a_bomb() -> None:
    shared = b"<sst><si><t>" + b"x" * 210_000_000 + b"</t></si></sst>"

    assert refused(files.archive(_workbook_parts(shared)), "a.xlsx").code == "file.bomb"


def _workbook_parts(shared: bytes) -> dict[str, str | bytes]:
    types = '<Types><Override PartName="/xl/workbook.xml" ContentType="' + gate.EXCEL + '.main+xml"/></Types>'
    return {"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": shared}


def test_a_workbook_without_sheets_is_damaged() -> None:
    assert refused(files.archive(_workbook_parts(b"<sst/>")), "a.xlsx").code == "file.damaged"


def test_formulas_are_told_and_never_carried_out() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_formula(0, 0, "=cmd|' /C calc'!A0", None, "0")
        sheet.write_string(0, 1, "=cmd|' /C calc'!A0")
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")

    ((first, second),) = [sheet.rows for sheet in foreign.read_sheet(files.excel(fill), "a.xlsx").sheets]

    assert first[0].formula
    assert first[1] == foreign.Cell("=cmd|' /C calc'!A0")
    assert second[0].formula
    assert second[0].error
    assert second[0].value is None


def test_a_merged_cell_counts_for_every_row_it_covers() -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_range(0, 0, 2, 0, "河西街道")
        for row in range(3):
            sheet.write_number(row, 1, row)

    (sheet,) = foreign.read_sheet(files.excel(fill), "a.xlsx").sheets

    assert [row[0] for row in sheet.rows] == [foreign.Cell("河西街道", merged=True)] * 3


def test_numbers_are_exact_and_dates_are_dates() -> None:
    (sheet,) = foreign.read_sheet(files.table([0.1 + 0.2, 12.0, 123456789.25, True]), "a.xlsx").sheets

    assert [cell.value for cell in sheet.rows[0]] == [Decimal("0.3"), 12, Decimal("123456789.25"), True]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_comes_in_every_encoding_and_with_three_separators(encoding: str, separator: str) -> None:
    data = f'單位名稱{separator}目標\r\n河西{separator}"3,272"\r\n'.encode(encoding)

    (sheet,) = foreign.read_sheet(data, "a.csv").sheets

    assert [[cell.value for cell in row] for row in sheet.rows] == [["單位名稱", "目標"], ["河西", "3,272"]]


def test_csv_has_the_same_limits_and_reports_formulas() -> None:
    assert foreign.read_sheet(b"=1+1,a", "a.csv").sheets[0].rows[0][0].formula
    assert refused(b"," * 201, "a.csv").code == "sheet.too_large"
    assert refused(b"a\n" * 100_001, "a.csv").code == "sheet.too_large"
    assert refused(b'"' + b"x" * 200_000, "a.csv").code == "file.damaged"


def test_many_cells_are_read_within_the_time() -> None:
    rows = [[number * 1.5 for number in range(10)] for _ in range(10_000)]

    assert len(foreign.read_sheet(files.table(*rows), "a.xlsx").sheets[0].rows) == 10_000


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (200, "GR"), (16384, "XFD")])
def test_columns_are_named_as_in_the_sheet(column: int, name: str) -> None:
    assert excel_parser.letters(column) == name
    assert excel_parser.place(f"{name}7") == (7, column)
