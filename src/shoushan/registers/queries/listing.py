"""A register's list: filtered, sorted and paged as its address says; rows as finished strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape as html_escape
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, ForeignKey, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.core.scripts import searchable
from shoushan.ledger import kept
from shoushan.orgs.models import Person, Unit
from shoushan.registers.lines import Line, all_lines
from shoushan.registers.models import LocalField, SavedView, Step
from shoushan.registers.queries.wording import choices_of, is_figure, label_of, sayer
from shoushan.web import clock

ROWS = 50
SOON = timedelta(days=7)
DUE = {"late": _("Past their limit"), "soon": _("Due within a week")}
CLASS = format_html(' class="{}"', "num")


@dataclass(frozen=True, slots=True)
class Column:
    """One column's head: its name, and the address that sorts by it."""

    name: str
    label: str
    sort: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: its name, and what may be chosen."""

    name: str
    label: str
    options: SafeString


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a register."""

    columns: list[Column]
    rows: list[SafeString]
    page: Page[Any]
    tabs: list[dict[str, Any]]
    filters: list[Choice]
    views: list[SavedView]
    is_filtered: bool


def line_or_absent(key: str) -> Line:
    """The line of an address; one that was taken out is said to be gone, and any other word is no page."""
    for line in all_lines():
        if line.key == key:
            return line
    if Step.objects.filter(line=key).exists():
        raise Refusal(
            "access.absent_line",
            mark("The work line “%(line)s” is no longer there."),
            hint=mark("Its records and their history are kept in the database; ask the administrator."),
            params={"line": key},
        )
    raise Http404


def chosen(line: Line, person: Person, wanted: Mapping[str, str], *, on: date | None = None) -> QuerySet[Any]:
    """The records a person sees, filtered and sorted as the address says; what it does not know it leaves out."""
    records = narrowed(line, line.model.objects.visible_to(person).standing(), wanted, on=on or clock.today())
    sort = wanted.get("sort", "")
    if sort.lstrip("-") in line.columns:
        return records.order_by(sort.replace("unit", "unit__path"), "-pk")
    return records.order_by("-pk")


def narrowed(line: Line, records: QuerySet[Any], wanted: Mapping[str, str], *, on: date) -> QuerySet[Any]:
    """Those of the records that the address asks for."""
    for name in line.filters:
        value = wanted.get(name, "")
        if name == "unit" and value:
            records = records.filter(unit__code=value)
        elif value:
            records = _equal(line, records, name, value)
    if words := searchable(wanted.get("q", "")):
        for word in words.split():
            records = records.filter(search_words__contains=word)
    if waits := wanted.get("waits"):
        claimed = Step.objects.filter(line=line.key, stage=waits, state=Step.State.CLAIMED)
        records = records.filter(pk__in=claimed.values("record_id"))
    if wanted.get("due") == "late":
        records = records.filter(next_due_on__lt=on)
    elif wanted.get("due") == "soon":
        records = records.filter(next_due_on__range=(on, on + SOON))
    return records


