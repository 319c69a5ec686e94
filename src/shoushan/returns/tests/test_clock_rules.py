"""The clocks follow from the calendar, are moved only ahead and with a reason, and judge whatever arrives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.orgs import actions as orgs
from shoushan.orgs.testing import BACKEND
from shoushan.returns import actions
from shoushan.returns.clocks import check_open, clocks_of
from shoushan.returns.models import ClockRule, Period, Value
from shoushan.returns.testing import DUE, LOCKS, OPENS, District, make_district

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
TERMS = actions.Terms(opens_day=1, due_workday=5, locks_after=2, source="首府办发〔2026〕3号")
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def district() -> District:
    return make_district()


def test_the_fifth_working_day_counts_to_its_24_00() -> None:
    clocks = clocks_of(Month(2026, 9), ClockRule())

    # 1 to 7 October is a holiday in 2026, and Saturday 10 October is worked
    assert clocks.opens_at == datetime(2026, 10, 1, tzinfo=ZONE)
    assert clocks.due_at == datetime(2026, 10, 14, tzinfo=ZONE)
    assert clocks.locks_at == datetime(2026, 10, 16, tzinfo=ZONE)
    assert not clocks.is_provisional


def test_december_opens_with_the_next_year_and_says_that_it_is_provisional() -> None:
    clocks = clocks_of(Month(2026, 12), ClockRule())

    assert clocks.opens_at - INSTANT == datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=ZONE)
    assert clocks.is_provisional


def test_the_clocks_are_the_district_s_in_whatever_zone_they_are_asked_for() -> None:
    at_home = clocks_of(Month(2026, 3), ClockRule())
    with timezone.override("America/New_York"):
        assert clocks_of(Month(2026, 3), ClockRule()) == at_home


def test_a_year_is_opened_at_once_and_what_stands_is_left(district: District) -> None:
    opened = actions.open_year_by_rule(district.year, TERMS, by=district.supervisor)

    assert [period.month for period in opened] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]
    assert Period.objects.get(month=11).locks_at == LOCKS
    with pytest.raises(Refusal) as refused:
        actions.open_year_by_rule(district.year, TERMS, by=district.supervisor)
    assert refused.value.code == "clocks.all_set"


def test_a_rule_without_a_source_is_refused(district: District) -> None:
    without = actions.Terms(opens_day=1, due_workday=5, locks_after=2, source=" ")
    with pytest.raises(Refusal) as refused:
        actions.open_year_by_rule(district.year, without, by=district.supervisor)
    assert refused.value.code == "clocks.no_source"
    assert not ClockRule.objects.exists()


def change(district: District, **given: object) -> Period:
    clocks = {"opens_at": OPENS, "due_at": DUE, "locks_at": LOCKS, "reason": "系统检修", "at": OPENS, **given}
    return actions.change_clocks(district.period, **clocks, by=district.supervisor)  # type: ignore[arg-type]


def test_a_return_is_judged_by_the_clock_that_stands_when_it_arrives(district: District) -> None:
    actions.save_value(district.period, district.hexi, district.jobs, amount=Decimal(5), at=OPENS, by=district.reporter)
    change(district, due_at=DUE + timedelta(days=2))

    entry = actions.submit(district.period, district.hexi, at=DUE + timedelta(days=1), by=district.reporter)

    assert not entry.is_late
    assert Value.objects.get().amount == Decimal(5)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " ", "due_at": DUE + timedelta(days=1)}, "clocks.no_reason"),
        ({"due_at": DUE - timedelta(days=1), "at": DUE}, "clocks.past"),
        ({}, "clocks.same"),
        ({"due_at": LOCKS + timedelta(days=1)}, "period.order"),
        ({"due_at": DUE + timedelta(days=1), "version": "1-2-3"}, "form.stale"),
    ],
)
def test_a_clock_that_cannot_be_moved_says_why(district: District, given: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        change(district, **given)
    assert refused.value.code == code


def test_the_page_says_that_the_clocks_changed_while_it_was_open(
    client: Client, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    client.force_login(district.reporter, BACKEND)
    before = actions.clocks_version(district.period)
    actions.save_value(district.period, district.hexi, district.jobs, amount=Decimal(5), at=OPENS, by=district.reporter)
    change(district, due_at=DUE + timedelta(days=2))

    page = client.post("/returns/2026-11/hexi/", {"clocks": before}, follow=True).content.decode()

    assert "您打开本页期间时限改过" in page
    assert "系统检修" in page


def test_what_was_typed_stays_on_the_page_when_the_month_locked_meanwhile(
    client: Client, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)
    client.force_login(district.reporter, BACKEND)

    page = client.post("/returns/2026-11/hexi/jobs/", {"amount": "１,６００", "note": "街道上报"}).content.decode()

    assert 'value="１,６００"' in page
    assert 'value="街道上报"' in page
    assert not Value.objects.exists()


def test_a_merged_unit_s_figures_stay_and_the_refusal_names_the_successor(district: District) -> None:
    actions.save_value(district.period, district.hexi, district.jobs, amount=Decimal(5), at=OPENS, by=district.reporter)
    merged = orgs.merge_unit(district.hexi, district.hedong, on=date(2026, 12, 2), by=district.supervisor)

    check_open(district.period, merged, at=datetime(2026, 12, 2, 23, 59, 59, 999999, tzinfo=ZONE))
    with pytest.raises(Refusal) as refused:
        actions.submit(district.period, merged, at=datetime(2026, 12, 3, tzinfo=ZONE), by=district.reporter)

    assert refused.value.code == "unit.merged"
    assert "河东街道" in str(refused.value)
    moved = actions.move_month(district.period, merged, at=datetime(2026, 12, 3, tzinfo=ZONE), by=district.supervisor)
    value = moved.values.get()
    assert (value.unit, value.amount, value.entered_by) == (district.hedong, Decimal(5), district.reporter)
    assert Value.objects.filter(entry__unit=merged).exists()


def test_nothing_this_period_and_both_parts_of_a_ratio_move_to_the_successor(district: District) -> None:
    trees, share = district.indicator("trees"), district.indicator("survival", kind="ratio", measure="percent")
    district.divided_goal(trees, [district.hexi, district.hedong], 100)
    district.divided_goal(share, [district.hexi, district.hedong], 90)
    given: dict[str, Any] = {"at": OPENS, "by": district.reporter}
    actions.save_value(district.period, district.hexi, trees, is_nil=True, **given)
    actions.save_value(district.period, district.hexi, share, numerator=Decimal(9), denominator=Decimal(10), **given)
    merged = orgs.merge_unit(district.hexi, district.hedong, on=date(2026, 12, 2), by=district.supervisor)

    moved = actions.move_month(district.period, merged, at=datetime(2026, 12, 3, tzinfo=ZONE), by=district.supervisor)

    rows = moved.values.order_by("indicator__key").values_list("indicator__key", "is_nil", "numerator", "denominator")
    assert list(rows) == [("survival", False, 9, 10), ("trees", True, None, None)]


def test_a_server_clock_that_steps_back_changes_no_judgement_already_made(district: District) -> None:
    value = district.submit("5")
    late = actions.submit(district.period, district.hexi, at=DUE, by=district.reporter)
    again = actions.submit(district.period, district.hexi, at=DUE - timedelta(minutes=5), by=district.reporter)

    assert (value.state, late.is_late, again.is_late) == ("submitted", False, False)


@pytest.mark.parametrize("url", ["/returns/clocks/2026/", "/returns/clocks/2026-11/"])
def test_only_the_supervision_office_sets_clocks(client: Client, district: District, url: str) -> None:
    client.force_login(district.reporter, BACKEND)
    assert client.get(url).status_code == 403
    client.force_login(district.supervisor, BACKEND)
    assert client.get(url).status_code == 200


def test_the_year_is_previewed_and_then_set(client: Client, district: District) -> None:
    client.force_login(district.supervisor, BACKEND)
    terms = {"opens_day": "1", "due_workday": "3", "locks_after": "1", "source": "首府办发〔2026〕3号"}

    preview = client.get("/returns/clocks/2026/", terms).content.decode()
    assert "暂定" in preview
    assert Period.objects.count() == 1

    client.post("/returns/clocks/2026/", terms)
    january = Period.objects.get(month=1)
    assert (january.due_at, january.rule and january.rule.source) == (
        datetime(2026, 2, 5, tzinfo=ZONE),
        "首府办发〔2026〕3号",
    )


def test_a_clock_is_kept_in_utc(district: District) -> None:
    actions.open_year_by_rule(district.year, TERMS, by=district.supervisor)
    assert Period.objects.get(month=12).opens_at == datetime(2026, 12, 31, 16, tzinfo=UTC)
