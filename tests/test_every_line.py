"""What every work line gets for free, whatever its fields: the shared pages, its workbook, and its figures."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.db.models import Model
from django.db.transaction import atomic
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from pytest_django import Settings

from shoushan.orgs.models import Unit
from shoushan.registers import sheets
from shoushan.registers.actions import merge
from shoushan.registers.counting import touched_by
from shoushan.registers.lines import Flow, Line, Measure, Need, all_lines
from shoushan.registers.measures import expression, measure, to_sql
from shoushan.registers.models import Step
from shoushan.registers.testing import Office, fields_of, make_office, make_record
from shoushan.returns.testing import make_district
from tests.engines import differing

# the second database sees one register of each work line: what they share is the same code
LINES = [line for line in all_lines() if connection.vendor == "sqlite" or line.key == line.home]
every_line = pytest.mark.parametrize("line", LINES, ids=lambda line: str(line.key))
pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


def officer_of(line: Line, client: Client) -> Office:
    office = make_office(line)
    client.force_login(office.officer, BACKEND)
    return office


@every_line
def test_its_declaration_is_sound(line: Line) -> None:
    assert line.check() == []


@every_line
def test_a_misspelt_field_or_stage_refuses_to_start(line: Line) -> None:
    spoilt = Line(
        key="x", label="x", model=line.model, columns=["nmae"], fields=[], required=[], filters=[],
        flow=Flow(line.flow.stages), needs={"nowhere": Need()}, measures=[Measure("x", "elsewhere")],
    )  # fmt: skip

    assert len(spoilt.check()) == 3


@every_line
def test_its_list_and_record_are_shown_to_its_officer(line: Line, client: Client) -> None:
    record = make_record(line, officer_of(line, client))

    assert record.name in client.get(f"/{line.key}/").content.decode()
    assert record.name in client.get(f"/{line.key}/{record.pk}/").content.decode()
    assert client.get("/lines/").status_code == 200
    assert client.get("/no-such-line/").status_code == 404


@every_line
def test_a_record_is_entered_and_corrected_by_form(line: Line, client: Client) -> None:
    office = officer_of(line, client)
    given = typed(fields_of(line, office))

    client.post(f"/{line.key}/new/", {**given, "unit": office.hexi.pk, "on": "2026-02-01"})
    record = line.model.objects.get()
    changed = {**given, "name": "another name", "version": record.version}
    client.post(f"/{line.key}/{record.pk}/edit/", changed)
    stale = client.post(f"/{line.key}/{record.pk}/edit/", {**changed, "name": "too late"})

    assert line.model.objects.get().name == "another name"
    assert stale.status_code == 200


@every_line
def test_another_unit_sees_nothing(line: Line, client: Client) -> None:
    office = make_office(line)
    record = make_record(line, office)
    client.force_login(office.stranger, BACKEND)

    assert record.name not in client.get(f"/{line.key}/").content.decode()
    for verb in ("", "edit/"):
        assert client.get(f"/{line.key}/{record.pk}/{verb}").status_code == 404
    for verb in ("advance/", "back/", f"decide/{line.flow.first}/"):
        assert client.post(f"/{line.key}/{record.pk}/{verb}").status_code == 404
    assert client.get(f"/{line.key}/new/").status_code == 403
    assert client.post(f"/{line.key}/import/").status_code == 403


@every_line
def test_a_page_asks_no_more_as_rows_grow(line: Line, client: Client) -> None:
    office = officer_of(line, client)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/{line.key}/")
        return len(queries)

    for number in range(3):
        make_record(line, office, name=f"few {number}")
    few = asked()
    for number in range(30):
        make_record(line, office, name=f"many {number}")

    assert asked() == few


def workbook(line: Line, *rows: dict[str, Any]) -> bytes:
    """A workbook with the line's own headers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    columns = sheets.columns(line, list(Unit.objects.all()))
    sheet.append([column.header for column in columns])
    for row in rows:
        sheet.append([row.get(column.key) for column in columns])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def brought_in(line: Line, client: Client, book: bytes) -> str:
    """Bring a workbook in through the pages: look at it, then enter its good rows; the last page's text."""
    looked = client.post(f"/{line.key}/import/", {"file": SimpleUploadedFile("x.xlsx", book)})
    if looked.status_code != 302:
        return looked.content.decode()
    client.post(f"{looked['Location']}enter/")
    return client.get(looked["Location"]).content.decode()


