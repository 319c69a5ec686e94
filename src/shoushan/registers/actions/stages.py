"""A record moved through its stages: advanced, confirmed, sent back, taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Evidence, Verification
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.orgs.models import Person
from shoushan.registers.actions.records import check_has_come, check_unit, keep_derived, locked, step_reached
from shoushan.registers.lines import Line, line_of
from shoushan.registers.models import Record, Step


@transaction.atomic
def advance(record: Record, to: str, *, on: date, today: date, version: int | None = None, by: Person) -> Record:
    """Move a record to its next stage, which happened on ``on``, if that stage's needs are met."""
    record = locked(record, version)
    line = line_of(record)
    _check_next(line, record, to)
    _check_day(record, on, today)
    check_unit(record.unit, on)
    gaps = missing(line, record, to)
    if gaps:
        raise Refusals(gaps)
    before = {"stage": record.stage, "version": record.version}
    record.stage, record.version = to, record.version + 1
    record.save(update_fields=["stage", "version"])
    ledger.record("advanced", record, by=by, before=before)
    step_reached(record, to, on, by=by)
    keep_derived(record)
    return record


def missing(line: Line, record: Record, stage: str) -> list[Refusal]:
    """What a record still lacks for a stage; shown before the button is pressed."""
    need = line.needs.get(stage)
    if need is None:
        return []
    gaps = [
        Refusal(
            "stage.needs_field",
            mark("“%(stage)s” needs the %(field)s."),
            hint=mark("Enter it on this page, then move on."),
            params={"stage": line.stage_label(stage), "field": line.model._meta.get_field(name).verbose_name},  # type: ignore[union-attr]
            field=name,
        )
        for name in need.fields
        if getattr(record, name) in (None, "")
    ]
    if need.evidence and not Evidence.objects.about(record, stage).standing().exists():
        gaps.append(
            Refusal(
                "stage.needs_evidence",
                mark("“%(stage)s” needs its evidence: %(evidence)s."),
                hint=mark("Add the file, then move on."),
                params={"stage": line.stage_label(stage), "evidence": need.evidence},
                field="file",
            )
        )
    return gaps + list(need.also(record) if need.also else ())


@transaction.atomic
def decide(record: Record, stage: str, decision: str, *, reason: str = "", by: Person) -> Record:
    """A second person confirms a stage, or sends it back with a reason; then the record stands one stage earlier."""
    record = locked(record)
    line = line_of(record)
    step = Step.objects.select_for_update().of(record).filter(stage=stage, state=Step.State.CLAIMED).first()
    if step is None:
        raise Refusal(
            "stage.nothing_to_confirm",
            mark("“%(stage)s” does not wait for confirmation."),
            hint=mark("Somebody may have decided on it; reload the page."),
            params={"stage": line.stage_label(stage)},
        )
    evidence.decide(record, decision, proves=stage, reason=reason, claimed_by=step.entered_by, by=by)
    accepted = decision == Verification.Decision.ACCEPTED
    _end_step(step, Step.State.CONFIRMED if accepted else Step.State.RETURNED, reason, by=by)
    if not accepted:
        _fall_back(line, record, stage, reason, by=by)
        keep_derived(record)
    return record


@transaction.atomic
def go_back(record: Record, to: str, *, reason: str, version: int | None = None, by: Person) -> Record:
    """Take a record back to an earlier stage; the stages above it are withdrawn, with the reason."""
    record = locked(record, version)
    line = line_of(record)
    if not reason.strip():
        raise Refusal(
            "stage.reason",
            mark("Going back needs a reason."),
            hint=mark("Say in a sentence what turned out to be wrong."),
            field="reason",
        )
    if line.flow.place(to) >= line.flow.place(record.stage):
        raise Refusal(
            "stage.not_back",
            mark("“%(to)s” is not before “%(from)s”."),
            hint=mark("Choose an earlier stage."),
            params={"to": line.stage_label(to), "from": line.stage_label(record.stage)},
        )
    _check_may_go_back(line, record, to, by)
    _retreat(line, record, to, reason.strip(), by=by)
    keep_derived(record)
    return record


def _check_may_go_back(line: Line, record: Record, to: str, by: Person) -> None:
    """What was confirmed is taken back by another person than the one who entered it, as it was confirmed by one."""
    above = [
        step
        for step in Step.objects.of(record).filter(state=Step.State.CONFIRMED)
        if line.flow.place(step.stage) > line.flow.place(to)
    ]
    if any(step.entered_by_id == by.pk for step in above):
        raise Refusal(
            "stage.same_person",
            mark("You entered this and somebody confirmed it; a second person must take it back, too."),
            hint=mark("Ask whoever confirms this line."),
        )


