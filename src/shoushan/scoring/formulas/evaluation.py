"""What a formula gives for one unit, in exact fractions; what cannot be known is said, never guessed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.core.workdays import is_working
from shoushan.scoring.facts import Absent
from shoushan.scoring.formulas.absence import AbsentError, Why, no_number
from shoushan.scoring.formulas.functions import GROUPED
from shoushan.scoring.formulas.nodes import Call, Name, Node, Number, Text
from shoushan.scoring.formulas.surroundings import Surroundings
from shoushan.scoring.rounding import written

# More digits than any published figure needs; beyond it a formula only eats memory.
MOST_BITS = 4096


def number(node: Node, here: Surroundings) -> Fraction:
    """The number a formula gives; a condition is 1 or 0."""
    found = evaluated(node, here)
    if isinstance(found, bool):
        return Fraction(int(found))
    return _number(found)


def evaluated(node: Node, here: Surroundings) -> Any:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Text):
        return _as_day(node.text)
    if isinstance(node, Name):
        return here.value(node)
    if node.function in _LAZY:
        return _LAZY[node.function](node, here)
    if node.function in GROUPED:
        return _compared(node, here)
    given = [evaluated(each, here) for each in node.given]
    if node.function in _GATHERING:
        return _GATHERING[node.function](given)
    return _each(_PLAIN[node.function], given)


def _as_day(text: str) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _each(does: Callable[..., Any], given: list[Any], *, present: Callable[[Any], Any] | None = None) -> Any:
    """Apply to single values; where some are lists, entry by entry, and an entry that is not known stays so."""
    present = present or _present
    sizes = {len(each) for each in given if isinstance(each, tuple)}
    if not sizes:
        return does(*map(present, given))
    if len(sizes) > 1:
        raise Refusal(
            "facts.uneven_lists",
            mark("A formula joins two lists of different lengths."),
            hint=mark("Fields of one list go together; add a list up before joining it with another."),
        )
    rows = zip(*(each if isinstance(each, tuple) else (each,) * min(sizes) for each in given), strict=True)
    return tuple(_entry(does, map(present, row)) for row in rows)


def _entry(does: Callable[..., Any], given: Iterable[Any]) -> Any:
    try:
        return does(*given)
    except AbsentError as absent:
        return absent


def _present(value: Any) -> Any:
    if isinstance(value, AbsentError):
        raise AbsentError(value.why, value.name)
    if isinstance(value, Absent):
        raise AbsentError(Why.MISSING if value is Absent.MISSING else Why.NOT_APPLICABLE)
    return Fraction(value) if isinstance(value, Decimal) else value


def _number(value: Any) -> Fraction:
    value = _present(value)
    if isinstance(value, bool):
        return Fraction(int(value))
    if not isinstance(value, Fraction):
        raise no_number(value)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise Refusal(
            "facts.too_long",
            mark("A formula reaches numbers with more than a thousand digits."),
            hint=mark("Round a part of it, or leave out a step."),
        )
    return value


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise Refusal(
            "facts.no_day_here",
            mark("“%(value)s” stands where the formula needs a day."),
            hint=mark("Write days as year, month and day, such as 2026-03-05."),
            params={"value": str(value)[:80]},
        )
    return value


def _divided(top: Any, bottom: Any) -> Fraction:
    if not _number(bottom):
        raise AbsentError(Why.UNDEFINED)
    return _number(_number(top) / _number(bottom))


def _minus(left: Any, right: Any) -> Fraction:
    if isinstance(left, date) and isinstance(right, date):
        return Fraction((left - right).days)
    return _number(left) - _number(right)


def _rounded(value: Any, places: Any) -> Fraction:
    number_of = int(_number(places))
    return Fraction(written(_number(value), max(0, min(number_of, 6))))


def _comparing(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compared(left: Any, right: Any) -> bool:
        if isinstance(left, date) or isinstance(right, date):
            return holds(_day(left), _day(right))
        if isinstance(left, str) and isinstance(right, str):
            return holds(left, right)
        return holds(_number(left), _number(right))

    return compared


def _workdays(start: Any, end: Any) -> Fraction:
    first, last = sorted((_day(start), _day(end)))
    if (last - first).days > 3700:
        raise AbsentError(Why.UNDEFINED)
    count = sum(is_working(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))
    return Fraction(count if _day(start) <= _day(end) else -count)


def _months(start: Any, end: Any) -> Fraction:
    first, last = _day(start), _day(end)
    return Fraction((last.year - first.year) * 12 + last.month - first.month)


def _within(value: Any, low: Any, high: Any) -> Fraction:
    return max(_number(low), min(_number(high), _number(value)))


_PLAIN: dict[str, Callable[..., Any]] = {
    "+": lambda left, right: _number(_number(left) + _number(right)),
    "-": _minus,
    "*": lambda left, right: _number(_number(left) * _number(right)),
    "/": _divided,
    "<": _comparing(lambda left, right: bool(left < right)),
    "<=": _comparing(lambda left, right: bool(left <= right)),
    ">": _comparing(lambda left, right: bool(left > right)),
    ">=": _comparing(lambda left, right: bool(left >= right)),
    "=": _comparing(lambda left, right: bool(left == right)),
    "!=": _comparing(lambda left, right: bool(left != right)),
    "and": lambda left, right: bool(_number(left) and _number(right)),
    "or": lambda left, right: bool(_number(left) or _number(right)),
    "not": lambda value: not _number(value),
    "within": _within,
    "floor": lambda value: Fraction(math.floor(_number(value))),
    "round": _rounded,
    "abs": lambda value: abs(_number(value)),
    "days": lambda start, end: Fraction((_day(end) - _day(start)).days),
    "workdays": _workdays,
    "months": _months,
}


def _spread(given: list[Any]) -> list[Fraction]:
    """The numbers among the given values, those inside lists too."""
    return [_number(each) for one in given for each in (one if isinstance(one, tuple) else (one,))]


def _most(chosen: Callable[[list[Fraction]], Fraction]) -> Callable[[list[Any]], Fraction]:
    def found(given: list[Any]) -> Fraction:
        numbers = _spread(given)
        if not numbers:
            raise AbsentError(Why.UNDEFINED)
        return chosen(numbers)

    return found


def _mean(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _count(given: list[Any]) -> Fraction:
    """How many conditions hold; of a list that is no condition, how many entries it has."""
    entries = [each for one in given for each in (one if isinstance(one, tuple) else (one,))]
    return Fraction(sum(each if isinstance(each, bool) else 1 for each in map(_known, entries)))


def _known(entry: Any) -> Any:
    """An entry, there or not; but what could not be reckoned is neither."""
    return _present(entry) if isinstance(entry, AbsentError) else entry


def _trimmed(given: list[Any]) -> Fraction:
    """The mean without so many of the highest and the lowest, from so many values on."""
    numbers = sorted(_spread(given[:1]))
    least, high, low = (int(_number(each)) for each in given[1:])
    if len(numbers) >= least:
        numbers = numbers[max(low, 0) : len(numbers) - max(high, 0)]
    return _most(_mean)([tuple(numbers)])


def _largest(given: list[Any]) -> tuple[Fraction, ...]:
    """So many of the largest values, or all where there are fewer."""
    return tuple(sorted(_spread(given[:1]), reverse=True)[: max(0, int(_number(given[1])))])


def _running(given: list[Any]) -> tuple[Fraction, ...]:
    """Each entry with all that came before it."""
    return tuple(accumulate(_spread(given)))


def _highest_each(given: list[Any]) -> tuple[Fraction, ...]:
    """The highest value of each key, in the order the keys first come."""
    values, keys = (each if isinstance(each, tuple) else (each,) for each in given)
    if len(values) != len(keys):
        _each(lambda value, key: value, [values, keys])
    best: dict[Any, Fraction] = {}
    for value, key in zip(values, keys, strict=True):
        best[_present(key)] = max(_number(value), best.get(_present(key), _number(value)))
    return tuple(best.values())


_GATHERING: dict[str, Callable[[list[Any]], Any]] = {
    "max": _most(max),
    "min": _most(min),
    "sum": lambda given: sum(_spread(given), Fraction(0)),
    "mean": _most(_mean),
    "count": _count,
    "trimmed_mean": _trimmed,
    "highest_each": _highest_each,
    "largest": _largest,
    "list": lambda given: tuple(each for one in given for each in (one if isinstance(one, tuple) else (one,))),
    "running": _running,
}


def _if(node: Call, here: Surroundings) -> Any:
    """The value behind the first condition that holds; the others are not looked at."""
    first = evaluated(node.given[0], here)
    if isinstance(first, tuple):
        conditions = [first, *(evaluated(each, here) for each in node.given[2:-1:2])]
        values = [evaluated(each, here) for each in (*node.given[1:-1:2], node.given[-1])]
        return _each(_chosen, [*conditions, *values], present=lambda value: value)
    for at in range(0, len(node.given) - 1, 2):
        if evaluated(node.given[at], here) if at else first:
            return evaluated(node.given[at + 1], here)
    return evaluated(node.given[-1], here)


def _chosen(*given: Any) -> Any:
    half = len(given) // 2
    for condition, value in zip(given[:half], given[half:-1], strict=True):
        if _present(condition):
            return _present(value)
    return _present(given[-1])


def _lookup(node: Call, here: Surroundings) -> Any:
    """The number beside the word or value that is the same; without a last one, an unknown word is refused."""
    words = [evaluated(each, here) for each in node.given[1 : 1 + 2 * ((len(node.given) - 1) // 2) : 2]]
    numbers = [evaluated(each, here) for each in node.given[2 : 1 + 2 * ((len(node.given) - 1) // 2) : 2]]
    otherwise = node.given[-1] if len(node.given) % 2 == 0 else None

    def found(value: Any, *beside: Any) -> Any:
        for word, each in zip(words, beside, strict=True):
            if _present(value) == word:
                return _present(each)
        if otherwise is not None:
            return evaluated(otherwise, here)
        raise Refusal(
            "facts.unknown_word",
            mark("“%(value)s” is none of the words the rule knows: %(known)s."),
            hint=mark("Correct the word, or give the function a last value for all others."),
            params={"value": str(value), "known": ", ".join(map(str, words))},
        )

    return _each(found, [evaluated(node.given[0], here), *numbers], present=lambda value: value)


def _missing(node: Call, here: Surroundings) -> bool | tuple[bool, ...]:
    """Whether a value was not given; what does not apply and what cannot be divided is not there either."""
    try:
        found = evaluated(node.given[0], here)
    except AbsentError:
        return True
    if isinstance(found, tuple):
        return tuple(isinstance(each, Absent | AbsentError) for each in found)
    return False


def _not_applicable(node: Call, here: Surroundings) -> Any:
    raise AbsentError(Why.NOT_APPLICABLE)


def _and(node: Call, here: Surroundings) -> Any:
    left = evaluated(node.given[0], here)
    if left is False:
        return False
    return _each(_PLAIN["and"], [left, evaluated(node.given[1], here)])


def _or(node: Call, here: Surroundings) -> Any:
    left = evaluated(node.given[0], here)
    if left is True:
        return True
    return _each(_PLAIN["or"], [left, evaluated(node.given[1], here)])


def _at_unit(node: Call, here: Surroundings) -> Fraction:
    return number(node.given[1], here.at_unit(_word(node.given[0], here)))


def _in_group(node: Call, here: Surroundings) -> Fraction:
    return number(node.given[1], here.in_group(_word(node.given[0], here)))


def _word(node: Node, here: Surroundings) -> str:
    if isinstance(node, Text):
        return node.text
    found = _present(evaluated(node, here))
    if not isinstance(found, str):
        raise Refusal(
            "facts.no_word_here",
            mark("“%(value)s” stands where the formula needs the name of a unit or of a group."),
            hint=mark("Write it in quotes, or give a fact that holds its name."),
            params={"value": str(found)[:80]},
        )
    return found


_LAZY: dict[str, Callable[[Call, Surroundings], Any]] = {
    "if": _if,
    "lookup": _lookup,
    "missing": _missing,
    "not_applicable": _not_applicable,
    "and": _and,
    "or": _or,
    "points": lambda node, here: here.points(node.given[0]),
    "fact": lambda node, here: here.fact(node.given[0]),
    "at_unit": _at_unit,
    "in_group": _in_group,
}


_OVER_UNITS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "max": max,
    "min": min,
    "mean": _mean,
    "sum": lambda numbers: sum(numbers, Fraction(0)),
}


def _compared(node: Call, here: Surroundings) -> Fraction:
    """A value among the units compared; a unit that has none takes no part."""
    found = here.column(node.given[0], everyone=node.function.startswith("all_"))
    if node.function.endswith("place"):
        own = number(node.given[0], here)
        return Fraction(1 + sum(1 for each in found if each > own))
    if not found:
        raise AbsentError(Why.UNDEFINED)
    kind = node.function.partition("_")[2]
    return _OVER_UNITS[kind](list(found))
