from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from shoushan.core.months import Month
from shoushan.web import clock, dates

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def third_of_december(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("language", "this_year", "another"),
    [("zh-hans", "11月8日", "2025年11月8日"), ("zh-hant", "11月8日", "2025年11月8日"), ("en", "8 Nov", "8 Nov 2025")],
)
def test_a_day_has_its_year_only_if_it_is_another(language: str, this_year: str, another: str) -> None:
    with translation.override(language):
        assert dates.day(date(2026, 11, 8)) == this_year
        assert dates.day(date(2025, 11, 8)) == another


def test_midnight_is_written_as_the_end_of_the_day_before() -> None:
    with translation.override("zh-hans"):
        assert dates.until(datetime(2026, 12, 9, 0, 0, tzinfo=SHANGHAI)) == "12月8日 星期二 24:00"
        assert dates.until(date(2026, 12, 8)) == "12月8日 星期二 24:00"
        assert dates.until(datetime(2026, 12, 8, 17, 30, tzinfo=SHANGHAI)) == "12月8日 星期二 17:30"


def test_a_time_of_today_needs_no_day() -> None:
    with translation.override("zh-hans"):
        assert dates.moment(datetime(2026, 12, 3, 15, 50, tzinfo=ZoneInfo("UTC"))) == "23:50"
        assert dates.moment(datetime(2026, 12, 2, 15, 50, tzinfo=ZoneInfo("UTC"))) == "12月2日 23:50"


@pytest.mark.parametrize("value", [Month(2026, 11), date(2026, 11, 30), "2026-11"])
def test_a_month_is_read_however_it_comes(value: Month | date | str) -> None:
    with translation.override("zh-hans"):
        assert dates.month(value) == "11月"
    with translation.override("en"):
        assert dates.month(value) == "November"


def test_a_month_of_another_year_says_so() -> None:
    with translation.override("zh-hant"):
        assert dates.month("2025-01") == "2025年1月"


def test_what_is_due_today_has_its_hour_and_what_is_past_counts_its_days() -> None:
    on = date(2026, 12, 3)
    with translation.override("zh-hans"):
        assert dates.due(date(2026, 12, 3), on) == ("今天24:00", 0)
        assert dates.due(datetime(2026, 12, 3, 17, 30, tzinfo=SHANGHAI), on) == ("今天17:30", 0)
        assert dates.due(datetime(2026, 12, 4, 0, 0, tzinfo=SHANGHAI), on) == ("今天24:00", 0)
        assert dates.due(date(2026, 11, 30), on) == ("逾期3天", 3)
        assert dates.due(date(2026, 12, 8), on) == ("12月8日", 0)


def test_nothing_is_written_for_no_day() -> None:
    written = [dates.day(None), dates.weekday(None), dates.moment(None), dates.until(None), dates.month(None)]

    assert {*written, dates.due(None, date(2026, 12, 3))[0]} == {""}


def test_a_weekday_of_another_year_has_its_year() -> None:
    with translation.override("zh-hans"):
        assert dates.weekday(date(2027, 1, 20)) == "2027年1月20日 星期三"


def test_the_demonstration_has_its_own_day_with_the_real_time_of_day() -> None:
    shown, real = clock.now(), timezone.localtime()

    assert clock.today() == date(2026, 12, 3)
    assert abs((shown.replace(year=real.year, month=real.month, day=real.day) - real).total_seconds()) < 5


def test_elsewhere_the_clock_is_the_real_one(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = None

    assert abs((clock.now() - timezone.now()).total_seconds()) < 5
