from datetime import date

import pytest

from shoushan.letters import actions
from shoushan.letters.models import Basis
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import make_district_unit, make_person, make_unit


@pytest.fixture
def district(db: None) -> Unit:
    return make_district_unit()


@pytest.fixture
def hexi(district: Unit) -> Unit:
    return make_unit("hexi", district, "河西街道")


@pytest.fixture
def hubin(district: Unit) -> Unit:
    return make_unit("hubin", district)


@pytest.fixture
def office(district: Unit) -> Person:
    return make_person(district, "supervisor")


@pytest.fixture
def leader(district: Unit) -> Person:
    return make_person(district, "leader")


@pytest.fixture
def head(hexi: Unit) -> Person:
    return make_person(hexi, "head")


@pytest.fixture
def basis(office: Person) -> Basis:
    return actions.add_basis(
        title="清单", number="1号", dated_on=date(2026, 1, 5), approver="区委", expires_on=date(2026, 12, 31), by=office
    )
