import pytest
from django.test import Client

from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_district_unit, make_person


@pytest.fixture
def district(db: None) -> Unit:
    return make_district_unit()


@pytest.fixture
def office(district: Unit, client: Client) -> Person:
    """The supervision office, signed in."""
    made = make_person(district, "supervisor")
    client.force_login(made, BACKEND)
    return made
