"""What is special about market entities: the code's check digit, survival that was seen, and no quotas."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shoushan.core.errors import Refusal
from shoushan.lines.enterprise.line import entities, lines
from shoushan.lines.enterprise.models import check_code
from shoushan.registers import actions
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

    with pytest.raises(Exception, match="(?i)unique"):
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


def test_no_figure_rates_a_firm_or_sums_its_money() -> None:
    assert all(measure.value is None for line in lines for measure in line.measures)
