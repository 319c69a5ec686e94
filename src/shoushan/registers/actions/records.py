"""A record entered, one or many at once, and its facts corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.core.scripts import searchable
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.ledger.rows import insert_new
from shoushan.orgs.models import Person, Unit
from shoushan.registers.actions import telling_apart
from shoushan.registers.clocks import next_due, running, running_of
from shoushan.registers.fields import last_of
from shoushan.registers.lines import Line, line_of
from shoushan.registers.models import Record, Step


@transaction.atomic
def enter(
    line: Line,
    unit: Unit,
    fields: Mapping[str, Any],
    *,
    on: date,
    today: date | None = None,
    looked_at: Collection[int] | None = None,
    by: Person,
) -> Any:
    """Enter a record at the line's first stage; ``on`` is the day its first stage happened.

    ``looked_at`` holds the records that a person has looked at and knows to be others; what is like any further one
    is told before it is saved. Without it, only what is surely there already is refused.
    """
    check_unit(unit, on)
    if today is not None:
        check_has_come(last_of(fields.get(line.counts_on)) or on if line.counts_on else on, today)
    if looked_at is not None:
        telling_apart.one_at_a_time(line)
        telling_apart.look(line, by, {**fields, "unit": unit}, looked_at)
    return enter_many(line, [Entry(unit, fields, on)], looked_at=looked_at or (), by=by)[0]


def check_has_come(on: date, today: date) -> None:
    """What has not happened yet is not entered as if it had."""
    if on > today:
        raise Refusal(
            "stage.future",
            mark("%(day)s has not come yet; a stage is entered once it has happened."),
            hint=mark("Enter it on the day, or correct the date."),
            params={"day": on},
            field="on",
        )


def check_unit(unit: Unit, on: date) -> None:
    """A unit that has been dissolved gets no new records."""
    if unit.to_on is not None and unit.to_on < on:
        raise Refusal(
            "record.unit_closed",
            mark("%(unit)s was dissolved on %(day)s."),
            hint=mark("Choose the unit that carries its work on."),
            params={"unit": unit.name, "day": unit.to_on},
            field="unit",
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A record about to be entered: whose, with which facts, and since when."""

    unit: Unit
    fields: Mapping[str, Any]
    on: date


@transaction.atomic
def enter_many(line: Line, entries: Sequence[Entry], *, looked_at: Collection[int] = (), by: Person) -> list[Any]:
    """Enter records at the line's first stage, in a handful of statements however many they are."""
    at = moment.current().at
    telling_apart.one_at_a_time(line)
    telling_apart.check_apart(line, [{**each.fields, "unit": each.unit} for each in entries], looked_at)
    records = [_made(line, entry, at, by) for entry in entries]
    for record in records:
        check_rules(line, record)
    steps = [
        Step(
            line=line.key,
            stage=line.flow.first,
            happened_on=counts_on(line, record) or entry.on,
            entered_by=by,
            entered_at=at,
        )
        for entry, record in zip(entries, records, strict=True)
    ]
    for record, step in zip(records, steps, strict=True):
        record.next_due_on = next_due(running(line, record, [step], [], []))
    with telling_apart.told_by_the_database():
        insert_new(records)
    for record, step in zip(records, steps, strict=True):
        step.record_id = record.pk
    insert_new(steps)
    ledger.record_new(("entered", records), ("reached", steps), by=by)
    return records


def _made(line: Line, entry: Entry, at: Any, by: Person) -> Any:
    record = line.model(unit=entry.unit, stage=line.flow.first, entered_by=by, entered_at=at, **entry.fields)
    record.search_words = words_of(line, record)
    return record


@transaction.atomic
def edit(
    record: Record,
    fields: Mapping[str, Any],
    *,
    version: int | None = None,
    looked_at: Collection[int] = (),
    by: Person,
) -> Any:
    """Correct a record's facts. What a confirmed stage rests on is changed only after going back."""
    line = line_of(record)
    if telling_apart.tells_doubles(line, [name for name in fields if getattr(record, name) != fields[name]]):
        telling_apart.one_at_a_time(line)
    record = locked(record, version)
    changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
    if not changed:
        return record
    _check_not_confirmed(line, record, set(changed))
    before = {name: getattr(record, name) for name in changed} | {"version": record.version}
    for name, value in changed.items():
        setattr(record, name, value)
    check_rules(line, record)
    if telling_apart.tells_doubles(line, changed):
        telling_apart.check_apart(line, [telling_apart.values_of(record, line)], looked_at, apart=record.pk)
    record.version += 1
    with telling_apart.told_by_the_database():
        record.save(update_fields=[*changed, "version"])
    ledger.record("edited", record, by=by, before=before)
    if line.counts_on in changed and (day := counts_on(line, record)):
        _redate_first(line, record, day, by=by)
    keep_derived(record)
    return record


