"""Each bad file of the issue gets a refusal that says what it is, before anything looks inside it."""

from __future__ import annotations

import struct

import pytest

from shoushan.core.errors import Refusal
from shoushan.exchange import archive as archive_limits
from shoushan.exchange import gate
from shoushan.exchange.tests.files import WORD_TYPES, archive, excel, word


def refused(data: bytes, name: str, kinds: frozenset[str] = gate.TEXTS) -> str:
    with pytest.raises(Refusal) as caught:
        gate.check(data, name, kinds=kinds)
    assert caught.value.hint
    assert str(caught.value)
    return caught.value.code


def test_a_word_file_passes_as_what_it_is() -> None:
    assert gate.check(word("<w:p/>"), "讲话.DOCX", kinds=gate.TEXTS).key == "docx"


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert refused(b"", "a.txt") == "file.empty"


def test_more_than_twenty_megabytes_is_too_large() -> None:
    assert gate.check(b"a" * gate.MOST_BYTES, "a.txt", kinds=gate.TEXTS).key == "txt"
    assert refused(b"a" * (gate.MOST_BYTES + 1), "a.txt") == "file.too_large"


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01\0\0", b"MZ\x90\0", b"PK\x03\x04rest", gate.OLE + b"rest", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"],
)
def test_a_binary_renamed_txt_is_no_text(data: bytes) -> None:
    assert refused(data, "a.txt") == "file.content"


def test_a_picture_renamed_docx_is_no_word_file() -> None:
    assert refused(b"\xff\xd8\xff\xe0", "a.docx") == "file.content"


def test_an_excel_file_renamed_docx_is_no_word_file() -> None:
    assert refused(excel(lambda sheet: None), "a.docx") == "file.content"


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.xlsb", "a.wps"])
def test_older_formats_say_which_to_use(name: str) -> None:
    assert refused(gate.OLE, name, gate.TEXTS | gate.SHEETS) == "file.old_format"


def test_a_word_file_locked_with_a_password_says_so() -> None:
    assert refused(gate.OLE + bytes(100), "a.docx") == "file.locked"


@pytest.mark.parametrize("name", ["a.exe", "a", "a.docx.html", ".docx"])
def test_an_unknown_ending_is_refused_with_the_known_ones(name: str) -> None:
    assert refused(b"x", name) == "file.kind"


def test_macros_are_kept_as_evidence_only() -> None:
    types = WORD_TYPES.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    with_macros = archive({"[Content_Types].xml": types, "word/document.xml": "<a/>", "word/vbaProject.bin": b"x"})

    assert refused(with_macros, "a.docm") == "file.macros"
    assert refused(with_macros, "a.docx") == "file.macros"
    assert gate.check(with_macros, "a.docm", kinds=gate.EVIDENCE).macros


def test_a_zip_bomb_is_not_opened() -> None:
    assert refused(word("a" * 30_000_000), "a.docx") == "file.bomb"


def test_a_bomb_in_a_part_nobody_reads_is_not_opened() -> None:
    assert refused(word("", parts={"word/media/a.png": bytes(5_000_000)}), "a.docx") == "file.bomb"


def test_two_thousand_parts_are_too_many() -> None:
    parts: dict[str, str | bytes] = {f"word/{number}.bin": b"" for number in range(archive_limits.MOST_ENTRIES)}

    assert refused(word("", parts=parts), "a.docx") == "file.bomb"


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    data = word("<w:p/>", parts={"word/a.bin": b"x" * 50})
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 4)
    third = data.index(b"PK\x01\x02", second + 4)
    shared = bytearray(data)
    shared[third + 42 : third + 46] = struct.pack("<I", struct.unpack_from("<I", data, second + 42)[0] + 1)

    assert refused(bytes(shared), "a.docx") == "file.bomb"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "word/../../x"])
def test_a_part_that_leaves_the_archive_is_refused(name: str) -> None:
    assert refused(word("", parts={name: "<a/>"}), "a.docx") == "file.damaged"


def test_an_encrypted_part_is_said_to_be_locked() -> None:
    data = bytearray(word("<w:p/>"))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refused(bytes(data), "a.docx") == "file.locked"


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!-- " + "x" * 9000 + ' --><!DOCTYPE w SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    ],
)
def test_external_entities_are_refused_before_any_reader(before: str) -> None:
    assert refused(word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=before), "a.docx") == "file.doctype"


def test_a_document_type_in_utf_16_is_seen_too() -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w []><w/>'.encode("utf-16")

    assert refused(word("", parts={"word/settings.xml": part}), "a.docx") == "file.doctype"


def test_an_archive_cut_short_is_damaged() -> None:
    data = word("<w:p/>")

    assert {refused(data[:length], "a.docx") for length in range(4, len(data), 7)} == {"file.damaged"}


@pytest.mark.parametrize("kind", ["pdf", "jpeg", "png", "webp", "heic"])
def test_evidence_is_what_its_ending_says(kind: str) -> None:
    of = gate.KINDS[kind]
    data = bytes(of.sign_at) + of.signs[0] + b"rest"

    assert gate.check(data, f"证据{of.endings[0]}", kinds=gate.EVIDENCE) == of
    assert refused(b"GIF89a" + data, f"a{of.endings[0]}", gate.EVIDENCE) == "file.content"
