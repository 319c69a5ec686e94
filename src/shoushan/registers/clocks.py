"""How long a record's limits still run: computed from its stages, its pauses and its extension, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shoushan.core import workdays
from shoushan.core.months import months_after
from shoushan.registers.fields import last_of
from shoushan.registers.lines import Clock, Line
from shoushan.registers.models import Extension, Pause, Record, Step


@dataclass(frozen=True, slots=True)
class Running:
    """One limit of one record: since when, until when, and how it ended."""

    clock: Clock
    started_on: date
    due_on: date | None  # none while it is paused
    ended_on: date | None
    paused: Pause | None
    extension: Extension | None

    def is_late(self, on: date) -> bool:
        """Past its last day, or ended after it."""
        return self.due_on is not None and (self.ended_on or on) > self.due_on

    @property
    def was_kept(self) -> bool | None:
        """Whether it ended in time; none while it has not ended."""
        return None if self.ended_on is None else not self.is_late(self.ended_on)

    @property
    def ask_until(self) -> date | None:
        """The last day on which a longer limit may be asked for, where the law sets one before its end."""
        ahead = self.clock.ask_before
        return workdays.before(self.due_on, ahead) if ahead and self.due_on is not None else None

    def days_left(self, on: date) -> int:
        """Days until the last one, in the kind of days the limit counts; negative when it has passed."""
        due = self.due_on or on
        if due >= on:
            return workdays.between(on, due, working=self.clock.working)
        return -workdays.between(due, on, working=self.clock.working)


def running(
    line: Line, record: Record, steps: Iterable[Step], pauses: Iterable[Pause], extensions: Iterable[Extension]
) -> list[Running]:
    """Every limit of a record that has begun, in the order of the line's declaration."""
    reached = {step.stage: step.happened_on for step in steps}
    paused, longer = list(pauses), list(extensions)
    return [
        _one(record, clock, reached, [it for it in paused if it.clock == clock.key], longer)
        for clock in line.clocks
        if str(clock.starts) in reached and (clock.when is None or clock.when(record))
    ]


def _one(
    record: Record, clock: Clock, reached: Mapping[str, date], pauses: Sequence[Pause], longer: Sequence[Extension]
) -> Running:
    started = reached[str(clock.starts)]
    mine = [it for it in longer if it.clock == clock.key and it.state != Extension.State.REFUSED]
    approved = sum(it.days for it in mine if it.state == Extension.State.APPROVED)
    open_pause = next((it for it in pauses if it.to_on is None), None)
    ended = min((reached[str(stage)] for stage in clock.ends if str(stage) in reached), default=None)
    due = None if open_pause and ended is None else last_day(record, clock, started, pauses, approved)
    return Running(clock, started, due, ended, open_pause, mine[0] if mine else None)


def last_day(record: Record, clock: Clock, started: date, pauses: Iterable[Pause], more: int) -> date | None:
    """The last day of a limit; none where an order sets it and no order has yet."""
    stood_still = sum(_length(pause, clock) for pause in pauses if pause.to_on is not None)
    if clock.until:
        ordered = last_of(getattr(record, clock.until))
        return ordered and workdays.after(ordered, more + stood_still, working=clock.working)
    since = months_after(started, clock.months) if clock.months else started
    return workdays.after(since, clock.days + more + stood_still, working=clock.working)


def _length(pause: Pause, clock: Clock) -> int:
    assert pause.to_on is not None  # noqa: S101 - asked only of pauses that ended
    return workdays.between(pause.from_on - timedelta(days=1), pause.to_on, working=clock.working)


def running_of(line: Line, record: Record) -> list[Running]:
    """The limits of one record, asked of the database; nothing is asked where the line has none."""
    if not line.clocks:
        return []
    return running(
        line, record, Step.objects.of(record).standing(), Pause.objects.of(record), Extension.objects.of(record)
    )


def next_due(limits: Iterable[Running]) -> date | None:
    """The next day on which a limit that still runs ends."""
    return min((it.due_on for it in limits if it.ended_on is None and it.due_on is not None), default=None)


@dataclass(frozen=True, slots=True)
class Pushed:
    """A limit that another date would move: where it ends now, and where it would."""

    clock: Clock
    now: date | None
    then: date | None


def would_move(line: Line, record: Record, stage: str, on: date) -> list[Pushed]:
    """What a stage's other date would push, before anything is saved."""
    steps = list(Step.objects.of(record).standing())
    pauses, longer = list(Pause.objects.of(record)), list(Extension.objects.of(record))
    now = {it.clock.key: it.due_on for it in running(line, record, steps, pauses, longer)}
    for step in steps:
        if step.stage == stage:
            step.happened_on = on
    then = running(line, record, steps, pauses, longer)
    return [Pushed(it.clock, now[it.clock.key], it.due_on) for it in then if now[it.clock.key] != it.due_on]
