"""Year ends on the pages: a span with its hit rate, or grey with the reason; kept as it was said; never a score."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.dispatch import actions
from shoushan.dispatch.models import Forecast
from shoushan.dispatch.queries.forecasts import days_of, forecasts_of, goal_ends, hit_rate
from shoushan.orgs.models import Unit
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.plans.models import Year
from shoushan.returns.models import Period, Return, Value
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 3)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = ON
    return make_district()


def months(district: District, year: Year, unit: Unit, amounts: dict[int, int]) -> None:
    """Figures of new jobs as they stand verified, without the way there."""
    for month, amount in amounts.items():
        at = datetime(2020, 1, 1, tzinfo=UTC)
        clocks = {"opens_at": at, "due_at": at.replace(month=2), "locks_at": at.replace(month=3)}
        period, _ = Period.objects.get_or_create(year=year, month=month, defaults=clocks)
        entry, _ = Return.objects.get_or_create(period=period, unit=unit)
        Value.objects.create(
            entry=entry, indicator=district.jobs, unit=unit, amount=Decimal(amount), state=Value.State.ACCEPTED,
            entered_by=district.reporter, entered_at=at, decided_by=district.verifier, decided_at=at,
        )  # fmt: skip


def even(until: int) -> dict[int, int]:
    return {month: 130 + month % 3 for month in range(1, until + 1)}


def test_too_little_is_grey_with_its_reason(client: Client, district: District) -> None:
    district.submit("100")
    client.force_login(district.leader, BACKEND)

    shown = client.get(f"/goals/{district.goal.pk}/hexi/").content.decode()

    assert "已知月份太少" in shown
    assert 'class="band"' not in shown


def test_a_year_end_is_a_span_on_both_pages_and_in_the_chart(client: Client, district: District) -> None:
    months(district, district.year, district.hexi, even(11))
    months(district, district.year, district.hedong, even(11))
    months(district, plans.open_year(2025, by=district.supervisor), district.hexi, even(12))
    client.force_login(district.leader, BACKEND)

    unit_page = client.get(f"/goals/{district.goal.pk}/hexi/").content.decode()
    goal_page = client.get(f"/goals/{district.goal.pk}/").content.decode()

    assert "80%把握" in unit_page
    assert "往年1年" in unit_page
    assert 'class="band"' in unit_page
    assert "还没有可对照的往次预计" in unit_page
    assert "年底预计（80%）" in goal_page
    ends = goal_ends(district.goal, on=ON)
    assert ends is not None
    assert ends.whole is not None
    assert ends.whole.low is not None
    assert Decimal(2890) < ends.whole.low < Decimal(3200)


def test_each_month_speaks_once_and_its_word_is_kept(district: District) -> None:
    months(district, district.year, district.hexi, even(11))

    assert actions.foretell(district.year, on=ON, by=district.supervisor) == 1
    said = Forecast.objects.get()
    Value.objects.update(amount=Decimal(1))
    assert actions.foretell(district.year, on=ON, by=district.supervisor) == 0

    again = Forecast.objects.get()
    assert (again.low, again.high, again.month) == (said.low, said.high, 11)
    assert said.low <= said.mid <= said.high


def test_no_forecast_before_a_month_is_over_nor_after_the_year(district: District) -> None:
    months(district, district.year, district.hexi, even(11))

    assert forecasts_of(district.year, on=date(2026, 1, 5)) == []
    assert forecasts_of(district.year, on=date(2027, 1, 5)) == []


def test_its_own_hit_rate_counts_only_years_that_are_over(district: District) -> None:
    before = plans.open_year(2025, by=district.supervisor)
    months(district, before, district.hexi, even(12))
    common = {"indicator": district.jobs, "unit": district.hexi, "past_years": 0, "method": "shape-1", "made_on": ON}
    came = sum(even(12).values())
    for month, low in ((6, came - 5), (7, came + 5)):
        Forecast.objects.create(year=before, month=month, low=low, mid=low + 5, high=low + 10, **common)
    Forecast.objects.create(year=district.year, month=7, low=1, mid=2, high=3, **common)

    found = hit_rate(district.jobs, before=2026)

    assert (found.compared, found.held, found.share, found.is_small) == (2, 1, Decimal("0.5"), True)


def test_a_year_without_goals_here_foretells_what_was_typed(district: District) -> None:
    before = plans.open_year(2025, by=district.supervisor)
    months(district, before, district.hexi, even(12))

    assert actions.foretell(before, on=date(2025, 9, 5)) == 1


def test_months_explained_by_no_data_are_in_the_next_figure(district: District) -> None:
    quarters = {3: 390, 6: 390, 9: 390}
    months(district, district.year, district.hexi, quarters)
    entry = Return.objects.filter(period__month=3)[0]
    for month in (1, 2, 4, 5, 7, 8):
        period = Period.objects.create(
            year=district.year, month=month, opens_at=entry.period.opens_at, due_at=entry.period.due_at,
            locks_at=entry.period.locks_at,
        )  # fmt: skip
        Value.objects.create(
            entry=Return.objects.create(period=period, unit=district.hexi), indicator=district.jobs,
            unit=district.hexi, no_data="季度数", state=Value.State.SUBMITTED, entered_by=district.reporter,
            entered_at=entry.period.opens_at,
        )  # fmt: skip

    [found] = forecasts_of(district.year, on=date(2026, 10, 5))

    assert Decimal(1400) < found.mid < Decimal(1700)


def test_working_days_are_those_of_the_calendar() -> None:
    assert days_of(2026)[1] == 21
    assert days_of(2026)[2] < 20


def test_the_goal_page_asks_as_much_for_many_units(client: Client, district: District) -> None:
    client.force_login(district.leader, BACKEND)
    months(district, district.year, district.hexi, even(11))

    def asked() -> int:
        client.get(f"/goals/{district.goal.pk}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/goals/{district.goal.pk}/")
        return len(captured)

    before = asked()
    months(district, district.year, district.hedong, even(11))
    assert asked() == before