@transaction.atomic
def redate(record: Record, stage: str, on: date, *, reason: str, today: date, by: Person) -> Record:
    """Correct the day of a stage that waits for confirmation; its limits move with it."""
    record = locked(record)
    line = line_of(record)
    if line.counts_on and stage == line.flow.first:
        raise Refusal(
            "stage.dated_by_field",
            mark("This stage's day is the record's own “%(field)s”."),
            hint=mark("Correct it there; the day follows."),
            params={"field": line.model._meta.get_field(line.counts_on).verbose_name},  # type: ignore[union-attr]
            field="on",
        )
    step = Step.objects.select_for_update().of(record).filter(stage=stage, state=Step.State.CLAIMED).first()
    if step is None:
        raise Refusal(
            "stage.nothing_to_confirm",
            mark("“%(stage)s” does not wait for confirmation."),
            hint=mark("What is confirmed is taken back with a reason, and entered again."),
            params={"stage": line.stage_label(stage)},
        )
    check_has_come(on, today)
    _check_order(record, step, on)
    before = {"happened_on": step.happened_on}
    step.happened_on = on
    step.save(update_fields=["happened_on"])
    ledger.record("redated", step, by=by, before=before, reason=reason)
    keep_derived(record)
    return record


def _check_next(line: Line, record: Record, to: str) -> None:
    following = line.flow.following(record.stage)
    if to in following:
        return
    raise Refusal(
        "stage.not_next",
        mark("A record at “%(from)s” cannot move to “%(to)s”."),
        hint=mark("From here it can move to “%(next)s”.") if following else mark("It is at the last stage."),
        params={
            "from": line.stage_label(record.stage),
            "to": line.stage_label(to),
            "next": " / ".join(line.stage_label(stage) for stage in following),
        },
    )


def _check_day(record: Record, on: date, today: date) -> None:
    check_has_come(on, today)
    last = Step.objects.of(record).standing().order_by("-happened_on").first()
    if last is not None and on < last.happened_on:
        raise Refusal(
            "stage.day_order",
            mark("%(day)s is before the last stage, which happened on %(last)s."),
            hint=mark("Correct this date, or go back and correct the earlier one."),
            params={"day": on, "last": last.happened_on},
            field="on",
        )


def _check_order(record: Record, step: Step, on: date) -> None:
    """A stage's other day lies between the days of the stages around it."""
    place = line_of(record).flow.place
    others = [each for each in Step.objects.of(record).standing() if each.pk != step.pk]
    before = [each.happened_on for each in others if place(each.stage) < place(step.stage)]
    after = [each.happened_on for each in others if place(each.stage) > place(step.stage)]
    if before and on < max(before):
        raise Refusal(
            "stage.day_order",
            mark("%(day)s is before the last stage, which happened on %(last)s."),
            hint=mark("Correct this date, or go back and correct the earlier one."),
            params={"day": on, "last": max(before)},
            field="on",
        )
    if after and on > min(after):
        raise Refusal(
            "stage.day_order",
            mark("%(day)s is after the next stage, which happened on %(next)s."),
            hint=mark("Correct this date, or take the record back and correct the later one."),
            params={"day": on, "next": min(after)},
            field="on",
        )


def _end_step(step: Step, state: str, reason: str, *, by: Person) -> None:
    before = {
        "state": step.state,
        "decided_by": step.decided_by_id,
        "decided_at": step.decided_at,
        "reason": step.reason,
    }
    step.state, step.decided_by, step.decided_at, step.reason = state, by, moment.current().at, reason
    step.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    ledger.record(state, step, by=by, before=before, reason=reason)


def _fall_back(line: Line, record: Record, stage: str, reason: str, *, by: Person) -> None:
    """A returned stage takes the record to the last stage it did reach before it; later claims fall with it."""
    below = [
        step.stage
        for step in Step.objects.of(record).standing()
        if line.flow.place(step.stage) < line.flow.place(stage)
    ]
    earlier = max(below, key=line.flow.place, default=None)
    if earlier is not None:
        _retreat(line, record, earlier, reason, by=by)


def _retreat(line: Line, record: Record, to: str, reason: str, *, by: Person) -> None:
    for step in Step.objects.select_for_update().of(record).standing():
        if line.flow.place(step.stage) > line.flow.place(to):
            _end_step(step, Step.State.WITHDRAWN, reason, by=by)
    before = {"stage": record.stage, "version": record.version}
    record.stage, record.version = to, record.version + 1
    record.save(update_fields=["stage", "version"])
    ledger.record("went back", record, by=by, before=before, reason=reason)
