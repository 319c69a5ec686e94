"""Numbers as official Chinese writes them: 4,500, 1.76万, 二十五, 两万一千, 三分之二, 四成三, 2亿4千万."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
GREAT = {"万": 10**4, "亿": 10**8}
LONGEST = 24  # no figure of a plan is longer; what is longer is a code, or hostile

SCALE = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"
ARABIC = r"[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+"
HAN_SIGNS = "零〇一二两三四五六七八九十百千万亿"
HAN = rf"[{HAN_SIGNS}]++(?:点[零〇一二三四五六七八九]++)?+"
# A figure never starts inside another: this is what keeps the reader linear on digits without end.
NUMERAL = (
    rf"(?:(?<![0-9])(?<![0-9][.,]){ARABIC} ?+(?:(?:{SCALE})(?:(?<=亿)[0-9]{{1,4}}(?:千万|百万|万))?)?"
    rf"|(?<![{HAN_SIGNS}]){HAN})"
)


PART = re.compile("(?P<digits>[0-9.]+)(?P<scales>[十百千万亿]*)")


def value_of(words: str) -> Decimal | None:
    """The value of a numeral, or None where the words are none."""
    words = words.replace(",", "").replace(" ", "")
    if not words or len(words) > LONGEST:
        return None
    if words[0].isdigit():
        return _scaled(words)
    if "点" in words:
        whole, _, part = words.partition("点")
        number = _counted(whole)
        tail = "".join(str(DIGITS[sign]) for sign in part)
        return None if number is None else Decimal(f"{number}.{tail}")
    number = _counted(words)
    return None if number is None else Decimal(number)


def _scaled(words: str) -> Decimal:
    """Digits with their scales: 1.76万, 2亿4千万."""
    if words[-1].isdigit():
        return Decimal(words)
    total = Decimal(0)
    for part in PART.finditer(words):
        value = Decimal(part["digits"])
        for sign in part["scales"]:
            value *= GREAT.get(sign) or SCALES[sign]
        total += value
    return total


def _counted(words: str) -> int | None:
    """A whole number in Chinese numerals; a bare 百 or 千 counts one; figure by figure where no scale stands."""
    if all(sign in DIGITS for sign in words):
        return int("".join(str(DIGITS[sign]) for sign in words)) if words else None
    total = section = digit = 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in SCALES:
            section += (digit or 1) * SCALES[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit or 1) * GREAT[sign]
            section = digit = 0
        else:
            total = (total + section + digit or 1) * GREAT[sign]
            section = digit = 0
    return total + section + digit


def plain_decimal(value: Decimal) -> str:
    """A value as a plain decimal string: no exponent, no trailing noughts."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def share_of(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A fraction in percent, rounded to two decimals."""
    return (numerator * 100 / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
