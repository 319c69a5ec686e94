"""Two offices at the same moment: one of them learns of the other before anything is saved twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.registers import actions
from shoushan.registers.lines import Line, line_named
from shoushan.registers.testing import Office, fields_of, make_office, make_record

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def a_file_of_its_own(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite as it is served: a file, where one writer waits for the other. A test's memory refuses instead."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{tmp_path / 'district.sqlite3'}'")
    kept, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "district.sqlite3")
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = kept, name


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a thread and on a connection of its own, begun together; what each gave, or how it was refused."""
    together = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        together.wait(10)
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def two_offices(line: Line) -> tuple[Office, list[Person]]:
    """Two subdistricts that each keep their own part of a line and see nothing of the other's."""
    office = make_office(line)
    units = (office.hexi, office.hubin)
    return office, [make_person(unit, "officer", login=f"at-{unit.code}", line=line.home) for unit in units]


def test_two_units_who_enter_the_same_deal_at_once_make_one_and_the_second_is_told() -> None:
    line = line_named("investment")
    office, people = two_offices(line)
    given = {"name": "润泽项目", "investor": "润泽公司", "on": "2026-02-01"}

    def enter(person: Person, unit: Any) -> Callable[[], str]:
        def act() -> str:
            client = Client()
            client.force_login(person, BACKEND)
            return client.post("/investment/new/", {**given, "unit": unit.pk}).content.decode()

        return act

    pages = at_once(*(enter(*pair) for pair in zip(people, (office.hexi, office.hubin), strict=True)))

    deal = line.model.objects.get()
    told = [page for page in pages if page]
    assert len(told) == 1
    assert f"{deal.unit.name} " in told[0]
    assert deal.get_absolute_url() not in told[0]


@pytest.mark.parametrize("key", ["investment", "enterprise", "receipts"])
def test_what_tells_a_record_alone_is_never_entered_twice_at_once(key: str) -> None:
    line = line_named(key)
    office, people = two_offices(line)
    fields = fields_of(line, office)
    if key == "receipts":
        fields["proof"] = "2026-001"

    def enter(person: Person) -> Callable[[], Any]:
        return lambda: actions.enter(line, office.hexi, fields, on=ON, by=person)

    made = at_once(*(enter(person) for person in [*people, office.officer, office.officer]))

    refused = [each for each in made if isinstance(each, Refusal)]
    assert line.model.objects.count() == 1
    assert [each.code for each in refused] == ["record.double"] * 3


def test_two_records_renamed_to_one_name_at_once_stay_two_names() -> None:
    line = line_named("investment")
    office = make_office(line)
    deals = [make_record(line, office, name=name, investor="润泽公司") for name in ("甲", "乙")]

    made = at_once(*(lambda deal=deal: actions.edit(deal, {"name": "丙"}, by=office.officer) for deal in deals))

    assert sorted(isinstance(each, Refusal) for each in made) == [False, True]
    assert line.model.objects.filter(name="丙").count() == 1


def test_two_who_save_one_record_at_once_are_told_of_each_other_and_nothing_is_lost() -> None:
    line = line_named("investment")
    office = make_office(line)
    deal = make_record(line, office)

    made = at_once(
        *(
            lambda home=home: actions.edit(deal, {"home": home}, version=deal.version, by=office.officer)
            for home in ("苏州", "杭州")
        )
    )

    stale = [each for each in made if isinstance(each, Refusal)]
    assert [each.code for each in stale] == ["form.stale"]
    saved: Any = next(each for each in made if not isinstance(each, Refusal))
    kept: Any = line.model.objects.get()
    assert (kept.home, kept.version) == (saved.home, deal.version + 1)
