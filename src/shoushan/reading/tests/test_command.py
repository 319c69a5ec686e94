"""``shoushan read``: JSON, CSV, a workbook, reasons, refusals."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import openpyxl
import pytest

from shoushan.reading.command import main

TEXT = "今年实施36项重点项目，新建25个，续建11个。\n=去年完成20项。\n"
FIELDS = "kind at words indicator value unit compare basis deadline responsible passage why section"


@pytest.fixture
def speech(tmp_path: Path) -> str:
    file = tmp_path / "speech.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_json_has_the_fields_of_the_schema(speech: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([speech, "--json", "--year", "2026"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in found] == ["target", "target", "target", "past"]
    assert list(found[0]) == FIELDS.split()
    assert all(one["words"] == TEXT[slice(*one["at"])] for one in found)


def test_csv_holds_a_row_for_each(speech: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([speech, "--csv", "--year", "2026"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["value"] for row in rows] == ["36", "25", "11", ""]


def test_a_workbook_opens(speech: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)

    assert main([speech, "--xlsx", "--year", "2026"]) == 0

    sheet = openpyxl.load_workbook(io.BytesIO(out.buffer.getvalue())).active
    assert sheet is not None
    assert sheet.max_row == 5
    assert sheet["A2"].value == "target"


def test_reasons_are_said_in_the_reader_s_language(speech: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([speech, "--explain", "--language", "zh-hant"]) == 0

    out = capsys.readouterr().out
    assert "前面有表示將來的詞。" in out
    assert "36 = 25 + 11：各分項之和相符。" in out


def test_the_bare_command_lists_commitments_alone(speech: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([speech]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "past" not in "".join(lines)


def test_bare_months_mean_the_plan_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("各街道6月底前完成验收。", encoding="gb18030")

    assert main([str(file), "--json", "--delivered", "2027-01-05"]) == 0

    tasks = [one for one in json.loads(capsys.readouterr().out) if one["kind"] == "task"]
    assert [one["deadline"] for one in tasks] == ["2027-06-30"]


@pytest.mark.parametrize(("data", "code"), [(b"", "file.empty"), (b"\0\1\2", "file.binary")])
def test_bad_files_are_refused(data: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(data)

    assert main([str(file)]) == 2

    assert code in capsys.readouterr().err


def test_an_absent_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such.txt"]) == 2

    assert "file.absent" in capsys.readouterr().err


def test_another_loader_brings_other_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speech.docx", "--json"], load=lambda path: f"{path.stem}：今年新增企业5家。") == 0

    assert json.loads(capsys.readouterr().out)[0]["value"] == "5"
