"""The ladder of reminders: units whose month is missing, each rung once, however often the timer runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.notices.models import Notice
from shoushan.orgs.testing import BACKEND
from shoushan.returns import actions
from shoushan.returns.models import Period
from shoushan.returns.queries.missing import Rung, rung_of
from shoushan.returns.reminder import main
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = [date(2026, 12, day) for day in range(1, 12)]


@pytest.fixture
def district() -> District:
    """November is due on 7 December 24:00 and locks on the 9th at 24:00."""
    district = make_district()
    Period.objects.update(due_at=datetime(2026, 12, 8, tzinfo=ZONE), locks_at=datetime(2026, 12, 10, tzinfo=ZONE))
    district.period.refresh_from_db()
    return district


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


def test_the_rungs_stand_on_working_days(district: District) -> None:
    found = {day: rung_of(district.period, on=day) for day in [date(2026, 11, 27), *DAYS]}

    assert found[date(2026, 11, 27)] is None
    assert rung_of(district.period, on=date(2026, 11, 30)) is Rung.BEFORE
    assert found[date(2026, 12, 7)] is Rung.DUE
    assert [day.day for day, rung in found.items() if rung is Rung.AFTER] == [9]


def test_each_unit_gets_each_rung_once(district: District) -> None:
    for day in DAYS:
        for _ in range(2):
            actions.remind_by_ladder(on=day, at=noon(day))

    hexi = [notice.key.split(":")[3] for notice in Notice.objects.filter(unit=district.hexi).order_by("pk")]
    assert hexi == ["before", "due", "after"]


def test_who_has_submitted_is_left_in_peace(district: District) -> None:
    district.submit("5")
    actions.remind_by_ladder(on=date(2026, 12, 7), at=noon(date(2026, 12, 7)))
    assert [notice.unit for notice in Notice.objects.all()] == [district.hedong]


def test_a_moved_clock_is_announced_anew(district: District) -> None:
    actions.remind_by_ladder(on=date(2026, 12, 1), at=noon(date(2026, 12, 1)))
    Period.objects.update(due_at=datetime(2026, 12, 9, tzinfo=ZONE))
    actions.remind_by_ladder(on=date(2026, 12, 2), at=noon(date(2026, 12, 2)))
    assert Notice.objects.filter(unit=district.hexi).count() == 2


def test_reminding_by_hand_works_once_a_day(district: District) -> None:
    at = noon(date(2026, 12, 3))
    assert actions.remind(district.period, at=at, by=district.supervisor) == 2
    with pytest.raises(Refusal) as refused:
        actions.remind(district.period, at=at + timedelta(hours=3), by=district.supervisor)
    assert refused.value.code == "remind.today"
    assert actions.remind(district.period, at=at + timedelta(days=1), by=district.supervisor) == 2


def test_a_locked_month_is_not_reminded_of(district: District) -> None:
    with pytest.raises(Refusal) as refused:
        actions.remind(district.period, at=noon(date(2026, 12, 10)), by=district.supervisor)
    assert refused.value.code == "remind.closed"


def test_the_button_is_the_supervision_office_s(client: Client, district: District, settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    client.force_login(district.reporter, BACKEND)
    assert "/returns/remind/" not in client.get("/returns/2026-11/").content.decode()
    assert client.post("/returns/remind/2026-11/").status_code == 403
    client.force_login(district.supervisor, BACKEND)
    page = client.post("/returns/remind/2026-11/", follow=True).content.decode()
    assert "已催报2个单位" in page


def test_the_command_takes_a_day(district: District, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    assert main(["--on", "2026-12-07"]) == 0
    assert capsys.readouterr().out == "queued 2\n"
    assert main(["--on", "monday"]) == 2
    assert main(["now"]) == 2