def _equal(line: Line, records: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    field = line.model._meta.get_field(name)
    if isinstance(field, ForeignKey) and not value.isdecimal():
        return records.none()
    return records.filter(**{name: value})


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a register whose length is known already, found in an index alone and then fetched by their keys."""

    def __init__(self, records: QuerySet[Any], known: int | None, columns: Sequence[str]) -> None:
        super().__init__(records, ROWS)
        self.records = records
        self.known = known
        self.columns = columns

    @cached_property
    def count(self) -> int:
        return int(super().count) if self.known is None else self.known

    def page(self, number: Any) -> Page[Any]:
        """A page as bare rows, in two steps: a deep page would else read every row before it."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self._keys(start, min(start + self.per_page, self.count))
        found = {row[0]: row for row in bare(self.records.model.objects.filter(pk__in=keys), self.columns)}
        return Page([found[key] for key in keys], number, self)

    def _keys(self, start: int, end: int) -> list[int]:
        """The keys of a page; one in the second half is counted from the end, which is nearer."""
        keys = self.records.values_list("pk", flat=True)
        if start <= self.count // 2:
            return list(keys[start:end])
        return list(keys.reverse()[self.count - end : self.count - start])[::-1]


def bare(records: QuerySet[Any], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Records as rows of their key and columns; what a column refers to by its name."""
    field = records.model._meta.get_field
    asked = [f"{name}__name" if isinstance(field(name), ForeignKey) else name for name in columns]
    return list(records.order_by().values_list("pk", *asked))


def listing(line: Line, person: Person, wanted: Mapping[str, str], *, pick: bool = False) -> Listing:
    """One page of a register: as many queries however many rows."""
    tabs, known = _tabs(line, person, wanted)
    page = Counted(chosen(line, person, wanted), known, line.columns).get_page(wanted.get("page"))
    return Listing(
        columns=[_column(line, name, wanted.get("sort", "")) for name in line.columns],
        rows=rows(line, page.object_list, pick=pick),
        page=page,
        tabs=tabs,
        filters=_filters(line, person, wanted),
        views=list(SavedView.objects.filter(line=line.key, person=person, is_dropped=False)),
        is_filtered=known is None,
    )


def _column(line: Line, name: str, sort: str) -> Column:
    return Column(name, label_of(line, name), f"-{name}" if sort == name else name, is_figure(line, name))


def rows(line: Line, found: Iterable[tuple[Any, ...]], *, pick: bool = False) -> list[SafeString]:
    """Bare rows as finished table rows: a template would take three times as long for fifty of them."""
    cells = [
        (
            format_html('<td data-label="{}"{}>', label_of(line, name), CLASS if is_figure(line, name) else ""),
            name == "name",
            sayer(line, name),
        )
        for name in line.columns
    ]
    box = '<td class="pick"><input type="checkbox" name="pk" value="{}" aria-label="{}"></td>' if pick else ""
    return [mark_safe(_row(line.key, row, cells, box)) for row in found]  # noqa: S308 - each value is escaped


def _row(key: str, row: tuple[Any, ...], cells: Iterable[tuple[str, bool, Any]], box: str) -> str:
    written = []
    for value, (head, is_name, say) in zip(row[1:], cells, strict=True):
        said = html_escape(say(value))
        written.append(f'{head}<a href="/{key}/{row[0]}/">{said}</a></td>' if is_name else f"{head}{said}</td>")
    picked = box.format(row[0], html_escape(str(row[1]))) if box else ""
    return f"<tr>{picked}{''.join(written)}</tr>"


def stage_counts(line: Line, person: Person) -> dict[str, int]:
    """How many records a person sees at each stage.

    Counting 100,000 records takes longer than all the rest of the page, and changes only with the ledger.
    """
    reach = "all" if line.model.seen_alike and sees_whole(line, person) else person.pk

    def count() -> dict[str, int]:
        seen = line.model.objects.visible_to(person).standing().order_by()
        return dict(seen.values_list("stage").annotate(count=Count("pk")))

    return kept.until_written(("registers.stage_counts", line.key, reach, clock.today()), count)


def sees_whole(line: Line, person: Person) -> bool:
    """Whether a person sees every record of a line; a line that shows less to some says so in its queryset."""
    return person.sees_everything() or person.line_reach(line.home, "officer", "verifier") is None


def _tabs(line: Line, person: Person, wanted: Mapping[str, str]) -> tuple[list[dict[str, Any]], int | None]:
    """All stages with how many records stand there; and how long the list is, where no other filter narrows it."""
    counts = stage_counts(line, person)
    now = wanted.get("stage", "")
    whole = sum(counts.values())
    tabs = [{"label": _("All"), "url": "?", "count": whole, "current": not now}]
    tabs += [
        {
            "label": line.stage_label(str(stage)),
            "url": f"?stage={stage}",
            "count": counts.get(str(stage), 0),
            "current": now == str(stage),
        }
        for stage in line.flow.stages
    ]
    others = [name for name in (*line.filters, "q", "due", "waits") if name != "stage" and wanted.get(name)]
    return tabs, None if others else counts.get(now, 0) if now else whole


def _filters(line: Line, person: Person, wanted: Mapping[str, str]) -> list[Choice]:
    """What the list may be narrowed by, beside its stages."""
    found = []
    for name in line.filters:
        options = _units(line, person) if name == "unit" else list(choices_of(line, name).items())
        if name != "stage" and options:
            found.append(Choice(name, label_of(line, name), _options(options, wanted.get(name, ""))))
    stages = [(str(stage), line.stage_label(str(stage))) for stage in line.flow.stages]
    found.append(Choice("waits", str(_("Waiting for confirmation")), _options(stages, wanted.get("waits", ""))))
    if line.clocks:
        found.append(Choice("due", str(_("Limit")), _options(list(DUE.items()), wanted.get("due", ""))))
    return found


def _options(options: Iterable[tuple[Any, Any]], now: str) -> SafeString:
    written = (
        f'<option value="{html_escape(str(key))}"{" selected" if str(key) == now else ""}>'
        f"{html_escape(str(said))}</option>"
        for key, said in options
    )
    return mark_safe("".join(written))  # noqa: S308 - each value is escaped


def _units(line: Line, person: Person) -> list[tuple[Any, str]]:
    """The units whose records the person may see here."""
    if not sees_whole(line, person):
        return list(Unit.objects.visible_to(person).values_list("code", "name"))
    return kept.until_written("registers.units", lambda: list(Unit.objects.values_list("code", "name")))


def local_columns(line: Line) -> list[LocalField]:
    """The district's own columns of a register that are in use."""
    return list(LocalField.objects.filter(line=line.key, is_dropped=False))
