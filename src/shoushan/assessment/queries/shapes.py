"""The shapes a rule may have, in words with an example of each; its numbers in words; the answers to open questions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shoushan.scoring.questions import QUESTIONS

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Shape:
    """One way in which published rules give points."""

    key: str
    label: Words
    says: Words
    example: Words


# the commonest first; the formula last, for whatever none of them says
SHAPES = {
    each.key: each
    for each in (
        Shape(
            "completion",
            _("Share of the target"),
            _("The nearer to the target, the more points; at the target all of them."),
            _("10 points, target 1,000, reached 920: 9.2 points."),
        ),
        Shape(
            "deduction",
            _("Points off for each case"),
            _("A line begins full and loses so many points for each case."),
            _("10 points, half a point off for each month sent late; two months late: 9 points."),
        ),
        Shape(
            "bands",
            _("Points by bands"),
            _("Whoever reaches a band has its points; below the lowest there is a figure of its own."),
            _("From 90 per cent 10 points, from 80 per cent 8 points; 89.9 per cent: 8 points."),
        ),
        Shape(
            "ranking",
            _("Points by place"),
            _("Units are put in order, and each place has its points."),
            _("10, 8, 6 and 4 points for the first four, nothing for later ones."),
        ),
        Shape(
            "overfulfilment",
            _("Share of the target, and more beyond it"),
            _("Full points at the target, and a bonus for each step over it."),
            _("30 points at the target, 1 more for each whole 10 per cent over; 27.9 per cent over: 32 points."),
        ),
        Shape(
            "addition",
            _("Points for each case"),
            _("Each case adds points on top of the hundred."),
            _("2 points for each award, at most 5; three awards: 5 points."),
        ),
        Shape(
            "limit",
            _("Within a limit"),
            _("Full points while a limit is kept, so much off for each per cent over it."),
            _("10 points, limit 80, 0.4 off for each per cent over; 84 is 5 per cent over: 8 points."),
        ),
        Shape(
            "best",
            _("Compared with the best"),
            _("The best unit has all points, the others in proportion to it."),
            _("5 points; the best has 24, another 15: 3.13 points."),
        ),
        Shape(
            "efficacy",
            _("Between the worst and the best"),
            _("The worst has a base, the best a hundred, the others in between, in parts of the weight."),
            _("Weight 8, base 60, span 40; a unit half-way between the two: 80 of a hundred, so 6.4 points."),
        ),
        Shape(
            "improvement",
            _("For getting better"),
            _("So many points for each step a value lies above or below nothing."),
            _("10 points where nothing changed, 0.1 more for each 0.1 point of growth; 1.5 points: 11.5."),
        ),
        Shape(
            "given",
            _("Points decided elsewhere"),
            _("A figure that is points already, such as the result of a panel, counted as it is."),
            _("A panel gave 87.5 of a hundred, counted at a tenth: 8.75 points."),
        ),
        Shape(
            "group_mean",
            _("Made comparable between groups"),
            _("Points that were given by different hands in different groups, brought to the same mean."),
            _("80 points where the mean of the group is 85 and that of all 88.3: 83.1 points."),
        ),
        Shape(
            "formula",
            _("By a formula"),
            _("One line of arithmetic, for what none of the other shapes says."),
            _("3 points, less half a point for each month sent late, never below nothing."),
        ),
    )
}

# A rule's numbers in words: what each is called, and what helps to fill it in; first by shape, then for all shapes.
NUMBERS: dict[str, tuple[Words, Words]] = {
    "full": (_("full points"), _("What a unit earns that does all of it: the weight of the line.")),
    "minimum": (_("nothing below, per cent"), _("Only where the text says that under this share nothing is earned.")),
    "overfulfilment.step": (_("one step, per cent over the target"), ""),
    "overfulfilment.bonus": (_("points for each step"), ""),
    "overfulfilment.bonus_cap": (_("at most so many points more"), ""),
    "limit.per_percent": (_("points off for each per cent over"), ""),
    "improvement.points": (_("points for each step"), ""),
    "improvement.per": (_("one step"), _("How much of a change is one step, such as 0.1.")),
    "given.times": (_("counted times"), _("1 where the figure counts as it is, 0.1 for a tenth of it.")),
    "given.low": (_("never fewer points than"), _("Only where the text says so.")),
    "given.high": (_("never more points than"), _("Only where the text says so.")),
    "ranking.points": (
        _("points by place"),
        _("For the first place, the second and so on, with commas between: 10, 8, 6, 4."),
    ),
    "formula.points": (
        _("formula"),
        _("One line: numbers, names, + − × ÷ and brackets. The names you may use stand below the form."),
    ),
}
# What is entered as per cent and kept as a share.
PER_CENT = frozenset({"completion.completion_cap", "completion.floor", "completion.minimum", "overfulfilment.minimum"})
# Answered by a number alone, which may be left open.
BY_NUMBER = frozenset({"low", "high", "start", "below", "beyond", "base", "span"})
NUMBER, END, NOTHING_LESS, FULL, POINTS = "number", "null", "0", "1", "points"
# The answers whose words in the engine name the file's own words, in words of people.
_OWN: dict[str, tuple[tuple[str, Words], ...]] = {
    "completion_cap": (
        (FULL, _("no: at most the full points")),
        (NUMBER, _("yes, up to this share of the target, per cent")),
        (END, _("yes, all of it")),
    ),
    "completion.floor": (
        (NOTHING_LESS, _("no: never below nothing")),
        (NUMBER, _("yes, down to this share of the full points, per cent")),
        (END, _("yes, without an end")),
    ),
    "floor": (
        (NOTHING_LESS, _("no: never below nothing")),
        (NUMBER, _("yes, down to so many points")),
        (END, _("yes, without an end")),
    ),
    "limit.floor": (
        (NOTHING_LESS, _("no: never below nothing")),
        (NUMBER, _("yes, down to so many points")),
    ),
    "cap": ((NUMBER, _("no: at most so many points")), (END, _("yes, without an end"))),
    "when_not_applicable": (
        ("leave_out", _("nothing; its weight goes as the scheme says of lines that do not count")),
        ("full", _("the full points")),
        ("mean", _("the mean of its group")),
        (POINTS, _("so many points")),
    ),
    "change_counts": (
        ("month", _("each month's cases by its own numbers")),
        ("day", _("the whole year by the numbers of the day it is scored")),
    ),
}
ASKS: dict[str, Words] = {
    "cap": _("May the line earn more than a certain number of points?"),
    "floor": _("May the line fall below nothing?"),
}


def asks(question: str) -> str:
    """A question in the reader's language."""
    return str(ASKS[question]) if question in ASKS else gettext(QUESTIONS[question].asks)


