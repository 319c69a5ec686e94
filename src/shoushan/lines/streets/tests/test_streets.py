"""What is special about roads and estates: a dated standard, two inspectors, and passes that are counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.lines.streets import actions as streets_actions
from shoushan.lines.streets.line import inspections, streets
from shoushan.lines.streets.models import Street
from shoushan.lines.streets.queries import opinion, standings
from shoushan.lines.streets.standards import graded, standards
from shoushan.registers import actions
from shoushan.registers.measures import measure
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = date(2026, 10, 26)
PASS = {f"score_{number}": Decimal(points) for number, points in enumerate((20, 20, 18, 21), 1)}
RESULT = {**PASS, "score": Decimal(79), "grade": "third", "inspected_on": DAY, "inspectors": "住建局;城管局"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What pages say is asserted in the words of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> Office:
    return make_office(streets)


def codes_of(act: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        act(*given, **named)
    return [each.code for each in getattr(refused.value, "refusals", [refused.value])]


def accepted(office: Office, name: str, **given: Any) -> Any:
    street = make_record(streets, office, **{"name": name, "kind": "road", **given})
    street = advance(streets, street, office, on=date(2026, 5, 1))
    street = advance(streets, street, office, on=DAY, **RESULT)
    street = advance(streets, street, office, on=DAY, accepted_by="顾长河")
    return actions.decide(street, "accepted", "accepted", by=office.verifier)


def counted(key: str) -> int:
    wanted = next(each for each in streets.measures if each.key == key)
    found = measure(streets, wanted, since=date(2026, 1, 1), until=date(2026, 12, 31))
    return int(sum(each.verified for each in found))


def test_forty_one_of_forty_one_can_be_reached(office: Office) -> None:
    for number in range(41):
        accepted(office, f"道路{number}")
    make_record(streets, office, name="小区", kind="estate")

    assert counted("streets.roads") == 41
    assert [row.roads for row in standings(office.officer, on=DAY)] == ["41 of 41"]
    assert counted("streets.estates") == 0


def test_a_road_below_standard_is_not_accepted_however_good_the_others(office: Office) -> None:
    street = make_record(streets, office, kind="road")
    bad = {**RESULT, "score_1": Decimal(5), "score": Decimal(64), "grade": "below"}

    assert codes_of(actions.edit, street, {**bad, "accepted_by": "顾长河"}, by=office.officer) == ["streets.not_passed"]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"score": Decimal(80)}, ["streets.sum"]),
        ({"grade": "second"}, ["streets.grade"]),
        ({"inspectors": "城管局", "accepted_by": "顾长河"}, ["streets.two_inspectors"]),
        ({"inspected_on": date(2024, 5, 1)}, ["streets.no_standard"]),
        ({"asked": 20, "satisfied": 19}, ["streets.grade"]),
    ],
)
def test_what_the_standard_does_not_give_is_refused(office: Office, changed: Any, codes: list[str]) -> None:
    street = make_record(streets, office, kind="road")

    assert codes_of(actions.edit, street, {**RESULT, **changed}, by=office.officer) == codes


def test_each_inspection_is_graded_by_the_standard_of_its_day() -> None:
    scores = [Decimal("22.75")] * 4

    assert graded(scores, on=date(2025, 10, 1)).grade == "second"
    assert graded(scores, on=date(2026, 10, 1)).grade == "first"
    assert [each.version for each in standards()] == ["2025-试行", "2026"]


def test_residents_weigh_what_is_published_and_a_handful_weighs_nothing() -> None:
    scores = [Decimal(20)] * 4

    assert graded(scores, on=DAY, asked=10, satisfied=5).points == Decimal(77)
    assert graded(scores, on=DAY, asked=4, satisfied=0).points == Decimal(80)


def test_the_opinion_of_a_handful_is_shown_as_a_count() -> None:
    assert opinion(3, 4, least=5) == "3 of 4 asked"
    assert opinion(30, 40, least=5) == "75.0% of 40 asked"
    assert opinion(0, 0, least=5) == "—"


def inspection_of(street: Street, office: Office, **given: Any) -> Any:
    made = make_record(inspections, office, street=street, round="again")
    told = {
        **PASS, "inspected_on": DAY, "first_unit": "城管局", "first_inspector": "甲", "second_unit": "住建局",
        "second_inspector": "乙", **given,
    }  # fmt: skip
    return actions.edit(made, told, by=office.officer)


def test_two_inspectors_are_two_people_of_two_units(office: Office) -> None:
    street = make_record(streets, office)
    same = {"second_unit": "城管局", "second_inspector": "甲"}

    assert codes_of(inspection_of, street, office, **same) == ["streets.two_inspectors"] * 2


def test_an_inspection_becomes_the_result_without_being_typed_again(office: Office, client: Client) -> None:
    street = make_record(streets, office)
    done = inspection_of(street, office)
    early = codes_of(streets_actions.adopt, done, by=office.officer)
    evidence.add(done, b"sheet", "sheet.txt", proves="done", by=office.officer)
    done = actions.advance(done, "done", on=DAY, today=DAY, by=office.officer)
    client.force_login(office.officer, BACKEND)

    shown = client.get("/streets/standing/").content.decode()
    client.post(f"/inspections/{done.pk}/adopt/")

    street.refresh_from_db()
    assert early == ["streets.not_inspected"]
    assert f"/inspections/{done.pk}/adopt/" in shown
    assert (street.score, street.grade, street.inspectors) == (Decimal(79), "third", "城管局;住建局")
    assert f"/inspections/{done.pk}/adopt/" not in client.get("/streets/standing/").content.decode()


def test_what_fell_through_is_inspected_again_and_accepted_on_the_second_result(office: Office) -> None:
    street = make_record(streets, office, kind="road")
    bad = {**RESULT, "score_1": Decimal(5), "score": Decimal(64), "grade": "below"}
    street = advance(streets, street, office, on=date(2026, 5, 1))
    street = advance(streets, street, office, on=date(2026, 9, 1), **bad)
    street = actions.decide(street, "inspected", "accepted", by=office.verifier)

    evidence.add(street, b"second sheet", "sheet.txt", proves="reinspected", by=office.officer)
    street = actions.advance(street, "reinspected", on=DAY, today=DAY, by=office.officer)
    street = advance(streets, street, office, on=DAY, **RESULT, accepted_by="顾长河")
    actions.decide(street, "accepted", "accepted", by=office.verifier)

    assert counted("streets.roads") == 1
