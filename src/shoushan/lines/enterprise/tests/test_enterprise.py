"""What is special about market entities: the code's check digit, survival that was seen, and no quotas."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shoushan.core.errors import Refusal
from shoushan.lines.enterprise.line import entities, lines, services
from shoushan.lines.enterprise.models import check_code
from shoushan.registers import actions
from shoushan.registers.lines import Line
from shoushan.registers.measures import measure
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db
REGISTERED = date(2025, 3, 4)


@pytest.fixture
def office() -> Office:
    return make_office(entities)


@pytest.fixture
def entity(office: Office) -> Any:
    return make_record(entities, office, on=REGISTERED, registered_on=REGISTERED)


@pytest.mark.parametrize("code", ["91329901MALXAGPH1E", "91329901MA720KB145"])
def test_a_code_with_its_check_digit_is_taken(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize("code", ["91329901MALXAGPH1F", "91329901MALXAGPH1", "9132990IMALXAGPH1E"])
def test_a_code_with_a_slip_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        check_code(code)


def test_the_same_code_twice_is_one_entity(office: Office) -> None:
    given: dict[str, Any] = {"code": "91329901MALXAGPH1E", "registered_on": REGISTERED}
    make_record(entities, office, name="a", **given)

    with pytest.raises(Refusal, match="in the register already"):
        make_record(entities, office, name="b", **given)


def test_alive_means_seen_at_work_after_a_year(office: Office, entity: Any) -> None:
    entity = actions.edit(entity, {"last_seen_on": date(2025, 12, 31)}, by=office.officer)
    gaps = [gap.code for gap in actions.missing(entities, entity, "alive")]

    entity = advance(entities, entity, office, on=date(2026, 3, 20), last_seen_on=date(2026, 3, 15))

    assert gaps == ["enterprise.not_seen"]
    assert entity.stage == "alive"


def test_nothing_is_seen_before_it_is_registered(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        make_record(entities, office, registered_on=REGISTERED, last_seen_on=date(2025, 1, 1))

    assert refused.value.code == "enterprise.seen_before"


def counted(line: Line, key: str, year: int) -> list[tuple[date, int]]:
    wanted = next(it for it in line.measures if it.key == key)
    found = measure(line, wanted, since=date(year, 1, 1), until=date(year, 12, 31))
    return [(row.on, int(row.reported)) for row in found]


def test_survival_is_counted_in_the_month_of_registration_and_stays(office: Office, entity: Any) -> None:
    make_record(entities, office, on=REGISTERED, registered_on=REGISTERED, name="a shell")
    entity = advance(entities, entity, office, on=date(2026, 3, 20), last_seen_on=date(2026, 3, 15))
    alive = counted(entities, "enterprise.outlived", 2025)

    entity = advance(entities, entity, office, on=date(2026, 9, 1), ended_on=date(2026, 9, 1))

    assert entity.stage == "ended"
    assert alive == counted(entities, "enterprise.outlived", 2025) == [(REGISTERED, 1)]
    assert counted(entities, "enterprise.registered", 2025) == [(REGISTERED, 2)]


def test_an_answer_counts_as_in_time_within_the_promise(office: Office) -> None:
    for name, on in (("a", date(2026, 3, 9)), ("b", date(2026, 3, 10))):
        service = make_record(services, office, on=date(2026, 3, 2), name=name)
        advance(services, service, office, on=on, answer="yes")

    assert counted(services, "enterprise.answered_in_time", 2026) == [(date(2026, 3, 9), 1)]
    assert len(counted(services, "enterprise.answered", 2026)) == 2


def test_no_person_is_kept_and_no_telephone() -> None:
    names = {each.name for line in lines for each in line.model._meta.concrete_fields} - {"entered_by"}

    assert not [name for name in names if any(word in name for word in ("phone", "person", "contact", "owner"))]


def test_no_figure_rates_a_firm_or_sums_its_money() -> None:
    assert all(measure.value is None for line in lines for measure in line.measures)
