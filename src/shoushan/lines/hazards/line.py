"""What the shared register needs to know about hazards and safety checks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.hazards.models import Hazard, SafetyCheck
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need, Page
from shoushan.registers.models import Step
from shoushan.registers.rules import days_in_order

Stage, Grade = Hazard.Stage, Hazard.Grade
LAW = _("Work Safety Law, articles 41 and 65")


def only_major_hazards_are_listed(record: Hazard) -> Iterable[Refusal]:
    """挂牌督办 is for major hazards."""
    if record.grade != Grade.MAJOR and (record.listed_no or record.delisted_no):
        yield _not_major()


def is_major(record: Hazard) -> Iterable[Refusal]:
    if record.grade != Grade.MAJOR:
        yield _not_major()


def _not_major() -> Refusal:
    return Refusal(
        "hazards.not_major",
        mark("Only major hazards are listed for supervision."),
        hint=mark("Grade it as major with the reason, or leave the notice out."),
        field="listed_no",
    )


def listed_if_major(record: Hazard) -> Iterable[Refusal]:
    if record.grade == Grade.MAJOR and record.stage == Stage.ORDERED:
        yield Refusal(
            "hazards.not_listed",
            mark("A major hazard is listed for supervision before it is extended or counts as rectified."),
            hint=mark("Record the supervision notice first."),
        )


def delisted_if_major(record: Hazard) -> Iterable[Refusal]:
    if record.grade == Grade.MAJOR and record.stage == Stage.CHECKED:
        yield Refusal(
            "hazards.not_delisted",
            mark("A major hazard is closed once it is off the list."),
            hint=mark("Record the delisting notice first."),
        )


def extended_with_approval(record: Hazard) -> Iterable[Refusal]:
    """A later day holds once its extension is a stage that a second person confirmed; typed alone it is a wish."""
    confirmed = Step.objects.of(record).filter(stage=Stage.EXTENDED, state=Step.State.CONFIRMED)
    if record.extended_to and not confirmed.exists():
        yield Refusal(
            "hazards.not_extended",
            mark("The extended day stands there, and no extension is confirmed."),
            hint=mark("Have the extension confirmed, or leave its day out."),
            field="extended_to",
        )


def may_be_closed(record: Hazard) -> Iterable[Refusal]:
    yield from delisted_if_major(record)
    yield from extended_with_approval(record)


def may_be_delisted(record: Hazard) -> Iterable[Refusal]:
    yield from is_major(record)
    yield from extended_with_approval(record)


def whoever_found_it_does_not_close_it(record: Hazard) -> Iterable[Refusal]:
    """Checked by another unit, and neither checked nor closed by the person who found it."""
    if record.checker and record.checked_by == record.found_by:
        yield Refusal(
            "hazards.same_unit",
            mark("%(unit)s found this hazard; another unit checks that it is gone."),
            hint=mark("Name the unit that checked."),
            params={"unit": record.found_by},
            field="checked_by",
        )
    for field in ("checker", "closed_by"):
        if record.finder and getattr(record, field) == record.finder:
            yield Refusal(
                "hazards.same_person",
                mark("%(person)s found this hazard and cannot also check or close it."),
                hint=mark("Ask a colleague of another unit."),
                params={"person": record.finder},
                field=field,
            )


def in_time(row: Any) -> Any:
    """Rectified by the ordered day, or by the day it was extended to; how long the check took costs nobody."""
    return row.corrected_on <= row.extended_to.fill_null(row.due_on)


hazards = Line(
    key="hazards",
    label=_("Work safety"),
    model=Hazard,
    columns=["name", "words", "grade", "unit", "found_by", "due_on", "stage"],
    fields=[
        "name", "address", "words", "sector", "grade", "count", "count_detail", "found_on", "found_by", "finder",
        "measure", "money_yuan", "post", "due_on", "plan", "listed_no", "extended_on", "extended_to", "extended_why",
        "told_state", "corrected_on", "done", "checked_on", "checked_by", "checker", "delisted_no",
        "closed_by", "remark",
    ],
    required=["name"],
    filters=["unit", "grade", "stage"],
    flow=Flow(
        [*Stage],
        ways={
            Stage.ORDERED: [Stage.RECTIFIED, Stage.LISTED, Stage.EXTENDED],
            Stage.LISTED: [Stage.RECTIFIED, Stage.EXTENDED],
            Stage.CHECKED: [Stage.CLOSED, Stage.DELISTED],
        },
    ),
    needs={
        Stage.GRADED: Need(fields=["grade", "words", "found_on", "found_by"]),
        Stage.ORDERED: Need(
            fields=["measure", "money_yuan", "post", "due_on", "plan"], evidence=_("the order as it was delivered")
        ),
        Stage.LISTED: Need(fields=["listed_no"], evidence=_("the supervision notice"), also=is_major),
        Stage.EXTENDED: Need(
            fields=["extended_on", "extended_to", "extended_why"],
            evidence=_("the approval with its reasons"),
            also=listed_if_major,
        ),
        Stage.RECTIFIED: Need(
            fields=["corrected_on", "done"],
            evidence=_("photographs from the same spots, or the test report"),
            also=listed_if_major,
        ),
        Stage.CHECKED: Need(
            fields=["checked_on", "checked_by", "checker"], evidence=_("the record of the check on site")
        ),
        Stage.DELISTED: Need(fields=["delisted_no"], evidence=_("the delisting notice"), also=may_be_delisted),
        Stage.CLOSED: Need(fields=["closed_by"], also=may_be_closed),
    },
    same=["name", "words", "found_on"],
    near=["name", "address"],
    clocks=[
        Clock(
            "order", _("Ordered day"), Stage.ORDERED, [Stage.RECTIFIED, Stage.EXTENDED], working=False,
            clause=_("the order; Work Safety Law, article 65"), until="due_on",
        ),
        Clock(
            "extension", _("Extended day"), Stage.EXTENDED, [Stage.RECTIFIED], working=False,
            clause=_("the approval of the extension"), until="extended_to",
        ),
    ],
    rules=[
        # an extension is approved before the ordered day has passed, and never shortens it
        days_in_order("found_on", "due_on"),
        days_in_order("found_on", "corrected_on", "checked_on"),
        days_in_order("extended_on", "due_on", "extended_to"),
        only_major_hazards_are_listed,
        whoever_found_it_does_not_close_it,
    ],
    # 查隐患不扣分: nothing counts findings; a share is always of those that were closed
    measures=[
        Measure(
            "hazards.general_closed", Stage.CLOSED, where=lambda row: row.grade == "general", source=LAW,
            label=_("General hazards closed"), words=_("Closed after a check by another unit, in time or not."),
        ),
        Measure(
            "hazards.general_in_time", Stage.CLOSED, where=lambda row: (row.grade == "general") & in_time(row),
            over="hazards.general_closed", label=_("General hazards closed in time"), source=LAW,
            words=_("Of those closed: rectified by the ordered or extended day. Finding more never lowers it."),
        ),
        Measure(
            "hazards.major_delisted", Stage.DELISTED, where=lambda row: row.grade == "major", source=LAW,
            label=_("Major hazards delisted"), words=_("Taken off the supervision list, in time or not."),
        ),
        Measure(
            "hazards.major_in_time", Stage.DELISTED, where=lambda row: (row.grade == "major") & in_time(row),
            over="hazards.major_delisted", label=_("Major hazards delisted in time"), source=LAW,
            words=_("Of those delisted: rectified by the ordered or extended day. Finding more never lowers it."),
        ),
    ],
    pages=[Page("hazard-sites", _("Sites, repeats and coverage"))],
    intake=Path(__file__).parent / "intake.yaml",
    into={"site": "name", "state": "told_state"},
    in_field=True,
)  # fmt: skip

checks = Line(
    key="safety-checks",
    label=_("Safety checks"),
    model=SafetyCheck,
    columns=["name", "unit", "sector", "planned_for", "checked_by", "findings", "stage"],
    fields=["name", "address", "sector", "planned_for", "hazard", "checked_by", "findings", "remark"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*SafetyCheck.Stage]),
    needs={
        SafetyCheck.Stage.DONE: Need(
            fields=["checked_by", "findings"], evidence=_("the inspection sheet signed on the spot")
        ),
    },
    same=["name", "planned_for", "hazard"],
    near=["name", "address"],
    measures=[
        Measure(
            "hazards.checks_planned", SafetyCheck.Stage.PLANNED, label=_("Safety checks planned"), source=LAW,
            words=_("Sites in the inspection plan, with linked checks of like sites."),
        ),
        Measure(
            "hazards.coverage", SafetyCheck.Stage.DONE, over="hazards.checks_planned", label=_("Coverage of the plan"),
            words=_("Planned sites that were checked, whatever was found there."), source=LAW,
        ),
    ],
    in_field=True,
)  # fmt: skip

lines = [hazards, checks]
