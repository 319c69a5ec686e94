"""The burden is counted from returns, told by month and unit, and times nobody."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND
from shoushan.plans.models import Indicator
from shoushan.returns import actions
from shoushan.returns.queries.burden import burden
from shoushan.returns.testing import OPENS, District, make_district

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 3)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = ON
    return make_district()


def type_in(district: District, unit: Unit, by: Person, *indicators: Indicator, minutes: int) -> None:
    for number, indicator in enumerate(indicators):
        at = OPENS + timedelta(minutes=minutes) * number
        actions.save_value(district.period, unit, indicator, amount=Decimal(5), at=at, by=by)


def test_typed_values_forms_and_minutes_are_told_by_month(district: District) -> None:
    shops = district.indicator("shops")
    district.divided_goal(shops, [district.hexi, district.hedong], 100)
    type_in(district, district.hexi, district.reporter, district.jobs, shops, minutes=3)
    type_in(district, district.hedong, district.foreigner, district.jobs, shops, minutes=600)

    [month] = burden(district.year, on=ON).months
    assert (month.forms, month.typed, month.most, month.a_unit) == (2, 4, 2, Decimal(2))
    # the one that was typed over ten hours tells nothing of its minutes
    assert (month.expected_minutes, month.measured_minutes) == (Decimal("1.2"), Decimal(3))


def test_a_unit_sees_its_own_burden_and_everybody_why_it_is_asked(client: Client, district: District) -> None:
    type_in(district, district.hexi, district.reporter, district.jobs, minutes=1)
    type_in(district, district.hedong, district.foreigner, district.jobs, minutes=1)

    found = burden(district.year, on=ON, by=district.reporter)
    client.force_login(district.reporter, BACKEND)
    page = client.get("/burden/").content.decode()

    assert [it.unit for it in found.units] == [district.hexi]
    assert "没有这项台账" in page


def test_the_burden_asks_the_same_questions_however_many_units(client: Client, district: District) -> None:
    client.force_login(district.supervisor, BACKEND)

    def asked() -> int:
        client.get("/burden/")
        with CaptureQueriesContext(connection) as questions:
            assert client.get("/burden/").status_code == 200
        return len(questions)

    type_in(district, district.hexi, district.reporter, district.jobs, minutes=1)
    one = asked()
    type_in(district, district.hedong, district.foreigner, district.jobs, minutes=1)
    assert asked() == one
