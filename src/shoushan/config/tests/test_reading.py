import json
from pathlib import Path

import docx
import pytest

from shoushan.config import command


def test_a_word_file_is_read_like_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech = docx.Document()
    speech.add_paragraph("今年要引进投资项目100个以上。")
    speech.save(str(tmp_path / "speech.docx"))

    assert command.main(["read", str(tmp_path / "speech.docx"), "--json", "--year", "2026"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [(it["words"], it["value"]) for it in found if it["kind"] == "target"] == [("100个以上", "100")]


def test_a_binary_is_refused_with_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "speech.txt").write_bytes(b"\x7fELF\x00\x01" * 50)

    assert command.main(["read", str(tmp_path / "speech.txt"), "--json"]) == 2
    assert capsys.readouterr().err
