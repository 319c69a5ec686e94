"""What the shared registers need to know about special rectifications and agenda items."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.core.months import months_after
from shoushan.lines.campaigns.models import AgendaItem, Campaign, Finding
from shoushan.registers.fields import first_and_last
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need
from shoushan.registers.models import Step
from shoushan.registers.rules import days_in_order

Stage = Finding.Stage
MONTHS_TO_SUE = 6  # 行政诉讼法 46; a review may be asked for in 60 days (行政复议法 20), which end earlier
MOST_NAMED = 20
CLOSED = _("District's decision on the rectification")


def inside_the_campaign(finding: Finding) -> Iterable[Refusal]:
    """A rectification ends by itself: what is found afterwards is everyday work."""
    campaign, found = finding.decided_in, finding.found_on
    if campaign is not None and found and first_and_last(found)[0] > campaign.ends_on:
        yield Refusal(
            "campaigns.ended",
            mark("“%(campaign)s” ended on %(day)s; it takes nothing that was found later."),
            hint=mark("Enter it with the everyday work of city management."),
            params={"campaign": campaign.name, "day": campaign.ends_on},
            field="found_on",
        )


def not_on_a_holiday(finding: Finding) -> Iterable[Refusal]:
    """Nothing is removed by force on a holiday (行政强制法 43)."""
    if finding.enforced_on is not None and not workdays.is_working(finding.enforced_on):
        yield Refusal(
            "campaigns.holiday",
            mark("%(day)s is a holiday or a weekend; nothing is removed by force on such a day, nor at night."),
            hint=mark("Choose a working day (Administrative Compulsion Law, article 43)."),
            params={"day": finding.enforced_on},
            field="enforced_on",
        )


def told_in_writing(finding: Finding) -> Iterable[Refusal]:
    """Where a right is touched, one is told in writing, with the number of the notice."""
    if not finding.document:
        yield Refusal(
            "campaigns.no_notice",
            mark("The number of the written notice is missing."),
            hint=mark("Nobody's building is touched on word of mouth (Administrative Compulsion Law, article 35)."),
            field="document",
        )


def time_to_object_is_over(finding: Finding) -> Iterable[Refusal]:
    """Nothing is removed while its owner may still ask for a review or sue, or has done so (行政强制法 44)."""
    served = Step.objects.of(finding).standing().filter(stage=Stage.ORDERED).first()
    last = workdays.next_working(months_after(served.happened_on, MONTHS_TO_SUE)) if served else None
    if last is not None and (finding.enforced_on is None or finding.enforced_on <= last):
        yield Refusal(
            "campaigns.too_early",
            mark("A review or a suit may be asked for until %(last)s; nothing is removed before that day is over."),
            hint=mark("The owner may remove it at any time; the authority waits (Administrative Compulsion Law, 44)."),
            params={"last": last},
            field="enforced_on",
        )
    if finding.is_contested:
        yield Refusal(
            "campaigns.contested",
            mark("A review or a suit is under way."),
            hint=mark("Wait for its outcome."),
            field="is_contested",
        )


def open_ones_go_to_somebody(campaign: Campaign) -> Iterable[Refusal]:
    """What a rectification leaves open is somebody's everyday work from then on."""
    still = Finding.objects.standing().filter(decided_in=campaign).exclude(stage=Stage.CHECKED)
    if not campaign.handed_to and still.exists():
        yield Refusal(
            "campaigns.open_findings",
            mark("%(count)s findings are still open: %(names)s."),
            hint=mark("Say who takes them over."),
            params={"count": still.count(), "names": ", ".join(still.values_list("name", flat=True)[:MOST_NAMED])},
            field="handed_to",
        )


