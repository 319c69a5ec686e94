"""A cell of several quantities: 2个，共350万; 4处，共221平方米; 3处（电气2，消防1）; 3处，共8000株."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from shoushan.core.decimals import plain
from shoushan.exchange.clerk.amounts import AREA
from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, asked, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.money import NAME
from shoushan.exchange.clerk.numbers import MOST_TEXT, estimate, figure, number_of, written
from shoushan.exchange.clerk.words import any_of, words
from shoushan.exchange.foreign import Value

COUNT_WORD = re.compile(f"(?:{any_of(words().counts)})$")
PLACE_WORD = re.compile(f"(?:{any_of(words().places)})$")
SEPARATORS = re.compile(r"[,、，;；/()\[\]+]")  # noqa: RUF001 # han: signs between quantities
TOGETHER = re.compile(f"^(?:{any_of(words().all_together)}):?")
DETAIL = re.compile(r"(?P<name>[^\d,、，;；()]{1,20}?):?(?P<count>\d{1,6})(?:" + any_of(words().counts) + ")?")  # noqa: RUF001 # han: 电气2
BETWEEN = re.compile(rf"((?:^|\d|[)\]])(?:{any_of(words().counts)}))(?=\d|{any_of(words().all_together)})")
GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def reader(field: FieldIntake) -> Reader:
    """Reads a column that fills the fields of ``parts``."""

    def read(value: Value, percent: bool) -> Reading:
        number = number_of(value)
        if number is not None:
            return _bare(field, number, shown(value))
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        if len(text) > MOST_TEXT:
            return bad("bad_number", said=written(value))
        alone = figure(text)
        if alone and not alone.rest and not alone.scaled:
            return _bare(field, alone.value, written(value))
        bare = estimate(text)
        found = _detailed(field, bare or text) if "detail" in field.parts else _several(field, bare or text)
        if not found:
            return bad("bad_number", said=written(value))
        if bare:
            return asked("approximate", said=written(value), options=((bare, bare),))
        return Reading(more=found)

    return read


def _bare(field: FieldIntake, number: Decimal, said: str) -> Reading:
    if number < 0 or number != number.to_integral_value():
        return bad("bad_number", said=said)
    more = {field.parts["count"]: number}
    if "area" not in field.parts:
        return Reading(more=more)
    units = [*list(words().areas)[:3], words().places[0]]
    return Reading(
        more=more, params={"said": said}, note="bare", options=tuple((unit, f"{said}{unit}") for unit in units)
    )


def _several(field: FieldIntake, text: str) -> dict[str, Any] | None:
    """Each quantity with its unit, into the part it belongs to."""
    found: dict[str, Any] = {}
    waiting: Decimal | None = None
    for written_piece in SEPARATORS.split(BETWEEN.sub(r"\1,", GROUPED.sub("", text))):
        piece = TOGETHER.sub("", written_piece)
        if not piece:
            continue
        one = figure(piece)
        if one is None:
            # A unit in brackets behind its number: 2（只）.
            if waiting is None or not _put(field, found, waiting, piece, scaled=False):
                return None
            waiting = None
        elif one.rest or one.scaled:
            if waiting is not None or not _put(field, found, one.value, one.rest, scaled=one.scaled):
                return None
        elif waiting is None:
            waiting = one.value
        else:
            return None
    if waiting is not None and not _put(field, found, waiting, "", scaled=False):
        return None
    return found


def _put(field: FieldIntake, found: dict[str, Any], value: Decimal, unit: str, *, scaled: bool) -> bool:
    parts = field.parts
    part, kept = "", value
    area = AREA.match(unit)
    if area and "area" in parts:
        known = words().area_of
        found[parts["area"]] = f"{plain(value)} {known.get(area['unit']) or known[area['unit'].lower()]}"
        return True
    if "sites" in parts and PLACE_WORD.fullmatch(unit) and not scaled:
        part = "sites"
    elif "money" in parts and (NAME.fullmatch(unit) or (scaled and not unit)):
        part = "money"
    elif not unit or COUNT_WORD.fullmatch(unit):
        part = "count"
    if part not in parts or parts[part] in found or value < 0:
        return False
    found[parts[part]] = kept
    return part == "money" or value == value.to_integral_value()


def _detailed(field: FieldIntake, text: str) -> dict[str, Any] | None:
    """A count, and what it is made of as ``name=number`` joined by semicolons."""
    one = figure(text)
    if not one:
        return None
    head = re.match(f"(?:{any_of(words().counts)})?", one.rest)
    rest = one.rest[head.end() :] if head else one.rest
    if one.value < 0 or one.value != one.value.to_integral_value():
        return None
    found: dict[str, Any] = {field.parts["count"]: one.value}
    items = [f"{TOGETHER.sub('', item['name'])}={item['count']}" for item in DETAIL.finditer(rest)]
    if rest and not items:
        return None
    if items:
        found[field.parts["detail"]] = ";".join(items)
    return found
