"""The sum of a unit's lines through sections inside sections, in exact fractions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from shoushan.scoring.formulas.absence import AbsentError, Why
from shoushan.scoring.methods.method import kept

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme, Section

Known = Fraction | AbsentError


@dataclass(frozen=True)
class Line:
    """A line that counts: its section, its weight (0 for points on top), and its points, or None."""

    rule: str
    section: str
    weight: Fraction
    points: Fraction | None


@dataclass
class Summed:
    """The sum of one unit, of each section, and how much each point of a line counts in it."""

    total: Known = Fraction(0)
    full: Fraction = Fraction(0)
    sections: dict[str, Known] = field(default_factory=dict)
    shares: dict[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class _Part:
    """What a section hands up: its weight, whether it is there, its weighted points, and points on top."""

    weight: Fraction
    is_there: bool
    weighted: Fraction
    on_top: Fraction
    shares: dict[str, Fraction]
    top_shares: dict[str, Fraction]


def summed(scheme: Scheme, lines: Sequence[Line], coefficient: Callable[[str], Known]) -> Summed:
    """The sum of a unit; an AbsentError in the place of a section whose coefficient is not known."""
    found = Summed(full=sum((line.weight for line in lines if line.points is not None), Fraction(0)))
    outside = [line for line in lines if not line.section]
    parts = [] if scheme.sections else [_even(outside) if scheme.left_out == "even" else _leaf(scheme, None, outside)]
    for section in scheme.sections:
        if not section.inside:
            parts.append(_part(scheme, section, lines, coefficient, found))
    if scheme.sections:
        parts.append(_leaf(scheme, None, [line for line in outside if line.weight == 0]))
    whole = _together(scheme, parts)
    found.shares = whole.shares | whole.top_shares
    unknown = [each for each in found.sections.values() if isinstance(each, AbsentError) and each.why is Why.MISSING]
    found.total = unknown[0] if unknown else whole.weighted + whole.on_top
    return found


def _part(
    scheme: Scheme, section: Section, lines: Sequence[Line], coefficient: Callable[[str], Known], found: Summed
) -> _Part:
    inner = [each for each in scheme.sections if each.inside == section.id]
    own = [line for line in lines if line.section == section.id]
    weight = None if section.weight is None else Fraction(section.weight)
    if inner:
        parts = [_part(scheme, each, lines, coefficient, found) for each in inner]
        part = _scaled(_together(scheme, [*parts, _leaf(scheme, None, own)]), weight)
    else:
        part = _leaf(scheme, weight, own)
    known = any(line.points is not None for line in own) or part.is_there
    found.sections[section.id] = part.weighted + part.on_top if known else AbsentError(Why.NOT_APPLICABLE, section.id)
    if section.is_bound and known:
        times = coefficient(section.id)
        if isinstance(times, AbsentError):
            found.sections[section.id] = AbsentError(Why.MISSING, times.name)
            return part
        value = kept((part.weighted + part.on_top) * times, section.floor, section.cap)
        found.sections[section.id] = value
        shares = {rule: share * times for rule, share in (part.shares | part.top_shares).items()}
        if weight is None:
            return _Part(Fraction(0), False, Fraction(0), value, {}, shares)
        return _Part(part.weight, part.is_there, value, Fraction(0), shares, {})
    return part


def _leaf(scheme: Scheme, weight: Fraction | None, lines: Sequence[Line]) -> _Part:
    """Lines over their full points, times the weight; without a weight they count as they are."""
    every = sum((line.weight for line in lines), Fraction(0))
    here = (
        every
        if scheme.left_out == "none"
        else sum((line.weight for line in lines if line.points is not None), Fraction(0))
    )
    if weight is None and scheme.sections:
        share = Fraction(1)
    else:
        share = (every if weight is None else weight) / here if here else Fraction(0)
    shares = {line.rule: share for line in lines if line.weight and line.points is not None}
    tops = {line.rule: Fraction(1) for line in lines if not line.weight and line.points is not None}
    points = {line.rule: line.points for line in lines if line.points is not None}
    weighted = sum((points[line.rule] * share for line in lines if line.weight and line.rule in points), Fraction(0))
    on_top = sum((points[line.rule] for line in lines if not line.weight and line.rule in points), Fraction(0))
    if weight is None and scheme.sections:
        return _Part(Fraction(0), False, Fraction(0), weighted + on_top, {}, shares | tops)
    size = (every if weight is None else weight) if every else Fraction(0)
    return _Part(size, here > 0, weighted, on_top, shares, tops)


def _even(lines: Sequence[Line]) -> _Part:
    """Each line that counts takes an equal part of the weights that do not."""
    here = [line for line in lines if line.weight and line.points is not None]
    gone = sum((line.weight for line in lines if line.points is None), Fraction(0))
    shares = {line.rule: 1 + gone / (line.weight * len(here)) for line in here}
    shares |= {line.rule: Fraction(1) for line in lines if not line.weight and line.points is not None}
    points = [line.points * shares[line.rule] for line in lines if line.points is not None]
    return _Part(Fraction(0), False, Fraction(0), sum(points, Fraction(0)), {}, shares)


def _together(scheme: Scheme, parts: Sequence[_Part]) -> _Part:
    """Sections side by side: the weight of one that is not there goes to the others, if the scheme says so."""
    every = sum((part.weight for part in parts), Fraction(0))
    here = every if scheme.left_out == "none" else sum((part.weight for part in parts if part.is_there), Fraction(0))
    grown = every / here if here else Fraction(0)
    return _Part(
        every,
        here > 0,
        sum((part.weighted for part in parts), Fraction(0)) * grown,
        sum((part.on_top for part in parts), Fraction(0)),
        {rule: share * grown for part in parts for rule, share in part.shares.items()},
        {rule: share for part in parts for rule, share in part.top_shares.items()},
    )


def _scaled(part: _Part, weight: Fraction | None) -> _Part:
    """Sections inside a section, on its own weight."""
    if weight is None:
        return part
    if not part.weight:
        # sections without a weight count as they are; this one keeps its own while a line in them counts
        return _Part(weight, bool(part.top_shares), part.weighted, part.on_top, part.shares, part.top_shares)
    shares = {rule: share * weight / part.weight for rule, share in part.shares.items()}
    return _Part(weight, part.is_there, part.weighted * weight / part.weight, part.on_top, shares, part.top_shares)