def shown(line: Line, office: Office, **given: Any) -> dict[str, Any]:
    """A row as an office writes it: choices by their names."""
    row = fields_of(line, office, **given) | {"unit": office.hexi.name}
    for column in sheets.columns(line, [office.hexi]):
        if column.choices and row.get(column.key) is not None:
            row[column.key] = str(column.choices.get(str(row[column.key]), row[column.key]))
    return typed(row)


def typed(row: dict[str, Any]) -> dict[str, Any]:
    """Values as they are typed or stand in a workbook: another record by its number."""
    return {name: value.pk if isinstance(value, Model) else value for name, value in row.items() if value is not False}


@every_line
def test_bad_rows_are_named_and_never_lose_the_good_ones(line: Line, client: Client) -> None:
    office = officer_of(line, client)
    book = workbook(
        line,
        shown(line, office, name="good one"),
        shown(line, office, name="=cmd|'/c calc'!A1"),
        shown(line, office, name="good two"),
        shown(line, office, name=None),
        shown(line, office, name="unit unknown") | {"unit": "nowhere"},
    )

    answer = brought_in(line, client, book)

    assert set(line.model.objects.values_list("name", flat=True)) == {"good one", "good two"}
    assert "/faults/" in answer
    assert answer.count("<tr>") >= 4


@every_line
def test_what_went_out_comes_in_again_without_a_double(line: Line, client: Client) -> None:
    office = officer_of(line, client)
    record = make_record(line, office, name="before")
    answer: Any = client.get(f"/{line.key}/export/", follow=True)
    out = b"".join(answer.streaming_content)
    book = openpyxl.load_workbook(BytesIO(out))
    for cells in book.active.iter_rows():  # type: ignore[union-attr]
        for cell in cells:
            if cell.value == "before":
                cell.value = "after"
    held = BytesIO()
    book.save(held)

    brought_in(line, client, held.getvalue())
    brought_in(line, client, held.getvalue())

    assert line.model.objects.get().name == "after"
    assert line.model.objects.get().pk == record.pk


@every_line
def test_the_same_rows_twice_are_entered_once(line: Line, client: Client) -> None:
    office = officer_of(line, client)
    book = workbook(line, shown(line, office))

    for _ in range(2):
        brought_in(line, client, book)

    assert line.model.objects.count() == 1


@every_line
def test_a_workbook_with_wrong_headers_is_refused_whole(line: Line, client: Client) -> None:
    officer_of(line, client)
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])  # type: ignore[union-attr]
    held = BytesIO()
    book.save(held)

    brought_in(line, client, held.getvalue())

    assert not line.model.objects.exists()


@every_line
def test_every_figure_is_defined_on_a_page_that_the_year_leads_to(
    line: Line, client: Client, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = UNTIL
    client.force_login(make_district().leader, BACKEND)

    year = client.get(f"/year/?line={line.home}").content.decode()

    assert f'href="?line={line.home}#line"' in year
    for wanted in line.measures:
        page = client.get(f"/indicators/{wanted.key}/").content.decode()
        assert f'href="/indicators/{wanted.key}/"' in year
        for told in (wanted.label, wanted.words, wanted.source):
            assert str(told)
            assert escape(str(told)) in page
        assert "SELECT" in page


every_counting_line = pytest.mark.parametrize(
    "line", [line for line in all_lines() if line.measures], ids=lambda line: str(line.key)
)
DAYS = [
    date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2026, 12, 31),
    date(2024, 2, 29), date(2025, 12, 31), date(2027, 1, 1),
]  # fmt: skip
SEVERAL = 60


