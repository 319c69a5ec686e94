"""What the shared registers need to know about market entities."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.core.months import months_after
from shoushan.lines.enterprise.models import Course, Enterprise, Service, StartUpLoan
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need

Stage = Enterprise.Stage
LAW = _("Regulation on Improving the Business Environment, article 17: no compulsory rating of firms")


def not_seen_before_it_was(entity: Enterprise) -> Iterable[Refusal]:
    """Nobody pays tax or wages before they are registered."""
    seen, since = entity.last_seen_on, entity.registered_on
    if seen is not None and since is not None and seen < since:
        yield Refusal(
            "enterprise.seen_before",
            mark("%(seen)s is before the registration."),
            hint=mark("Correct one of the two days."),
            params={"seen": seen},
            field="last_seen_on",
        )


def seen_after_a_year(entity: Enterprise) -> Iterable[Refusal]:
    """Alive after twelve months: not because nobody struck it off, but because it was seen at work."""
    if entity.last_seen_on is None or entity.last_seen_on < months_after(entity.registered_on, 12):
        yield Refusal(
            "enterprise.not_seen",
            mark("It has not been seen paying tax or wages twelve months after its registration."),
            hint=mark("Take the day over from the registry or the tax office; a shell is not alive."),
            field="last_seen_on",
        )


entities = Line(
    key="enterprise",
    label=_("Market entities"),
    model=Enterprise,
    columns=["name", "code", "kind", "unit", "registered_on", "trade", "stage"],
    fields=["name", "code", "kind", "registered_on", "capital_yuan", "currency", "trade", "staff", "scope", "told_by",
            "last_seen_on", "ended_on", "remark"],
    required=["name", "registered_on"],
    filters=["unit", "stage"],
    counts_on="registered_on",
    flow=Flow([*Stage], ways={Stage.REGISTERED: [Stage.ALIVE, Stage.ENDED]}),
    needs={Stage.ALIVE: Need(fields=["last_seen_on"], also=seen_after_a_year), Stage.ENDED: Need(fields=["ended_on"])},
    same=["name", "registered_on"],
    codes=["code"],
    near=["name"],
    rules=[not_seen_before_it_was],
    intake=Path(__file__).parent / "intake.yaml",
    into={"capital": "capital_yuan"},
    measures=[
        Measure("enterprise.registered", Stage.REGISTERED, label=_("Newly registered"),
                words=_("Entities taken over from the registry, in the month of registration; shown, never a quota."),
                source=LAW),
        Measure("enterprise.ended", Stage.ENDED, label=_("Struck off"),
                words=_("Entities struck off, in that month; newly registered less these is what the district gained."),
                source=LAW),
        Measure("enterprise.alive", Stage.ALIVE, label=_("Alive after twelve months"),
                words=_("Entities seen paying tax or wages twelve months after their registration."), source=LAW),
        # by the month of registration: those alive now are not of those registered now
        Measure("enterprise.outlived", Stage.REGISTERED, where=lambda row: row.outlived_a_year,
                label=_("Registered then, alive a year later"), source=LAW,
                words=_("Of those registered in that month: alive after twelve months; none before they are over.")),
        Measure("enterprise.outlived_share", Stage.REGISTERED, where=lambda row: row.outlived_a_year,
                over="enterprise.registered", label=_("Alive a year later (share)"), source=LAW,
                words=_("Alive after twelve months, of all registered in that month; known once the months are over.")),
    ],
)  # fmt: skip

loans = Line(
    key="start-up-loans",
    label=_("Start-up loans"),
    model=StartUpLoan,
    columns=["name", "enterprise", "unit", "amount_yuan", "paid_on", "stage"],
    fields=["name", "enterprise", "amount_yuan", "paid_on", "why"],
    required=["name", "enterprise", "amount_yuan"],
    filters=["unit", "stage"],
    flow=Flow([*StartUpLoan.Stage], ways={StartUpLoan.Stage.ASKED: [StartUpLoan.Stage.PAID, StartUpLoan.Stage.REFUSED],
                                          StartUpLoan.Stage.PAID: [StartUpLoan.Stage.REPAID],
                                          StartUpLoan.Stage.REFUSED: []}),
    needs={StartUpLoan.Stage.PAID: Need(fields=["paid_on"]), StartUpLoan.Stage.REFUSED: Need(fields=["why"])},
    same=["name", "enterprise"],
)  # fmt: skip

courses = Line(
    key="entrepreneur-trainings",
    label=_("Trainings for those who begin"),
    model=Course,
    columns=["name", "unit", "held_on", "people_came", "opened_after", "stage"],
    fields=["name", "held_on", "people_came", "opened_after"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*Course.Stage]),
    needs={Course.Stage.HELD: Need(fields=["held_on", "people_came"])},
    same=["name"],
)

services = Line(
    key="services",
    label=_("Services firms asked for"),
    model=Service,
    columns=["name", "enterprise", "unit", "stage"],
    fields=["name", "enterprise", "asked", "answer"],
    required=["name", "asked"],
    filters=["unit", "stage"],
    flow=Flow([*Service.Stage]),
    needs={Service.Stage.ANSWERED: Need(fields=["answer"])},
    clocks=[Clock("answer", _("answer to the firm"), Service.Stage.ASKED, [Service.Stage.ANSWERED], days=5, more=5,
                  clause=_("the district's service promise"))],
    same=["name", "enterprise"],
    measures=[
        Measure("enterprise.asked", Service.Stage.ASKED, label=_("Services asked for"),
                words=_("What firms asked for, in that month."), source=LAW),
        Measure("enterprise.answered", Service.Stage.ANSWERED, label=_("Services answered"),
                words=_("What firms were answered, in that month."), source=LAW),
        Measure("enterprise.answered_in_time", Service.Stage.ANSWERED, where=lambda row: row.answered_in_time,
                label=_("Answered in time"), words=_("Of those answered: within the district's own promise."),
                source=LAW),
        Measure("enterprise.answered_in_time_share", Service.Stage.ANSWERED, where=lambda row: row.answered_in_time,
                over="enterprise.answered", label=_("Answered in time (share)"),
                words=_("Answered in time, of all answered."), source=LAW),
        Measure("enterprise.done", Service.Stage.DONE, label=_("Services done"),
                words=_("What the firm itself says is done."), source=LAW),
        Measure("enterprise.done_share", Service.Stage.DONE, over="enterprise.asked",
                label=_("Done of those asked for"),
                words=_("Services done for each one asked for."), source=LAW),
    ],
)  # fmt: skip

lines = [entities, loans, courses, services]
