"""What the shared register needs to know about planting tasks, sites and survival surveys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.greening import sampling
from shoushan.lines.greening.models import Planting, PlantingTask, Survey
from shoushan.lines.greening.norms import season_over
from shoushan.registers.lines import Flow, Line, Measure, Need, Page
from shoushan.registers.rules import days_in_order

Stage = Planting.Stage
SPEECH = _("the year's speech: trees and green area, counted where they stand")


def survival_is_checked_after_a_growing_season(record: Planting) -> Iterable[Refusal]:
    if record.checked_on and record.planted_on and record.checked_on <= season_over(record.planted_on):
        yield Refusal(
            "greening.too_early",
            mark("The first growing season lasts until %(day)s; what was green before says little."),
            hint=mark("Check again after that day."),
            params={"day": season_over(record.planted_on)},
            field="checked_on",
        )


def no_more_are_alive_than_the_sample_allows(record: Planting) -> Iterable[Refusal]:
    """Alive is at most what was planted, and at most the upper end of the last survey."""
    alive, planted = record.alive_trees, record.planted_trees or 0
    if alive is None:
        return
    survey = record.surveys.filter(stage=Survey.Stage.DONE).order_by("-pk").first() if record.pk else None
    most = planted
    if survey is not None and survey.looked_at and survey.population and survey.alive_trees is not None:
        high = sampling.wilson(survey.alive_trees, survey.looked_at, survey.population).high
        most = int(high * planted)
    if alive > most:
        yield Refusal(
            "greening.alive",
            mark("At most %(most)s trees can be alive here, by what was planted and what the sample found."),
            hint=mark("Enter what the survey supports, or draw a larger sample."),
            params={"most": most},
            field="alive_trees",
        )


def the_sample_is_the_one_drawn(record: Survey) -> Iterable[Refusal]:
    """Size and places follow from population, precision and seed; nobody exchanges a bad place for a good one."""
    if record.sample_trees is None and not record.drawn:
        return
    due = sample_of(record)
    if due is None or (record.sample_trees, record.drawn) != due:
        yield Refusal(
            "greening.other_sample",
            mark("These are not the places that the seed draws."),
            hint=mark("Draw the sample on its page; another seed is another survey."),
            field="drawn",
        )


def all_of_the_sample_was_looked_at(record: Survey) -> Iterable[Refusal]:
    if record.looked_at is not None and record.looked_at != record.sample_trees:
        yield Refusal(
            "greening.sample_size",
            mark("%(due)s places were drawn, and %(count)s looked at."),
            hint=mark("A place that cannot be found counts as dead."),
            params={"due": record.sample_trees or 0, "count": record.looked_at},
            field="looked_at",
        )
    if record.alive_trees is not None and record.alive_trees > (record.looked_at or 0):
        yield Refusal(
            "greening.alive",
            mark("More are alive than were looked at."),
            hint=mark("Correct one of the two."),
            field="alive_trees",
        )


def sample_of(record: Survey) -> tuple[int, str] | None:
    """How many places a survey must look at, and which."""
    if not (record.population and record.precision_share and record.expected_share and record.seed):
        return None
    count = sampling.size(record.population, precision=record.precision_share, expected=record.expected_share)
    return count, " ".join(map(str, sampling.draw(record.population, count, record.seed)))


greening = Line(
    key="greening",
    label=_("Greening"),
    model=Planting,
    columns=["name", "unit", "species", "task_trees", "planted_trees", "planted_on", "alive_trees", "stage"],
    fields=[
        "name", "promise", "kind", "species", "spec", "task_trees", "planted_trees", "replanted_trees", "sites",
        "area", "area_m2", "plan", "planted_on", "contractor", "guarantee_end", "survival_share", "checked_on",
        "alive_trees", "remark",
    ],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*Stage]),
    needs={
        Stage.PLANTED: Need(
            fields=["species", "spec", "planted_trees", "area_m2", "plan", "planted_on", "guarantee_end"],
            evidence=_("dated photographs of the site, and the delivery note with species and size"),
        ),
        Stage.CHECKED: Need(
            fields=["checked_on", "alive_trees"],
            evidence=_("the sheet of the sample survey, signed by those who looked"),
        ),
        Stage.ENDED: Need(evidence=_("the record of the handing over")),
    },
    same=["name", "species", "planted_on"],
    near=["name"],
    rules=[
        days_in_order("planted_on", "guarantee_end"),
        survival_is_checked_after_a_growing_season,
        no_more_are_alive_than_the_sample_allows,
    ],
    measures=[
        Measure(
            "greening.trees", Stage.PLANTED, value=lambda row: row.planted_trees, label=_("Trees planted"),
            words=_("Trees newly planted; one that replaces a dead tree is not new."), source=SPEECH,
        ),
        Measure(
            "greening.alive", Stage.CHECKED, value=lambda row: row.alive_trees, label=_("Trees verified alive"),
            words=_("Trees alive after one growing season, as far as the sample supports."), source=SPEECH,
        ),
        Measure(
            "greening.area", Stage.PLANTED, where=lambda row: row.plan != "", value=lambda row: row.area_m2, per=10_000,
            label=_("Green area (hectares)"),
            words=_("Hectares of planted sites, measured in square metres on a plan; an area without a plan is none."),
            source=SPEECH,
        ),
    ],
    pages=[Page("greening-survival", _("Survival"))],
    intake=Path(__file__).parent / "intake.yaml",
    into={"site": "name", "task": "task_trees", "planted": "planted_trees"},
    in_field=True,
)  # fmt: skip

tasks = Line(
    key="planting-tasks",
    label=_("Planting tasks"),
    model=PlantingTask,
    columns=["name", "unit", "promised_trees", "promised_m2", "due_on", "stage"],
    fields=["name", "promised_trees", "promised_m2", "due_on", "letter", "remark"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow([*PlantingTask.Stage]),
    needs={
        PlantingTask.Stage.SIGNED: Need(fields=["promised_trees", "letter"], evidence=_("the signed task letter")),
    },
    same=["name", "unit"],
)

surveys = Line(
    key="surveys",
    label=_("Survival surveys"),
    model=Survey,
    columns=["name", "unit", "population", "sample_trees", "looked_at", "alive_trees", "stage"],
    fields=[
        "name", "planting", "population", "precision_share", "expected_share", "seed", "sample_trees", "drawn",
        "looked_at", "alive_trees", "remark",
    ],
    required=["name", "planting"],
    filters=["unit", "stage"],
    flow=Flow([*Survey.Stage]),
    needs={
        Survey.Stage.DRAWN: Need(fields=["population", "precision_share", "expected_share", "seed"]),
        Survey.Stage.DONE: Need(
            fields=["sample_trees", "looked_at", "alive_trees"],
            evidence=_("the sheet with every drawn place, signed by those who looked"),
        ),
    },
    same=["name", "planting", "seed"],
    rules=[the_sample_is_the_one_drawn, all_of_the_sample_was_looked_at],
    in_field=True,
)  # fmt: skip

lines = [greening, tasks, surveys]
