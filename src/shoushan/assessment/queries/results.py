"""The published result of a year (公布): units with points, rank and grade, and no name of any person."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from shoushan.assessment.models import Assessment
from shoushan.assessment.queries.public import final_run
from shoushan.assessment.queries.standings import Group, groups
from shoushan.exchange.official import Official, Part
from shoushan.exchange.sheets import Column
from shoushan.orgs.queries import district_name
from shoushan.plans.models import Year
from shoushan.web import dates, figures

COLUMNS = [
    Column("group", gettext_lazy("group")),
    Column("rank", gettext_lazy("rank"), kind="integer"),
    Column("unit", gettext_lazy("unit")),
    Column("points", gettext_lazy("points"), kind="decimal"),
    Column("grade", gettext_lazy("grade")),
    Column("ledger", gettext_lazy("head of the ledger")),
]


def published(number: int) -> Assessment | None:
    """The final run of a year; None while there is none."""
    year = Year.objects.filter(number=number).first()
    return final_run(year) if year is not None else None


def result_of(run: Assessment) -> list[Group]:
    """The units group by group, first place first."""
    return groups(run.scores.select_related("unit", "assessment__snapshot__year"))


def title_of(run: Assessment) -> str:
    return gettext("Result of the %(year)s assessment") % {"year": run.snapshot.year}


def rests_on(run: Assessment) -> list[str]:
    """By which scheme and figures, and how far the ledger went: what anybody can hold the paper against."""
    return [
        gettext("Scheme %(key)s %(version)s, SHA-256 %(hash)s.")
        % {"key": run.scheme, "version": run.scheme_version, "hash": run.scheme_sha256},
        gettext("Figures as frozen, SHA-256 %(hash)s; run %(number)s.")
        % {"hash": run.snapshot.sha256, "number": run.number},
        gettext("Head of the ledger after %(size)s events: %(hash)s.")
        % {"size": run.ledger_size, "hash": run.ledger_head},
    ]


def paper_of(run: Assessment) -> Official:
    """The result in official layout."""
    day = timezone.localdate(run.published_at)
    return Official(
        title=title_of(run),
        opening=[gettext("Published on %(day)s, after every objection was answered.") % {"day": dates.day(day)}],
        parts=[
            *(Part(group.label, [_said(score) for score in group.scores]) for group in result_of(run)),
            Part(gettext("What it rests on"), rests_on(run)),
        ],
        closing=[district_name(), dates.day(day)],
        on=day.isoformat(),
        language=get_language() or "zh-hans",
    )


def _said(score: Any) -> str:
    words = {
        "rank": score.rank or "—",
        "unit": score.unit.name,
        "points": figures.number(score.points, 2),
        "grade": score.grade or "—",
    }
    return gettext("%(rank)s. %(unit)s, %(points)s points, %(grade)s") % words


def rows_of(run: Assessment) -> list[dict[str, Any]]:
    """The result as rows of a workbook; the ledger's head in each, so that no row stands alone."""
    return [
        {
            "group": group.label,
            "rank": score.rank,
            "unit": score.unit.name,
            "points": score.points,
            "grade": score.grade,
            "ledger": run.ledger_head,
        }
        for group in result_of(run)
        for score in group.scores
    ]
