"""Number expressions of a text: a numeral with its measure, its bounds and what stands close around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shoushan.reading.measures import NAMING, UNIT, unit_of
from shoushan.reading.numerals import DIGITS, HAN_SIGNS, LONGEST, NUMERAL, plain_decimal, share_of, value_of

Value = str | tuple[str, str]

LEAD = {"≥": "at_least", "≤": "at_most", "＞": "more_than", ">": "more_than", "＜": "less_than", "<": "less_than",
        "超": "more_than", "近": "about"}  # fmt: skip
TAIL = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "之内": "at_most", "左右": "about", "上下": "about"}

FIGURE = re.compile(
    rf"(?=[0-9{HAN_SIGNS}≥≤＞＜><超近U])(?P<lead>[≥≤＞＜><超近] ?|US\$)?+(?P<low>{NUMERAL})(?P<low_unit>{UNIT})?+"
    rf"(?:(?(low_unit)[—–\-~～]{{1,2}}|[—–\-~～至到]{{1,2}})(?P<high>{NUMERAL})(?P<high_unit>{UNIT})?+)?+"
    rf"(?P<scale> (?:million|billion))?+(?P<more>[余多](?![样元于]))?+ ?+"
    rf"(?(low_unit)|(?P<unit>{UNIT})?+)(?:（间）|\(间\))?+"
    rf"(?P<tail>及?(?:{'|'.join(TAIL)})(?!浮动|联动|游|级))?+"
)
SMALL_NUMERALS = frozenset("一二两三四五六七八九十")
# Sayings with numerals that count nothing.
SAYING = re.compile(
    "千方百计|千家万户|千军万马|千行百业|千秋|万无一失|一站式|一揽子|十分|万众|百花|五湖四海|四面八方|一体|一带一路|一线"
)
HAN_DIGIT = "一二三四五六七八九"
ENGLISH = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "ten": "10", "fifteen": "15"}
WORDED = re.compile(
    rf"(?=[{HAN_DIGIT}两十百过翻0-9不杜零无dtsfe])(?:"
    rf"(?P<tenths>(?<![{HAN_DIGIT}十百千几])(?:[{HAN_DIGIT}两](?:[到至])?)?[{HAN_DIGIT}两]成(?![立为果功员本效绩交长熟就都型片品套份分不])"
    rf"(?P<half>半|[{HAN_DIGIT}])?(?P<tenths_tail>以上|以下|以内|左右)?)"
    rf"|(?P<hundredths>百分之(?P<percent>{NUMERAL}))(?P<percent_tail>以上|以下|以内|左右)?"
    rf"|(?P<bottom>[{HAN_DIGIT}十百]{{1,3}})分之(?P<top>[{HAN_DIGIT}十百]{{1,3}})(?P<part_tail>以上|以下|以内|左右)?"
    r"|(?P<over_half>过半(?!数?[的年]))"
    rf"|(?P<doubled>翻(?P<times>[{HAN_DIGIT}两])?番)"
    r"|(?P<ratio>(?<![0-9:：])[0-9]{1,2}[:：][0-9]{1,2}(?![0-9:：]))"
    r"|(?P<english>\bdouble\b)"
    rf"|(?P<spelt>\b(?:{'|'.join(ENGLISH)})) (?P<spelt_unit>working days|days)"
    r"|(?P<never>不再发生|不再新增|不发生|杜绝(?=[^，。；！]))"
    r"|(?P<nought>(?<=清)零|零(?=伤亡|事故|发生|死亡|上访|投诉|增长(?!点))|(?<=为)零(?=[，。；、\n])|无(?=[^，。；]{0,8}(?:事故|案件|事件|上访))))"
)


@dataclass(slots=True)
class Quantity:
    """One number expression (数量) in the plain text."""

    start: int
    end: int
    value: Value | None
    unit: str
    measure: str  # the word of measure as written
    bound: str  # the comparison that the expression itself states, or empty
    form: str  # digits, han, worded, never
    small: bool = False  # one Chinese numeral before a word that mostly names: 三大, 五个
    scale_only: bool = False  # 亿元 without a number: a size, not a count

    @property
    def number(self) -> Decimal | None:
        return Decimal(self.value) if isinstance(self.value, str) else None


def quantities(text: str) -> list[Quantity]:
    """All number expressions in their order, never overlapping."""
    worded = list(_worded(text))
    sayings = {found.start() for found in SAYING.finditer(text)}
    found: list[Quantity] = []
    waiting = iter(worded)
    following = next(waiting, None)
    for match in FIGURE.finditer(text):
        while following and following.end <= match.start():
            found.append(following)
            following = next(waiting, None)
        if (following and following.start < match.end()) or match.start() in sayings:
            continue
        if quantity := _figure(match):
            found.append(quantity)
    if following:
        found.extend([following, *waiting])
    return found


def _figure(match: re.Match[str]) -> Quantity | None:
    low, high = match["low"].strip(), match["high"]
    measure = match["high_unit"] or match["unit"] or match["low_unit"] or ""
    digits = low[0].isdigit()
    if not digits and not measure:
        return None
    start, end = match.span()
    if match["tail"] is None and not (match["unit"] or match["high_unit"]) and match["more"] is None:
        end -= len(match[0]) - len(match[0].rstrip())
    bound = TAIL.get((match["tail"] or "").removeprefix("及")) or LEAD.get((match["lead"] or "").strip(), "")
    if match["more"] and not bound:
        bound = "more_than"
    value = _value(low, high, {" million": 10**6, " billion": 10**9}.get(match["scale"] or "", 1))
    small = not digits and not (high or bound) and low in SMALL_NUMERALS and measure in NAMING
    if not digits and len(low) == 2 and all(sign in DIGITS for sign in low):
        value = None  # 一两家, 三五个
    unit = "usd" if match["lead"] == "US$" else unit_of(measure)
    scale_only = not digits and all(sign in "十百千万亿" for sign in low)
    form = "digits" if digits else "han"
    return Quantity(start, end, value, unit, measure, bound, form, small, scale_only)


def _value(low: str, high: str | None, times: int) -> Value | None:
    first = value_of(low)
    if first is None:
        return None
    if high is None:
        return plain_decimal(first * times)
    second = value_of(high)
    if second is None:
        return plain_decimal(first * times)
    if first > second and len(low) <= LONGEST:  # 1到2万: the scale of the second holds for both
        scaled = value_of(low + high.lstrip("0123456789."))
        first = scaled if scaled is not None and scaled <= second else first
    if first > second:
        return plain_decimal(second * times)
    return plain_decimal(first * times), plain_decimal(second * times)


def _worded(text: str) -> Iterator[Quantity]:
    """Shares and multiples said in words, and what shall not happen at all."""
    for match in WORDED.finditer(text):
        start, end = match.span()
        if words := match["tenths"]:
            yield _tenths(start, end, words, match)
        elif match["hundredths"]:
            if (share := value_of(match["percent"].strip())) is not None:
                bound = TAIL.get(match["percent_tail"] or "", "")
                yield Quantity(start, end, plain_decimal(share), "percent", "%", bound, "worded")
        elif match["bottom"]:
            top, bottom = value_of(match["top"]), value_of(match["bottom"])
            if top and bottom and top <= bottom:
                yield Quantity(
                    start,
                    end,
                    plain_decimal(share_of(top, bottom)),
                    "percent",
                    "分之",
                    TAIL.get(match["part_tail"] or "", ""),
                    "worded",
                )
        elif match["over_half"]:
            yield Quantity(start, end, "50", "percent", "过半", "more_than", "worded")
        elif match["doubled"]:
            times = DIGITS.get(match["times"] or "一", 1)
            yield Quantity(start, end, str(2**times), "multiple", "番", "", "worded")
        elif match["english"]:
            yield Quantity(start, end, "2", "multiple", "番", "", "worded")
        elif match["spelt"]:
            yield Quantity(start, end, ENGLISH[match["spelt"]], "day", match["spelt_unit"], "", "worded")
        elif match["ratio"]:
            yield _ratio(start, end, match["ratio"])
        else:
            yield Quantity(start, end, "0", "item", "", "never", "never")


def _tenths(start: int, end: int, words: str, match: re.Match[str]) -> Quantity:
    bound = TAIL.get(match["tenths_tail"] or "", "")
    figures = [DIGITS[sign] for sign in words[: words.index("成")] if sign in DIGITS]
    more = 5 if match["half"] == "半" else DIGITS.get(match["half"] or "", 0)
    low, high = figures[0] * 10, figures[-1] * 10 + more
    value: Value = (str(low), str(high)) if len(figures) == 2 and low < high else str(high)
    return Quantity(start, end, value, "percent", "成", bound, "worded")


def _ratio(start: int, end: int, words: str) -> Quantity:
    left, right = (Decimal(part) for part in re.split("[:：]", words))
    value = plain_decimal((left / right).quantize(Decimal("0.01"))) if right else None
    return Quantity(start, end, value, "multiple", ":", "", "worded")