def options(question: str, shape: str = "") -> list[tuple[str, str]]:
    """The answers to a question, each as it is sent and in words."""
    own = _OWN.get(f"{shape}.{question}") or _OWN.get(question)
    if own is not None:
        return [(value, str(words)) for value, words in own]
    return [(value, _without_its_key(gettext(said))) for value, said in QUESTIONS[question].answers.items()]


def _without_its_key(said: str) -> str:
    """An answer as people say it: what stands behind the word of the file.

    >>> _without_its_key("group: with its own group.")
    'with its own group'
    """
    parts = said.split("：", 1) if "：" in said else said.split(": ", 1)  # han: the colon of Chinese sentences
    return parts[-1].rstrip("。.")  # han: its full stop


def answer_of(question: str, chosen: str, number: Decimal | None, shape: str = "") -> Any:
    """What the file says for an answer."""
    amount = kept(number, f"{shape}.{question}")
    if question in BY_NUMBER or chosen == NUMBER:
        return amount
    if chosen == POINTS:
        return {"points": amount}
    special: dict[str, Any] = {END: None, "true": True, "false": False, FULL: 1, NOTHING_LESS: 0}
    return special.get(chosen, chosen)


def chosen_of(question: str, answer: Any, shape: str = "") -> tuple[str, Decimal | None]:
    """How an answer of the file is shown in the form: what is chosen, and the number beside it."""
    place = f"{shape}.{question}"
    if question in BY_NUMBER:
        return "", shown(answer, place)
    if isinstance(answer, dict):
        return POINTS, shown(answer["points"], place)
    if answer is None:
        return END, None
    if isinstance(answer, bool):
        return str(answer).lower(), None
    if isinstance(answer, str):
        return answer, None
    values = {value for value, _words in options(question, shape)}
    return (str(answer), None) if str(answer) in values else (NUMBER, shown(answer, place))


def kept(number: Decimal | None, place: str) -> Any:
    """A number as the file keeps it: whole ones as whole numbers, per cent as a share.

    >>> kept(Decimal("120"), "completion.completion_cap"), kept(Decimal("10.0"), "completion.full")
    (Decimal('1.2'), 10)
    """
    if number is None:
        return None
    exact = number / 100 if place in PER_CENT else number
    exact = exact.normalize()
    return int(exact) if exact == exact.to_integral_value() else exact


def shown(number: Any, place: str) -> Decimal | None:
    """A number of the file as the form shows it."""
    if number is None:
        return None
    exact = (Decimal(number) * 100 if place in PER_CENT else Decimal(number)).normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def numbers_in_words(shape: str, name: str) -> tuple[str, str]:
    """What a number of a rule is called, and what helps to fill it in."""
    label, help_text = NUMBERS.get(f"{shape}.{name}") or NUMBERS[name]
    return str(label), str(help_text)
