"""Makers for tests: a district, its units, and people in their posts."""

from __future__ import annotations

from datetime import date

from django.test import Client

from shoushan.orgs import actions, proof
from shoushan.orgs.models import Person, Unit
from shoushan.web import clock

START = date(2020, 1, 1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_district_unit() -> Unit:
    return actions.found_unit(code="d", name="首善区", kind="district", under=None, by=None, from_on=START)


def make_unit(code: str, under: Unit, name: str = "") -> Unit:
    """A subdistrict, named by its code where no name is given."""
    return actions.found_unit(code=code, name=name or code, kind="subdistrict", under=under, by=None, from_on=START)


def make_person(unit: Unit, role: str, *, login: str = "", line: str = "") -> Person:
    """Somebody who holds a role at a unit since 2020; called by the role where no login is given."""
    person = actions.register_person(login=login or role, name=login or role, password=None, by=None)
    actions.appoint(person, unit, role, line=line, from_on=START, by=None)
    return person


def sign_in(client: Client, person: Person) -> None:
    """Signed in just now, so that it counts as a proof."""
    client.force_login(person, BACKEND)
    prove(client)


def prove(client: Client) -> None:
    """As after the password has been typed again."""
    session = client.session
    session[proof.KEPT_AS] = clock.now().timestamp()
    session.save()
