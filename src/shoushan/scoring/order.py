"""What a name in a formula stands for, and the order in which things are reckoned: nothing rests on itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shoushan.core.errors import mark
from shoushan.scoring.formulas.nodes import Call, Formula, Name, Node
from shoushan.scoring.unsuitable import UnsuitableError

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme

# The total of a unit before the scheme's own formula, and the full points of the lines that count for it.
# han: as a formula may write them
TOTAL = ("合计", "total")
FULL = ("满分", "full_points")  # han: likewise
SUM = "="


def meant(node: Node, wrapped: str = "") -> Iterator[tuple[Name, str]]:
    """Every name under a node, with ``fact`` or ``points`` where that function says which is meant."""
    if isinstance(node, Name):
        yield node, wrapped
    elif isinstance(node, Call):
        for each in node.given:
            yield from meant(each, node.function if node.function in ("fact", "points") else "")


def facts_in_formulas(scheme: Scheme) -> Iterator[str]:
    """The facts and lists that formulas read."""
    for _, formula in scheme.formulas():
        yield from facts_of(scheme, formula)


def facts_of(scheme: Scheme, formula: Formula) -> Iterator[str]:
    """The facts and lists one formula reads by itself."""
    computed = _computed(scheme)
    for name, wrapped in meant(formula.tree):
        if name.is_list or wrapped == "fact" or (wrapped != "points" and name.name not in computed):
            yield name.name


def _computed(scheme: Scheme) -> set[str]:
    """Everything a bare name may stand for that is not a fact."""
    named = {*scheme.names, *(rule.id for rule in scheme.rules), *(section.id for section in scheme.sections)}
    return named | set(TOTAL) | set(FULL)


# A value may rest on another, that on a third, and so on, this far.
DEEPEST = 50


def check_order(scheme: Scheme) -> None:
    """Refuse a name with two meanings, points of what does not exist, and anything that rests on itself."""
    in_order(scheme)
    for section in scheme.sections:
        rules = any(rule.section == section.id and rule.method.full > 0 for rule in scheme.rules)
        if rules and any(each.inside == section.id for each in scheme.sections):
            raise UnsuitableError(
                mark("Section %(section)s holds rules with full points and sections; one of the two."),
                section=section.id,
            )


def in_order(scheme: Scheme) -> list[str]:
    """Names, rules and sections, each after everything it rests on; the total before the scheme's formula is “=”."""
    computed = _computed(scheme)
    plain = scheme.plain_facts()
    needs: dict[str, list[str]] = {}
    for owner, formula in scheme.formulas():
        for name, wrapped in meant(formula.tree):
            if name.is_list:
                continue
            if wrapped == "points" and name.name not in computed:
                raise UnsuitableError(
                    mark("%(name)s is named, but the scheme has no such rule, section or grade."), name=name.name
                )
            if not wrapped and name.name in computed and name.name in plain:
                raise UnsuitableError(
                    mark("%(name)s is a rule and a fact: write points(%(name)s) or fact(%(name)s) in the formula."),
                    name=name.name,
                )
            if wrapped != "fact" and name.name in computed:
                needs.setdefault(owner, []).append(name.name)
    for section in scheme.sections:
        inner = [rule.id for rule in scheme.rules if rule.section == section.id]
        inner += [each.id for each in scheme.sections if each.inside == section.id]
        needs.setdefault(section.id, []).extend(inner)
    counted = [rule.id for rule in scheme.rules if rule.counts]
    needs[SUM] = [*counted, *(section.id for section in scheme.sections)]
    for owner in [*scheme.names, *(rule.id for rule in scheme.rules)]:
        needs.setdefault(owner, [])
    return _ordered(needs)


def _ordered(needs: dict[str, list[str]]) -> list[str]:
    done: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise UnsuitableError(
                mark("This rests on itself: %(path)s."), path=" → ".join([*path[path.index(name) :], name])
            )
        if name in done:
            return
        if len(path) > DEEPEST:
            raise UnsuitableError(mark("More than %(most)s values rest on one another."), most=str(DEEPEST))
        for each in needs.get(name, ()):
            # the scheme's own formula may read the sum it makes a total of
            visit(SUM if each in (*TOTAL, *FULL) else each, (*path, name))
        done.append(name)

    for name in needs:
        visit(name, ())
    return done