findings = Line(
    key="campaigns",
    label=_("Special rectifications: findings"),
    model=Finding,
    columns=["name", "campaign", "unit", "words", "due_on", "stage"],
    fields=["name", "campaign", "decided_in", "touches_rights", "words", "count", "area", "found_on", "document",
            "told_on", "due_on", "done_on", "is_contested", "enforced_on", "state_told", "responsible", "remark"],
    required=["name", "campaign", "found_on"],
    filters=["unit", "stage"],
    flow=Flow(
        [*Stage],
        ways={
            Stage.TOLD: [Stage.CORRECTED, Stage.URGED],
            Stage.URGED: [Stage.CORRECTED, Stage.HEARD],
            Stage.HEARD: [Stage.CORRECTED, Stage.ORDERED],
            Stage.ORDERED: [Stage.CORRECTED, Stage.ANNOUNCED],
            Stage.ANNOUNCED: [Stage.CORRECTED, Stage.ENFORCED],
            Stage.ENFORCED: [Stage.CHECKED],
        },
    ),
    needs={
        Stage.TOLD: Need(fields=["due_on"]),
        Stage.URGED: Need(evidence=_("the written reminder with its receipt (article 35)"), also=told_in_writing),
        Stage.HEARD: Need(evidence=_("the record of what was said in defence (article 36)")),
        Stage.ORDERED: Need(evidence=_("the decision with its receipt (article 37)")),
        Stage.ANNOUNCED: Need(evidence=_("the public notice (article 44)")),
        Stage.ENFORCED: Need(
            fields=["enforced_on"], evidence=_("the record of the removal"), also=time_to_object_is_over
        ),
        Stage.CORRECTED: Need(fields=["done_on"], evidence=_("a photograph of the place afterwards")),
    },
    same=["name", "campaign", "words"],
    near=["name"],
    clocks=[
        Clock("corrected", _("to be corrected"), Stage.TOLD, [Stage.CORRECTED, Stage.URGED], until="due_on",
              clause=_("the notice"), more=30),
    ],
    rules=[inside_the_campaign, days_in_order("found_on", "told_on"),
        days_in_order("found_on", "done_on"), not_on_a_holiday],
    intake=Path(__file__).parent / "intake.yaml",
    into={"place": "name", "state": "state_told"},
    in_field=True,
    measures=[
        Measure("campaigns.corrected", Stage.CHECKED, label=_("Corrected and checked"),
                words=_("Findings that another person has checked after they were corrected; how fast is not counted."),
                source=CLOSED),
        Measure("campaigns.told", Stage.TOLD, label=_("Told in writing"),
                words=_("Findings whose owner was told what to correct and by when."), source=CLOSED),
        Measure("campaigns.corrected_share", Stage.CHECKED, over="campaigns.told", label=_("Corrected of those told"),
                words=_("Findings corrected and checked for each one told."), source=CLOSED),
    ],
)  # fmt: skip

campaigns = Line(
    key="special-campaigns",
    label=_("Special rectifications"),
    model=Campaign,
    columns=["name", "decision", "unit", "ends_on", "stage"],
    fields=["name", "decision", "scope", "ends_on", "handed_to"],
    required=["name", "decision", "scope", "ends_on"],
    filters=["unit", "stage"],
    flow=Flow([*Campaign.Stage]),
    needs={Campaign.Stage.ENDED: Need(also=open_ones_go_to_somebody)},
    clocks=[Clock("end", _("end of the rectification"), Campaign.Stage.DECIDED, [Campaign.Stage.ENDED], until="ends_on",
                  clause=_("its decision"))],
    same=["name", "decision"],
)  # fmt: skip

agenda = Line(
    key="agenda-items",
    label=_("Agenda items"),
    model=AgendaItem,
    columns=["name", "kind", "owner", "unit", "due_on", "stage"],
    fields=["name", "kind", "owner", "due_on", "result"],
    required=["name", "kind", "owner", "due_on"],
    filters=["unit", "kind", "stage"],
    flow=Flow([*AgendaItem.Stage]),
    needs={AgendaItem.Stage.DONE: Need(fields=["result"])},
    clocks=[Clock("item", _("the item's day"), AgendaItem.Stage.PLANNED, [AgendaItem.Stage.DONE], until="due_on",
                  clause=_("the year's plan"))],
    same=["name", "due_on"],
)  # fmt: skip

lines = [findings, campaigns, agenda]