def counts_on(line: Line, record: Record) -> date | None:
    """The day the record itself says it counts on; none where the line leaves that to whoever enters it."""
    return last_of(getattr(record, line.counts_on)) if line.counts_on else None


def _redate_first(line: Line, record: Record, day: date, *, by: Person) -> None:
    """A corrected day moves the record into its month; a confirmed one was refused before."""
    step = Step.objects.select_for_update().of(record).filter(stage=line.flow.first, state=Step.State.CLAIMED).get()
    before = {"happened_on": step.happened_on}
    step.happened_on = day
    step.save(update_fields=["happened_on"])
    ledger.record("redated", step, by=by, before=before)


def check_rules(line: Line, record: Record) -> None:
    """What may not stand together is refused, all of it at once."""
    broken = [refusal for rule in line.rules for refusal in rule(record)]
    if broken:
        raise Refusals(broken)


def keep_derived(record: Record) -> None:
    """What is derived from a record follows it: the words it is found by, and the next day a limit ends."""
    line = line_of(record)
    limits = running_of(line, record)
    follows = {"search_words": words_of(line, record), "next_due_on": next_due(limits), **record.settled(limits)}
    changed = [name for name, value in follows.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, follows[name])
    if changed:
        record.save(update_fields=changed)


def words_of(line: Line, record: Record) -> str:
    """Everything a record is found by, in one spelling."""
    told = [record.name, *(getattr(record, name) for name in _texts(line.model)), *map(str, record.local.values())]
    return searchable("\n".join(filter(None, told)))


def _texts(model: type[Record]) -> Iterable[str]:
    """The fields in which words stand; what is chosen from a list is filtered for, not searched."""
    kinds = (models.CharField, models.TextField)
    apart = {"name", "stage", "search_words"}
    return [
        each.name
        for each in model._meta.concrete_fields
        if isinstance(each, kinds) and not each.choices and each.name not in apart | model.sealed
    ]


def locked(record: Record, version: int | None = None, *, merged_too: bool = False) -> Any:
    """The record, locked; refused when somebody has merged it, or changed it since ``version`` was read."""
    found = type(record).objects.select_for_update(of=("self",)).select_related("unit").get(pk=record.pk)
    if not merged_too:
        check_stands(found)
    if version is not None and found.version != version:
        raise Refusal(
            "form.stale",
            mark("Somebody changed this while you wrote; saving would erase it."),
            hint=mark("Compare with what stands there now, and choose."),
        )
    return found


def check_stands(record: Record) -> None:
    """What turned out to be another record is not changed any more."""
    if record.merged_into_id:  # type: ignore[attr-defined]
        raise Refusal(
            "record.merged",
            mark("This record turned out to be another one, no. %(number)s, and is not changed any more."),
            hint=mark("Open that one, and enter it there."),
            params={"number": str(record.merged_into_id)},  # type: ignore[attr-defined]
        )


def _check_not_confirmed(line: Line, record: Record, names: set[str]) -> None:
    confirmed = Step.objects.of(record).filter(state=Step.State.CONFIRMED).values_list("stage", flat=True)
    for stage in confirmed:
        resting = names & line.rests_on(stage)
        if resting:
            raise Refusal(
                "record.confirmed",
                mark("“%(stage)s” is confirmed, and %(field)s was part of it."),
                hint=mark("Take the record back with a reason, correct it, and have it confirmed again."),
                params={
                    "stage": line.stage_label(stage),
                    "field": line.model._meta.get_field(min(resting)).verbose_name,  # type: ignore[union-attr]
                },
                field=min(resting),
            )


def step_reached(record: Record, stage: str, on: date, *, by: Person) -> None:
    step = Step.objects.create(
        line=record.line_key,
        record_id=record.pk,
        stage=stage,
        happened_on=on,
        entered_by=by,
        entered_at=moment.current().at,
    )
    ledger.record("reached", step, by=by)
