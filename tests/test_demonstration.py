"""The demonstration year: built by the actions, sound in the ledger, and every page of it answers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Count
from django.test import Client
from pytest_django import Settings

from shoushan.assessment.models import Assessment, Objection
from shoushan.config.demonstration.command import build, main
from shoushan.ledger.models import Event
from shoushan.ledger.verify import verify
from shoushan.letters.models import Letter
from shoushan.lines.investment.models import Deal
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import sign_in
from shoushan.plans.models import Goal, Passage
from shoushan.registers.lines import all_lines
from shoushan.returns.models import Return, Value
from shoushan.returns.queries.burden import MOST_VALUES
from tests.addresses import faults, routes
from tests.engines import differing

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), pytest.mark.long]


# measured, it would take twice as long; what the demonstration runs has tests of its own
@pytest.mark.no_cover
def test_the_year_is_whole_and_every_address_is_decided_for_every_role(client: Client, settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    cast = build()

    assert verify().sound
    assert Unit.objects.count() == 1 + 9 + 27 + 3
    # whoever looks at it must be able to tell people apart
    names = Person.objects.values_list("name", flat=True)
    assert len(set(names)) == len(names)
    assert Goal.objects.filter(year__number=2026).count() == 14
    # the year before is assessed to its end, with one objection accepted and one not
    assert Assessment.objects.get(published_at__isnull=False).number == 2
    assert sorted(Objection.objects.values_list("state", flat=True)) == ["accepted", "refused"]
    assert Deal.objects.count() == 120
    assert Letter.objects.filter(state="in_force").count() == 12
    assert Letter.objects.get(state="half_signed").unit.code == "xindu"
    assert Letter.objects.get(state="draft").basis is None
    assert not Goal.objects.filter(passage__kind=Passage.Kind.PAST).exists()
    assert not Return.objects.filter(unit__code="hexi", period__month=11, period__year__number=2026).exists()
    # the burden's budget: no subdistrict types more a month
    typed = Return.objects.filter(unit__kind=Unit.Kind.SUBDISTRICT).annotate(typed=Count("values"))
    assert 0 < max(typed.values_list("typed", flat=True)) <= MOST_VALUES
    # a figure of the year before stands beside this year's
    assert Value.objects.filter(entry__period__year__number=2025, entry__unit__code="hexi").count() == 12
    assert {"submitted", "accepted", "returned"} == set(Value.objects.values_list("state", flat=True))
    assert not Event.objects.filter(at__date__gt=date(2026, 12, 3)).exists()
    assert main(["build"]) == 0
    year = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    assert [each for line in all_lines() for each in differing(line, **year)] == []
    assert [line.key for line in all_lines() if not line.model.objects.exists()] == []

    sign_in(client, cast.people["head"])
    estates = Goal.objects.get(indicator__key="streets.estates")
    link = f"/goals/{estates.pk}/hexi/baseline/"
    compared = client.get(link, follow=True)
    assert link in client.get(Letter.objects.get(unit__code="hexi").get_absolute_url()).content.decode()
    assert compared.redirect_chain[-1][0] == "/streets/?unit=hexi&as_of=2026-03-05"
    assert "阶段：" in compared.content.decode()
    assert client.get(f"/goals/{estates.pk}/xindu/baseline/").status_code == 404  # not yet signed by both
    client.logout()

    assert faults(cast) == []
    for path in (f"/{route}" for route in routes() if route.startswith("api/") and "<" not in route):
        expected = {"/api/v1/openapi.json": 200, "/api/v1/": 404, "/api/v1/draws": 405}.get(path, 401)
        assert client.get(path).status_code == expected, path
