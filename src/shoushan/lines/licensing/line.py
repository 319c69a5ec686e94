"""What the shared registers need to know about licensing."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.lines.licensing.models import (
    Application,
    LiabilityCase,
    LicensingOffice,
    PermitItem,
    PublicityItem,
    RuleDocument,
    Training,
)
from shoushan.registers.fields import last_of
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need, Page
from shoushan.registers.models import Step
from shoushan.registers.rules import days_in_order

Stage = Application.Stage
LAW = "《行政许可法》"  # han: the law's name
DAYS_TO_ASK_FOR_A_HEARING = 5


def reasons_where_refused(application: Application) -> Iterable[Refusal]:
    """Whoever is refused is told why, and what they may do (许可法 38)."""
    if application.result == Application.Result.REFUSED and not application.why:
        yield Refusal(
            "licensing.reasons",
            mark("A refusal without its reasons and remedies is none."),
            hint=mark("Write why, and where one may ask for a review or sue (article 38)."),
            field="why",
        )


def hearing_may_still_be_asked_for(application: Application) -> Iterable[Refusal]:
    """Whoever was told of the right to a hearing has five working days to ask for it (许可法 47)."""
    told = {step.stage: step.happened_on for step in Step.objects.of(application).standing()}
    if Stage.OFFERED not in told or Stage.HEARING in told:
        return
    last = workdays.after(told[Stage.OFFERED], DAYS_TO_ASK_FOR_A_HEARING, working=True)
    decided = last_of(application.decided_on)
    if decided is None or decided <= last:
        yield Refusal(
            "licensing.hearing_open",
            mark("A hearing may be asked for until %(last)s; the decision is of a later day."),
            hint=mark("Enter the day of the decision, or the hearing that was asked for (article 47)."),
            params={"last": last},
            field="decided_on",
        )


def before_deciding(application: Application) -> Iterable[Refusal]:
    yield from reasons_where_refused(application)
    yield from hearing_may_still_be_asked_for(application)


def not_more_than_due(training: Training) -> Iterable[Refusal]:
    """More people than were due is a second group or a slip; either is said first."""
    if training.people_due and training.people_came and training.people_came > training.people_due:
        yield Refusal(
            "licensing.over_due",
            mark("%(came)s came, and %(due)s were due."),
            hint=mark("Correct one of the two; a further group is a training of its own."),
            params={"came": training.people_came, "due": training.people_due},
            field="people_came",
        )


def fee_has_its_law(permit: PermitItem) -> Iterable[Refusal]:
    """No fee without a law or an administrative regulation (许可法 58)."""
    if permit.fee_basis and len(permit.fee_basis.strip()) < 4:
        yield Refusal(
            "licensing.fee",
            mark("A fee rests on a law or regulation, named in full (article 58)."),
            hint=mark("Name it, or leave the field empty: free of charge."),
            field="fee_basis",
        )


def sets_up_nothing(document: RuleDocument) -> Iterable[Refusal]:
    """A normative document sets up no permit and no fee (许可法 17)."""
    if document.adds_a_permit:
        yield Refusal(
            "licensing.permit",
            mark("A normative document may set up no permit and no fee (article 17)."),
            hint=mark("It is withdrawn, or changed before it may stand."),
            field="adds_a_permit",
        )


def granted(row: Any) -> Any:
    return row.result == Application.Result.GRANTED.value


def jointly(application: Application) -> bool:
    return application.is_joint


def alone(application: Application) -> bool:
    return not application.is_joint


def limit(key: str, label: Any, starts: Stage, ends: list[Stage], days: int, article: str, **given: Any) -> Clock:
    """A limit of the licensing law, in working days (82)."""
    return Clock(key, label, starts, ends, days=days, clause=f"{LAW} {article}", **given)


applications = Line(
    key="licensing",
    label=_("Licensing"),
    model=Application,
    columns=["name", "number", "item", "unit", "applied_on", "result", "stage"],
    fields=["name", "number", "item", "is_joint", "applied_on", "accepted_on", "decided_on", "delivered_on",
            "limit_days", "extended", "result", "why", "review", "remark"],
    required=["name", "applied_on"],
    filters=["unit", "result", "stage"],
    flow=Flow(
        [*Stage],
        ways={
            Stage.APPLIED: [Stage.ACCEPTED, Stage.COMPLETED, Stage.NOT_ACCEPTED],
            Stage.COMPLETED: [Stage.ACCEPTED, Stage.NOT_ACCEPTED],
            Stage.ACCEPTED: [Stage.DECIDED, Stage.OFFERED, Stage.HEARING],
            Stage.OFFERED: [Stage.HEARING, Stage.DECIDED],
            Stage.DELIVERED: [],
        },
    ),
    needs={
        Stage.ACCEPTED: Need(fields=["number"]),
        Stage.COMPLETED: Need(evidence=_("the one notice that names everything missing")),
        Stage.NOT_ACCEPTED: Need(fields=["why"]),
        Stage.OFFERED: Need(evidence=_("the notice of the right to a hearing")),
        Stage.HEARD: Need(evidence=_("the record of the hearing")),
        Stage.DECIDED: Need(fields=["result"], evidence=_("the decision"), also=before_deciding),
        Stage.DELIVERED: Need(evidence=_("the receipt of delivery")),
    },
    same=["name", "item", "applied_on"],
    codes=["number"],
    near=["name"],
    clocks=[
        limit("complete", _("complete or tell once"), Stage.APPLIED,
              [Stage.ACCEPTED, Stage.COMPLETED, Stage.NOT_ACCEPTED], 5, "32"),
        limit("decide", _("decision"), Stage.ACCEPTED, [Stage.DECIDED], 20, "42", more=10, when=alone),
        limit("decide_jointly", _("joint decision"), Stage.ACCEPTED, [Stage.DECIDED], 45, "42", more=15, when=jointly),
        limit("hear", _("hearing"), Stage.HEARING, [Stage.HEARD], 20, "47"),
        limit("deliver", _("delivery"), Stage.DECIDED, [Stage.DELIVERED], 10, "44"),
    ],
    rules=[days_in_order("applied_on", "accepted_on", "decided_on", "delivered_on")],
    pages=[Page("licensing-report", _("Yearly report"))],
    intake=Path(__file__).parent / "intake.yaml",
    table="cases",
    into={"applicant": "name", "authority": "unit"},
    measures=[
        Measure("licensing.accepted", Stage.ACCEPTED, label=pgettext_lazy("an application", "Accepted"),
                words=_("Applications accepted, in that month."), source=f"{LAW} 32"),
        Measure("licensing.decided", Stage.DECIDED, label=pgettext_lazy("an application", "Decided"),
                words=_("Applications decided, in that month, granted or refused."), source=f"{LAW} 42"),
        Measure("licensing.granted", Stage.DECIDED, where=granted, label=_("Granted"),
                words=_("Applications granted."), source=f"{LAW} 38"),
        Measure("licensing.decided_in_time", Stage.DECIDED, where=lambda row: row.decided_in_time,
                label=_("Decided in time"), source=f"{LAW} 42, 45",
                words=_("Of those decided: within the law's working days, with pauses and an approved extension.")),
        Measure("licensing.decided_in_time_share", Stage.DECIDED, where=lambda row: row.decided_in_time,
                over="licensing.decided", label=_("Decided in time (share)"), source=f"{LAW} 42, 45",
                words=_("Decided in time, of all decided.")),
        Measure("licensing.delivered", Stage.DELIVERED, label=_("Delivered"),
                words=_("Decisions delivered to whom they concern."), source=f"{LAW} 44"),
        Measure("licensing.delivered_in_time", Stage.DELIVERED, where=lambda row: row.delivered_in_time,
                label=_("Delivered in time"), words=_("Of those delivered: within ten working days."),
                source=f"{LAW} 44"),
        Measure("licensing.delivered_in_time_share", Stage.DELIVERED, where=lambda row: row.delivered_in_time,
                over="licensing.delivered", label=_("Delivered in time (share)"),
                words=_("Delivered in time, of all delivered."), source=f"{LAW} 44"),
    ],
)  # fmt: skip

offices = Line(
    key="licensing-offices",
    label=_("Leading groups and offices"),
    model=LicensingOffice,
    columns=["name", "unit", "led_by", "document", "stage"],
    fields=["name", "led_by", "document"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*LicensingOffice.Stage]),
    needs={LicensingOffice.Stage.SET_UP: Need(fields=["led_by", "document"])},
    same=["name", "unit"],
)

trainings = Line(
    key="trainings",
    label=_("Trainings"),
    model=Training,
    columns=["name", "unit", "held_on", "people_due", "people_came", "pass_share", "stage"],
    fields=["name", "held_on", "people_due", "people_came", "pass_share", "remark"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*Training.Stage]),
    needs={Training.Stage.HELD: Need(fields=["held_on", "people_due", "people_came"], evidence=_("the list of names"))},
    same=["name", "unit", "held_on"],
    rules=[not_more_than_due],
    intake=Path(__file__).parent / "intake.yaml",
    table="trainings",
    into={"training": "name", "pass_rate": "pass_share"},
    measures=[
        Measure("licensing.people_due", Training.Stage.HELD, value=lambda row: row.people_due,
                label=_("People due at trainings"), words=_("Those who had to come."), source=f"{LAW} 10"),
        Measure("licensing.people_came", Training.Stage.HELD, value=lambda row: row.people_came,
                label=_("People who came"), words=_("Those on the list of names."), source=f"{LAW} 10"),
        Measure("licensing.trained_share", Training.Stage.HELD, value=lambda row: row.people_came,
                over="licensing.people_due", label=_("Came of those due"),
                words=_("People who came for each one due."), source=f"{LAW} 10"),
    ],
)  # fmt: skip

publicity = Line(
    key="publicity-items",
    label=_("Publicity"),
    model=PublicityItem,
    columns=["name", "unit", "where", "stage"],
    fields=["name", "where"],
    required=["name", "where"],
    filters=["unit", "stage"],
    flow=Flow([*PublicityItem.Stage]),
    same=["name", "unit"],
)

documents = Line(
    key="normative-documents",
    label=_("Normative documents"),
    model=RuleDocument,
    columns=["name", "number", "unit", "adds_a_permit", "stage"],
    fields=["name", "number", "adds_a_permit"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*RuleDocument.Stage], ways={RuleDocument.Stage.FILED: [RuleDocument.Stage.REVIEWED,
                                                                                RuleDocument.Stage.STRUCK],
                                                RuleDocument.Stage.REVIEWED: []}),
    needs={RuleDocument.Stage.FILED: Need(fields=["number"], evidence=_("the filing letter")),
           RuleDocument.Stage.REVIEWED: Need(also=sets_up_nothing)},
    same=["name", "number"],
    clocks=[
        Clock("file", _("filing"), RuleDocument.Stage.ISSUED, [RuleDocument.Stage.FILED], days=30,
              working=False, clause="《法规规章备案审查条例》 4"),  # han: the regulation's name
        Clock("review", _("review"), RuleDocument.Stage.FILED,
              [RuleDocument.Stage.REVIEWED, RuleDocument.Stage.STRUCK], days=60, working=False, more=30,
              clause=_("the province's rule on normative documents")),
    ],
)  # fmt: skip

permits = Line(
    key="permit-items",
    label=_("Permit list"),
    model=PermitItem,
    columns=["name", "unit", "basis", "fee_basis", "limit_days", "stage"],
    fields=["name", "basis", "fee_basis", "limit_days"],
    required=["name", "basis"],
    filters=["unit", "stage"],
    flow=Flow([*PermitItem.Stage]),
    same=["name", "unit"],
    rules=[fee_has_its_law],
)

cases = Line(
    key="liability-cases",
    label=_("Liability cases"),
    model=LiabilityCase,
    columns=["name", "unit", "article", "outcome", "stage"],
    fields=["name", "article", "outcome"],
    required=["name", "article"],
    filters=["unit", "stage"],
    flow=Flow([*LiabilityCase.Stage]),
    needs={LiabilityCase.Stage.DECIDED: Need(fields=["outcome"])},
    same=["name", "article"],
)

lines = [applications, offices, trainings, publicity, documents, permits, cases]
