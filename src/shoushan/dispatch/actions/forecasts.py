"""Forecasts made and kept, so that they can be compared with what came."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from shoushan.dispatch.models import Forecast
from shoushan.dispatch.queries.forecasts import forecasts_of
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans.models import Year


@transaction.atomic
def foretell(year: Year, *, on: date, by: Person | None = None) -> int:
    """Keep what the year's last month that is over says of its end; a month speaks once. How many were kept."""
    year = Year.objects.select_for_update().get(pk=year.pk)
    month = year.months_over(on)
    said = set(Forecast.objects.filter(year=year, month=month).values_list("indicator_id", "unit_id"))
    made = [it for it in forecasts_of(year, on=on) if (it.indicator_id, it.unit_id) not in said]
    Forecast.objects.bulk_create(made)
    ledger.record_new(("foretold", made), by=by)
    return len(made)
