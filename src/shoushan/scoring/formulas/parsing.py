"""Reading a formula: bounded in length, depth and digits, and refused in words with the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, VisitError

from shoushan.core.errors import mark
from shoushan.scoring.formulas.functions import FUNCTIONS, GATHERING, GROUPED, KINDS, function_named, known_functions
from shoushan.scoring.formulas.nodes import Call, Formula, Name, Node, Number, Text
from shoushan.scoring.unsuitable import UnsuitableError

LONGEST = 1000
DEEPEST = 20
MOST_DIGITS = 15
MOST_SIGNS = 100

GRAMMAR = r"""
?start: either
?either: both (OR both)*
?both: truth (AND truth)*
?truth: NOT comparison -> negated
      | comparison
?comparison: sum (SIGN sum)*
?sum: product (ADDED product)*
?product: signed (TIMES signed)*
?signed: "-" part -> minus
       | part
?part: NUMBER "%" -> percent
     | NUMBER -> number
     | TEXT -> text
     | NAME -> name
     | FUNCTION [either ("," either)*] ")" -> call
     | "(" either ")"
OR.3: /(或者?|or)(?![\w.@\[(])/
AND.3: /(且|并且|and)(?![\w.@\[(])/
NOT.3: /(非|not)(?![\w.@\[(])/
SIGN: "<=" | ">=" | "!=" | "==" | "<" | ">" | "=" | "≤" | "≥" | "≠"
ADDED: "+" | "-"
TIMES: "*" | "/"
NUMBER: /\d+(\.\d+)?|\.\d+/
TEXT: /"[^"\n]{0,80}"/
FUNCTION.2: /[^\W\d]\w*[ ]*\(/
NAME: /[^\W\d]\w*(\.\w+)*(@\d{4}-\d{2})?(\[\d{0,4}\](\.\w+)?)?/
%ignore /[ \t\r\n]+/
"""  # han: the words a formula may write

# One character for one, so that a place in the text stays a place in the formula.  han: as documents write them
_WIDE = {
    "（": "(", "）": ")", "，": ",", "、": ",", "；": ",", "％": "%", "×": "*", "÷": "/", "−": "-", "–": "-", "·": "*",
    "“": '"', "”": '"', "「": '"', "」": '"', "　": " ", "［": "[", "］": "]",
}  # fmt: skip
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}


def narrowed(text: str) -> str:
    """A formula in plain signs.

    >>> narrowed("最大（０，完成－２０％）")
    '最大(0,完成-20%)'
    """
    plain = (_WIDE.get(sign) or (chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign) for sign in text)
    return "".join(plain)


@lru_cache(maxsize=1)
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


@lru_cache(maxsize=4096)
def parsed(text: str) -> Formula:
    """A formula from its text; an UnsuitableError says what is wrong with it, and where."""
    if len(text) > LONGEST:
        raise UnsuitableError(mark("A formula has at most %(most)s characters."), most=str(LONGEST))
    plain = narrowed(text)
    if len(re.findall(r"[-+*/<>=≤≥≠,]|[或且]|\band\b|\bor\b", plain)) > MOST_SIGNS:
        raise UnsuitableError(
            mark("A formula has at most %(most)s signs; give a part of it a name."), most=str(MOST_SIGNS)
        )
    _check_brackets(plain)
    for found in re.finditer(r"\d[\d.]*", re.sub(r'"[^"\n]*"|@\d{4}-\d{2}', lambda each: " " * len(each[0]), plain)):
        if len(found[0].replace(".", "")) > MOST_DIGITS:
            raise UnsuitableError(
                mark("Place %(at)s of the formula: a number has at most %(most)s digits."),
                at=str(found.start() + 1),
                most=str(MOST_DIGITS),
            )
    try:
        tree = _Reader().transform(_lark().parse(plain))
    except UnexpectedInput as problem:
        raise _said(plain, problem) from None
    except VisitError as problem:
        raise problem.orig_exc from None
    if _check_kinds(tree) == "word":
        raise UnsuitableError(mark("A formula gives a number, and this one gives a word."))
    _check_lists(tree)
    return Formula(text, tree)


def _check_brackets(plain: str) -> None:
    """Refuse brackets that do not close or stand too deep, before anything recursive reads them."""
    open_at: list[int] = []
    for at, sign in enumerate(re.sub(r'"[^"\n]*"', lambda each: "·" * len(each[0]), plain), start=1):
        if sign == "(":
            open_at.append(at)
            if len(open_at) > DEEPEST:
                raise UnsuitableError(
                    mark("Place %(at)s of the formula: brackets stand at most %(most)s deep."),
                    at=str(at),
                    most=str(DEEPEST),
                )
        elif sign == ")" and not open_at:
            raise UnsuitableError(mark("Place %(at)s of the formula: this bracket was never opened."), at=str(at))
        elif sign == ")":
            open_at.pop()
    if open_at:
        raise UnsuitableError(mark("Place %(at)s of the formula: this bracket is never closed."), at=str(open_at[-1]))


def _said(plain: str, problem: UnexpectedInput) -> UnsuitableError:
    at = len(plain) if isinstance(problem, UnexpectedEOF) else (problem.pos_in_stream or 0)
    if getattr(getattr(problem, "token", None), "type", "") == "$END" or isinstance(problem, UnexpectedEOF):
        return UnsuitableError(mark("The formula ends where something is still missing: “%(text)s”."), text=plain)
    sign = plain[at : at + 12]
    if isinstance(problem, UnexpectedCharacters):
        return UnsuitableError(
            mark("Place %(at)s of the formula: “%(sign)s” is no sign a formula can use."),
            at=str(at + 1),
            sign=sign,
        )
    return UnsuitableError(
        mark("Place %(at)s of the formula: “%(sign)s” cannot stand here."), at=str(at + 1), sign=sign
    )


class _Reader(Transformer[Token, Node]):
    """The tree of lark as our own nodes."""

    def number(self, given: list[Token]) -> Node:
        return Number(Fraction(str(given[0])))

    def percent(self, given: list[Token]) -> Node:
        return Number(Fraction(str(given[0])) / 100)

    def text(self, given: list[Token]) -> Node:
        return Text(str(given[0])[1:-1])

    def name(self, given: list[Token]) -> Node:
        written = str(given[0])
        name, is_list, inside = written.partition("[")
        entry, _, column = inside.partition("]")
        place = (given[0].start_pos or 0) + 1
        if entry and not int(entry):
            raise UnsuitableError(mark("Place %(at)s of the formula: entries are counted from 1."), at=str(place))
        return Name(name, bool(is_list), column.lstrip("."), place, int(entry or 0))

    def call(self, given: list[Any]) -> Node:
        written = str(given[0])[:-1].strip()
        function = function_named(written)
        place = (given[0].start_pos or 0) + 1
        if function is None:
            raise UnsuitableError(
                mark("Place %(at)s of the formula: there is no function %(name)s; there are %(known)s."),
                at=str(place),
                name=written,
                known=known_functions(),
            )
        if not FUNCTIONS[function].takes(len(given) - 1):
            raise UnsuitableError(
                mark("Place %(at)s of the formula: %(name)s is written %(form)s."),
                at=str(place),
                name=written,
                form=FUNCTIONS[function].form,
            )
        if function in ("points", "fact") and not isinstance(given[1], Name):
            raise UnsuitableError(
                mark("Place %(at)s of the formula: %(name)s is written %(form)s."),
                at=str(place),
                name=written,
                form=FUNCTIONS[function].form,
            )
        return Call(function, tuple(given[1:]), place)

    def minus(self, given: list[Node]) -> Node:
        return Call("-", (Number(Fraction(0)), given[0]))

    def negated(self, given: list[Any]) -> Node:
        return Call("not", (given[1],))

    def sum(self, given: list[Any]) -> Node:
        return _chained(given, str)

    def product(self, given: list[Any]) -> Node:
        return _chained(given, str)

    def either(self, given: list[Any]) -> Node:
        return _chained(given, lambda _: "or")

    def both(self, given: list[Any]) -> Node:
        return _chained(given, lambda _: "and")

    def comparison(self, given: list[Any]) -> Node:
        """``a < b <= c`` is both of its halves."""
        halves: list[Node] = [
            Call(_SIGNS.get(given[at], str(given[at])), (given[at - 1], given[at + 1]))
            for at in range(1, len(given), 2)
        ]
        found = halves[0]
        for half in halves[1:]:
            found = Call("and", (found, half))
        return found


def _chained(given: Sequence[Any], word: Callable[[Any], str]) -> Node:
    found: Node = given[0]
    for at in range(1, len(given), 2):
        found = Call(word(given[at]), (found, given[at + 1]))
    return found


NEEDS = {
    "number": mark("In the formula, “%(function)s” needs a number where a condition or a word stands."),
    "truth": mark("In the formula, “%(function)s” needs a condition such as a ≥ 1."),
}


def _check_kinds(node: Node) -> str:
    """Whether a node is a number, a truth, a word or not known before its facts; refuse what cannot mix."""
    if isinstance(node, Number):
        return "number"
    if isinstance(node, Text):
        return "word"
    if isinstance(node, Name):
        return "any"
    wanted, gives = KINDS[node.function]
    for at, each in enumerate(node.given):
        want = wanted(at, len(node.given))
        kind = _check_kinds(each)
        if want not in ("any", kind) and kind != "any":
            name = FUNCTIONS[node.function].chinese if node.function in FUNCTIONS else node.function
            raise UnsuitableError(NEEDS[want], function=name)
    return gives


def _check_lists(node: Node) -> bool:
    """Whether a node is a list; refuse the largest or smallest of a list and of single values together."""
    if isinstance(node, Name):
        return node.is_list and not node.entry
    if not isinstance(node, Call):
        return False
    lists = [_check_lists(each) for each in node.given]
    if node.function in ("max", "min") and any(lists) and not all(lists):
        name = FUNCTIONS[node.function].chinese
        raise UnsuitableError(
            mark(
                "Place %(at)s of the formula: “%(name)s” of a list and of a single value can mean two things. "
                "Write %(name)s(%(name)s(list[]), a) for one number, or within(list[], low, high) for each entry."
            ),
            at=str(node.place),
            name=name,
        )
    if node.function in ("highest_each", "largest", "list", "running"):
        return True
    if node.function in GATHERING or node.function in GROUPED or node.function in ("at_unit", "in_group"):
        return False
    return any(lists)