@every_counting_line
def test_its_figures_are_the_same_row_by_row_on_every_engine(line: Line) -> None:
    _many_different(line, make_office(line))

    counted = [measure(line, wanted, since=SINCE, until=UNTIL) for wanted in line.measures]
    assert all(counted), "a figure without a row says nothing of the engines"
    assert any(row.reported != row.verified for rows in counted for row in rows)
    assert differing(line, since=SINCE, until=UNTIL) == []
    assert differing(line, since=date(2024, 2, 29), until=date(2024, 2, 29)) == []


def _many_different(line: Line, office: Office) -> None:
    """Records of two units at every stage and state, on the edges of years; some turned out to be another one."""
    dice = random.Random(line.key)  # noqa: S311 - the same records every time, nothing secret
    records = [make_record(line, office, name=f"{line.key} {number}") for number in range(SEVERAL)]
    stages = sorted({str(wanted.stage) for wanted in line.measures})
    Step.objects.filter(line=line.key).delete()
    for record in records:
        line.model.objects.filter(pk=record.pk).update(unit=dice.choice([office.hexi, office.hubin]))
        for name, values in _values_of_what_is_counted(line).items():
            # what the database itself refuses stays as it was
            with suppress(IntegrityError), atomic():
                line.model.objects.filter(pk=record.pk).update(**{name: dice.choice(values)})
        for stage in stages:
            state = dice.choice([*Step.State])
            checked = {} if state == Step.State.CLAIMED else {"decided_by": office.verifier}
            back = "not so" if state in (Step.State.RETURNED, Step.State.WITHDRAWN) else ""
            Step.objects.create(
                line=line.key, record_id=record.pk, stage=stage, happened_on=dice.choice(DAYS), state=state,
                entered_by=office.officer, entered_at=record.entered_at, reason=back, **checked,
            )  # fmt: skip
    merge(records[7], records[1], reason="one and the same", by=office.officer)
    merge(records[8], records[2], reason="one and the same", by=office.officer)


def _values_of_what_is_counted(line: Line) -> dict[str, list[Any]]:
    """Every column that the line's figures ask for, with values that count, values that do not, and edges."""
    touched = set().union(*(touched_by(wanted) or set() for wanted in line.measures))
    fields = {field.attname: field for field in line.model._meta.concrete_fields}
    return {name: _edges(fields[name]) for name in sorted(touched & fields.keys())}


def _edges(field: Any) -> list[Any]:
    """Values of a field that lie on the edges of what is counted."""
    if field.choices:
        keys = [key for key, _ in field.flatchoices]
        values = keys + [field.get_default()] * len(keys)  # a figure often counts what is nothing special
    elif field.get_internal_type() == "BooleanField":
        values = [True, False]
    elif field.get_internal_type() == "DateField":
        values = DAYS
    elif "Integer" in field.get_internal_type():
        values = [0, 1, 4_999_999, 5_000_000, 2**31 - 1] + [2**40] * ("Big" in field.get_internal_type())
    else:
        values = ["", "2026-02", "2026-12-31", "words"]
    return values + [None] * field.null


@every_line
def test_its_figures_compile_for_five_engines_and_run_on_this_one(line: Line) -> None:
    for wanted in line.measures:
        for dialect in ("sqlite", "postgres", "duckdb", "mysql", "pyspark"):
            assert "SELECT" in to_sql(expression(line, wanted), dialect)
        assert measure(line, wanted, since=SINCE, until=UNTIL) == []


@every_line
def test_no_figure_rests_on_what_is_asked_for_only_after_it(line: Line) -> None:
    stages = [str(stage) for stage in line.flow.stages]

    for place, stage in enumerate(stages):
        until = {name for it in stages[: place + 1] if it in line.needs for name in line.needs[it].fields}
        after = {name for it in stages[place + 1 :] if it in line.needs for name in line.needs[it].fields}
        assert not line.rests_on(stage) & (after - until)
