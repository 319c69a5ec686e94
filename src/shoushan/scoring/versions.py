"""What is different between two versions of a scheme, clause by clause, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from shoushan.core.errors import mark
from shoushan.scoring.dumping import NAMES

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Proposal, Scheme, Section, Veto

Sentence = tuple[str, dict[str, str]]


def compared(before: Scheme, after: Scheme) -> Iterator[Sentence]:
    """One sentence for each difference, with its rule, its value before and after, and since when."""
    first, second = _parts(before), _parts(after)
    for name in [*first, *(name for name in second if name not in first)]:
        if name not in second:
            yield mark("%(what)s was dropped."), {"what": name}
        elif name not in first:
            yield mark("%(what)s is new, since %(since)s."), {"what": name, "since": _since(second[name], after)}
        else:
            yield from _changes(name, first[name], second[name], _since(second[name], after))


def _since(part: Any, scheme: Scheme) -> str:
    since = part.get("since") if isinstance(part, dict) else None
    return str(since or scheme.published)


def _changes(name: str, before: Any, after: Any, since: str) -> Iterator[Sentence]:
    old, new = dict(_flat(before)), dict(_flat(after))
    for place in [*old, *(place for place in new if place not in old)]:
        if old.get(place) != new.get(place):
            yield (
                mark("%(what)s: %(place)s was %(before)s and is %(after)s, since %(since)s."),
                {
                    "what": name,
                    "place": place or "–",
                    "before": old.get(place, "–"),
                    "after": new.get(place, "–"),
                    "since": since,
                },
            )


def _parts(scheme: Scheme) -> dict[str, Any]:
    """The scheme by its clauses: each rule, section, veto and consequence under its name, and the rest."""
    written = scheme.model_dump(mode="json", exclude={"rules", "sections", "vetoes", "consequences"})
    found: dict[str, Any] = {name: value for name, value in written.items() if value not in (None, [], {})}
    for rule in scheme.rules:
        given = rule.model_dump(mode="json", exclude={"method", "id", "changes"}, exclude_defaults=True)
        numbers = rule.method.model_dump(mode="json")
        given[NAMES[type(rule.method)]] = numbers
        given |= {
            f"{change.since}": change.method.model_dump(mode="json") | {"source": change.source}
            for change in rule.changes
        }
        found[f"{rule.label} ({rule.id})"] = given
    others: list[Section | Veto | Proposal] = [*scheme.sections, *scheme.vetoes, *scheme.consequences]
    for each in others:
        found[f"{each.label} ({each.id})"] = each.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
    return found


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(each, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from _flat(each, f"{place}.{number}".lstrip("."))
    else:
        yield place, str(value)
