"""Nothing enters a register twice unseen: who enters waits for whoever does so now, and is told what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.queries.doubles import Likely, likely, of_codes, of_same, told_apart_by

# one number beside the register's own for the lock of entering (PostgreSQL); any constant serves
ENTERING = 0x53_48_45

CERTAIN = mark("Correct it there; if the code belongs to this one, correct the other first.")
UNLESS = mark("Correct it there; if both are meant, let them differ, in their names for example.")


class Alike(Refusal):
    """A record is like others: a person looks at them and says that it is another one."""

    def __init__(self, found: Sequence[Likely]) -> None:
        super().__init__(
            "record.alike",
            mark("It may be in this register already: %(records)s."),
            hint=mark("Open what you may see of it, or ask that unit; if yours is another one, enter it all the same."),
            params={"records": "; ".join(each.words for each in found)},
        )
        self.likely = list(found)


def one_at_a_time(line: Line) -> None:
    """From here to the end of the transaction nobody else enters into this register or changes what tells doubles.

    SQLite has one writer anyway; PostgreSQL's wait here, and then read what the one before them has left.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ENTERING, line.key])


def look(
    line: Line, person: Person, fields: Mapping[str, Any], looked_at: Collection[int], *, apart: int | None = None
) -> None:
    """Tell what a record about to be saved is like, but for what the person has looked at already."""
    found = [each for each in likely(line, person, fields, apart=apart) if each.record.pk not in looked_at]
    if any(each.is_certain for each in found):
        raise Refusals([_double(each) for each in found if each.is_certain])
    if found:
        raise Alike(found)


def check_apart(
    line: Line, entries: Sequence[Mapping[str, Any]], looked_at: Collection[int] = (), *, apart: int | None = None
) -> None:
    """Refuse what stands in the register already, by a code or by the fields that tell a double; two questions."""
    found = [*of_codes(line, entries, apart=apart), *of_same(line, entries, apart=apart)]
    told = [_double(each) for each in found if each.is_certain or each.record.pk not in looked_at]
    told += [_twice(line, name, value) for name, value in _repeated(line, entries)]
    if told:
        raise Refusals(told)


def _repeated(line: Line, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """What two records that are about to be entered together share, and only one may have."""
    if len(entries) < 2:
        return
    for name in line.codes:
        codes = Counter(each[name] for each in entries if each.get(name))
        yield from ((name, value) for value, count in codes.items() if count > 1)
    if line.same and line.model.seen_alike:
        names = Counter(told_apart_by(line, each) for each in entries)
        yield from ((line.same[0], same[0]) for same, count in names.items() if count > 1)


def _double(found: Likely) -> Refusal:
    return Refusal(
        "record.double",
        mark("This is in the register already: %(record)s."),
        hint=CERTAIN if found.is_certain else UNLESS,
        params={"record": found.words},
        field=found.field,
    )


def _twice(line: Line, name: str, value: Any) -> Refusal:
    own: Any = line.model._meta.get_field(name)
    return Refusal(
        "record.twice",
        mark("%(field)s %(value)s stands twice in what is to be entered."),
        hint=mark("Correct one of the two."),
        params={"field": str(own.verbose_name), "value": value},
        field=name,
    )


@contextmanager
def told_by_the_database() -> Iterator[None]:
    """What the database itself refuses is said in words, and nothing of it stays."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal(
            "record.double",
            mark("This is in the register already, or contradicts itself."),
            hint=mark("Look for it in the register; change it there."),
        ) from error


def tells_doubles(line: Line, names: Iterable[str]) -> bool:
    """Whether one of the fields is one by which doubles are told."""
    return not {*line.codes, *line.same}.isdisjoint(names)


def values_of(record: models.Model, line: Line) -> dict[str, Any]:
    """The fields of a record by which doubles are told."""
    return {name: getattr(record, name) for name in dict.fromkeys((*line.codes, *line.same))}
