"""The yearly report on how the licensing law is carried out (实施情况), from the register itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from shoushan.lines.licensing.line import applications
from shoushan.lines.licensing.models import Application
from shoushan.orgs.models import Person
from shoushan.registers.models import Step

Stage, Result = Application.Stage, Application.Result

# what is counted, in the order of the report's columns
COLUMNS = {
    "came": _("came"),
    "accepted": _("applications accepted"),
    "not_accepted": _("not accepted"),
    "decided": _("decided"),
    "in_time": _("in time"),
    "extended": _("extended"),
    "granted": _("granted"),
    "refused": _("licences refused"),
    "reviewed": _("reviewed or sued over"),
    "delivered": _("delivered"),
    "delivered_in_time": _("delivered in time"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What an authority did in the year, or what became of one kind of permit."""

    name: str
    counts: dict[str, int]

    @property
    def cells(self) -> list[tuple[Any, int]]:
        """Each column's name with its number."""
        return [(label, self.counts.get(key, 0)) for key, label in COLUMNS.items()]


@dataclass(frozen=True, slots=True)
class Report:
    """A year's report: by authority and by permit item, each adding up to the same whole."""

    year: int
    by_authority: list[Row]
    by_item: list[Row]
    total: Row


def report(person: Person, year: int) -> Report:
    """What became of the applications a person sees, by the days their stages happened on; two questions."""
    reached: dict[int, set[str]] = defaultdict(set)
    steps = Step.objects.standing().filter(line=applications.key)
    within = steps.filter(happened_on__range=(date(year, 1, 1), date(year, 12, 31)))
    for record, stage in within.values_list("record_id", "stage"):
        reached[record].add(stage)
    by_authority: dict[str, dict[str, int]] = {}
    by_item: dict[str, dict[str, int]] = {}
    total: dict[str, int] = {}
    seen = Application.objects.visible_to(person).standing().select_related("unit").defer("search_words")
    for application in seen.order_by("unit__path", "pk"):
        for key in _counted(application, reached.get(application.pk, ())):
            for counts in (
                by_authority.setdefault(application.unit.name, {}),
                by_item.setdefault(application.item, {}),
                total,
            ):
                counts[key] = counts.get(key, 0) + 1
    return Report(year, _rows(by_authority), sorted(_rows(by_item), key=lambda row: row.name), Row("", total))


def tables_of(told: Report) -> list[list[list[str]]]:
    """The same tables as on the page, as texts: header, rows, and the whole."""
    whole = Row(str(_("together")), told.total.counts)
    return [
        [
            [str(label), *map(str, COLUMNS.values())],
            *([row.name, *(str(n) for _c, n in row.cells)] for row in [*rows, whole]),
        ]
        for label, rows in ((_("authority"), told.by_authority), (_("permit item"), told.by_item))
    ]


def _rows(found: dict[str, dict[str, int]]) -> list[Row]:
    return [Row(name, counts) for name, counts in found.items()]


def _counted(application: Application, stages: Iterable[str]) -> list[str]:
    """The columns one application counts in, as the line's figures count it."""
    is_decided, is_delivered = Stage.DECIDED in stages, Stage.DELIVERED in stages
    told = {
        "came": Stage.APPLIED in stages,
        "accepted": Stage.ACCEPTED in stages,
        "not_accepted": Stage.NOT_ACCEPTED in stages,
        "decided": is_decided,
        "in_time": is_decided and application.decided_in_time,
        "extended": is_decided and application.is_extended,
        "granted": is_decided and application.result == Result.GRANTED,
        "refused": is_decided and application.result == Result.REFUSED,
        "reviewed": is_decided and application.review != "",
        "delivered": is_delivered,
        "delivered_in_time": is_delivered and application.delivered_in_time,
    }
    return [key for key, counts in told.items() if counts]
