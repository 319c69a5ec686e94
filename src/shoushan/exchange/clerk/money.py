"""Money in yuan: the unit of the cell, or of the header, or of the title; foreign money as it is written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, asked, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.numbers import estimate, figure, number_of, written
from shoushan.exchange.clerk.words import any_of, narrow, words
from shoushan.exchange.foreign import Value
from shoushan.reading import numerals

HOME = "CNY"


class MoneyUnit(NamedTuple):
    """What a bare number counts: ten thousand yuan, million dollars."""

    factor: Decimal
    currency: str = HOME


NAMES = any_of(words().currency_of)
SCALES = any_of(words().scales)
NAME = re.compile(f"(?:{NAMES})", re.IGNORECASE)
TAIL = re.compile(rf"[(\[]?(?P<name>{NAMES})?整?[)\]]?(?:[(\[][^()\[\]]*[)\]])?$", re.IGNORECASE)  # han: 元整
UNIT = re.compile(rf"(?P<scale>{SCALES})?(?P<name>{NAMES})(?:{NAMES})?", re.IGNORECASE)
TITLE_UNIT = re.compile(
    # han: 单位：万元; 金额单位为元
    rf"(?:单位|金额|币种)(?:[:为]|均为|以)*[^:,;。]{{0,12}}?(?P<unit>(?:{SCALES})?(?:{NAMES}))",
    re.IGNORECASE,
)
HEADER_UNIT = re.compile(
    # han: 总投资（单位：万元）
    rf"[(\[/:,](?:单位|金额)?[:]?(?P<unit>(?:{SCALES})?(?:{NAMES}))[)\]]?|(?P<tail>(?:{SCALES})(?:{NAMES}))$",
    re.IGNORECASE,
)


def unit_of(text: str) -> MoneyUnit | None:
    """万元, 亿元, 元, 万美元 as a unit."""
    found = UNIT.fullmatch(narrow(text))
    if not found:
        return None
    factor = numerals.value_of(f"1{found['scale']}") if found["scale"] else Decimal(1)
    return MoneyUnit(factor or Decimal(1), words().currency_of[_key(found["name"])])


def header_unit(header: str) -> MoneyUnit | None:
    """The unit that a column's header gives to its bare numbers."""
    found = HEADER_UNIT.search(narrow(header))
    return unit_of(found["unit"] or found["tail"]) if found else None


def title_unit(line: str) -> MoneyUnit | None:
    """The unit that a title or a note gives to the whole table."""
    found = TITLE_UNIT.search(narrow(line))
    return unit_of(found["unit"]) if found else None


def reader(field: FieldIntake, unit: MoneyUnit | None) -> Reader:
    """Reads the cells of a column of money."""

    def read(value: Value, percent: bool) -> Reading:
        number = number_of(value)
        if number is not None:
            return _amount(field, unit, number, None, shown(value))
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        bare = estimate(text)
        found = _written(bare or text)
        if found is None:
            return bad("bad_number", said=written(value))
        if bare:
            return asked("approximate", said=written(value), options=((bare, bare),))
        amount, own = found
        return _amount(field, unit, amount, own, written(value))

    return read


def _written(text: str) -> tuple[Decimal, MoneyUnit | None] | None:
    """The amount in a text, and the unit it states itself."""
    before = NAME.match(text)
    found = figure(text[before.end() :] if before else text)
    if not found:
        return None
    tail = TAIL.match(found.rest)
    if not tail:
        return None
    currency = before.group() if before else tail["name"]
    if currency:
        return found.value, MoneyUnit(Decimal(1), words().currency_of[_key(currency)])
    return found.value, MoneyUnit(Decimal(1)) if found.scaled else None


def _amount(field: FieldIntake, unit: MoneyUnit | None, amount: Decimal, own: MoneyUnit | None, said: str) -> Reading:
    if field.least is not None and amount < field.least:
        return bad("negative", said=said)
    unit = own or unit or (unit_of(field.unit) if field.unit else None)
    if unit is None and amount:
        return Reading(ask="money_unit", params={"said": said}, options=_units(said))
    unit = unit or MoneyUnit(Decimal(1))
    tells = field.currency and (field.home_currency or unit.currency != HOME)
    more = {field.currency: unit.currency} if tells else {}
    return Reading(amount * unit.factor, more=more)


def _units(said: str) -> tuple[tuple[str, str], ...]:
    yuan = words().yuan
    return tuple((unit, f"{said}{unit}") for unit in (yuan, f"{words().ten_thousand}{yuan}"))


def _key(name: str) -> str:
    known = words().currency_of
    return name if name in known else name.upper()
