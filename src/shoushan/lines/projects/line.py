"""What the shared registers need to know about key projects."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.projects.models import Milestone, Problem, Project, ProjectMonth
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need, Page
from shoushan.registers.rules import days_in_order

Stage = Project.Stage
SPEECH = _("Speech of 26 February 2026, part on key projects")


def government_money_is_ready(project: Project) -> Iterable[Refusal]:
    """Government money starts no works before it is in place, nor while an estimate grown by a tenth is unreported."""
    if project.approval != Project.Approval.APPROVAL:
        return
    if not project.funds_document:
        yield Refusal(
            "projects.no_funds",
            mark("The funds of this project are not shown to be in place."),
            hint=mark("Enter the document that says so; nothing starts before (State Council Decree 712, article 22)."),
            field="funds_document",
        )
    study, design = project.feasibility_yuan, project.estimate_yuan
    if study and design and design * 10 > study * 11 and not project.excess_report:
        yield Refusal(
            "projects.estimate_grew",
            mark("The design's estimate, %(design)s, is above the study's, %(study)s, by more than a tenth."),
            hint=mark("Report it to whoever approved the project, and enter the report's number (Decree 712, 12)."),
            params={"design": Decimal(design), "study": Decimal(study)},
            field="excess_report",
        )


projects = Line(
    key="projects",
    label=_("Key projects"),
    model=Project,
    columns=["name", "unit", "kind", "sector", "total_yuan", "year_plan_yuan", "light", "stage"],
    fields=["name", "kind", "sector", "lead", "responsible_post", "total_yuan", "year_plan_yuan", "equipment_yuan",
            "month_done_yuan", "year_done_yuan", "done_share", "stage_words", "light", "starts_on", "ends_on",
            "problem", "approval", "approval_number", "feasibility_yuan", "estimate_yuan", "excess_report",
            "funds_document", "permit", "latitude", "longitude", "remark"],
    required=["name", "total_yuan", "year_plan_yuan"],
    filters=["unit", "kind", "sector", "light", "stage"],
    flow=Flow([*Stage]),
    needs={
        Stage.APPROVED: Need(fields=["approval", "approval_number"], evidence=_("the approval, permission or filing")),
        Stage.STARTED: Need(fields=["permit"], evidence=_("a dated photograph of the first permanent works"),
                            also=government_money_is_ready),
        Stage.STATISTICS: Need(evidence=_("the platform's answer; the firm reports by itself")),
        Stage.COMPLETED: Need(evidence=_("the completion record")),
        Stage.ACCEPTED: Need(evidence=_("the acceptance certificate")),
        Stage.PRODUCING: Need(evidence=_("an invoice, tax or power bill of the running plant")),
    },
    same=["name"],
    near=["name"],
    clocks=[
        # two years, asked for longer thirty working days before they end, one year more at most
        Clock("start", _("start of works"), Stage.APPROVED, [Stage.STARTED], months=24, working=False, more=365,
              ask_before=30, when=lambda project: project.approval == Project.Approval.PERMISSION,
              clause=_("Measures on permitting and filing investment projects of firms, article 38")),
    ],
    rules=[days_in_order("starts_on", "ends_on")],
    pages=[Page("projects-gantt", _("Gantt")), Page("projects-curve", _("S-curve")), Page("projects-map", _("Map")),
           Page("projects-photos", _("Photographs"))],
    intake=Path(__file__).parent / "intake.yaml",
    into={"total": "total_yuan"},
    measures=[
        Measure("projects.started", Stage.STARTED, label=_("Projects started"),
                words=_("Projects whose first permanent works are confirmed; ceremonies and levelling are none."),
                source=SPEECH),
        Measure("projects.completed", Stage.COMPLETED, label=_("Projects completed"),
                words=_("Projects whose completion is confirmed."), source=SPEECH),
        Measure("projects.producing", Stage.PRODUCING, label=_("Projects in production"),
                words=_("Projects whose plant runs, confirmed."), source=SPEECH),
    ],
)  # fmt: skip

milestones = Line(
    key="milestones",
    label=_("Milestones"),
    model=Milestone,
    columns=["name", "project", "unit", "baseline_on", "planned_on", "owner", "stage"],
    fields=["name", "project", "baseline_on", "planned_on", "owner"],
    required=["name", "project", "baseline_on", "planned_on"],
    filters=["unit", "stage"],
    flow=Flow([*Milestone.Stage]),
    # the first plan is confirmed once and then stays, whatever is planned now
    needs={
        Milestone.Stage.PLANNED: Need(fields=["baseline_on"]),
        Milestone.Stage.REACHED: Need(evidence=_("what shows it: a photograph, an acceptance record")),
    },
    same=["name", "project"],
    clocks=[Clock("milestone", _("the milestone's day"), Milestone.Stage.PLANNED, [Milestone.Stage.REACHED],
                  until="planned_on", clause=_("the project's plan"))],
)  # fmt: skip

months = Line(
    key="project-months",
    label=_("Months of projects"),
    model=ProjectMonth,
    columns=["name", "project", "month_on", "planned_yuan", "reported_yuan", "paid_yuan"],
    fields=["name", "project", "month_on", "planned_yuan", "reported_yuan", "paid_yuan", "words"],
    required=["name", "project", "month_on", "planned_yuan", "reported_yuan", "paid_yuan"],
    filters=["unit"],
    flow=Flow([*ProjectMonth.Stage]),
    needs={ProjectMonth.Stage.TOLD: Need(fields=["project", "planned_yuan", "reported_yuan", "paid_yuan"])},
    counts_on="month_on",
    same=["name", "project", "month_on"],
    measures=[
        Measure("projects.reported", ProjectMonth.Stage.TOLD, value=lambda row: row.reported_yuan,
                label=_("Investment reported"), words=_("What was reported to the statistics, month by month."),
                source=SPEECH),
        Measure("projects.paid", ProjectMonth.Stage.TOLD, value=lambda row: row.paid_yuan,
                label=_("Investment paid"), words=_("What was paid, month by month; never added to what was reported."),
                source=SPEECH),
    ],
)  # fmt: skip

problems = Line(
    key="problems",
    label=_("Problems of projects"),
    model=Problem,
    columns=["name", "project", "unit", "owner", "due_on", "stage"],
    fields=["name", "project", "owner", "due_on", "solution"],
    required=["name", "project", "owner", "due_on"],
    filters=["unit", "stage"],
    flow=Flow([*Problem.Stage]),
    needs={Problem.Stage.SOLVED: Need(fields=["solution"])},
    same=["name", "project"],
    clocks=[Clock("problem", _("the problem's day"), Problem.Stage.OPEN, [Problem.Stage.SOLVED], until="due_on",
                  clause=_("the dispatch meeting"), more=30)],
)  # fmt: skip

lines = [projects, milestones, months, problems]
