"""Bytes become text, or a refusal that says why."""

from __future__ import annotations

import pytest

from shoushan.core.errors import Refusal
from shoushan.reading.decode import MOST_BYTES, decode

SIMPLIFIED = "今年全区要完成固定资产投资三十亿元，新增企业一百家。\n"
TRADITIONAL = "今年全區要完成固定資產投資三十億元，新增企業一百家。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5hkscs"),
    ],
)
def test_an_encoding_is_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


def test_line_ends_become_line_feeds() -> None:
    assert decode("一\r\n二\r三".encode())[0] == "一\n二\n三"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\xe3\x80\x80", "file.empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\xff\xfe", "file.binary"),
        (b"PK\x03\x04" + bytes(range(256)), "file.binary"),
        (b"\xff\xfe\x00", "file.binary"),
        (b"caf\xe9 \xff\xff\xff", "file.encoding"),
        (b" " * (MOST_BYTES + 1), "file.too_large"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        decode(data)

    assert refused.value.code == code
    assert refused.value.hint
