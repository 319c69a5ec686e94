"""Warnings: facts light them and facts end them, one for a cause; a person puts one off, and nobody makes one green."""

from __future__ import annotations

import io
import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.dispatch import actions
from shoushan.dispatch.models import Alarm
from shoushan.dispatch.queries import warnings as queries
from shoushan.dispatch.queries.facts import facts_of
from shoushan.dispatch.queries.said import sentence_of
from shoushan.evidence import actions as evidence
from shoushan.ledger.models import Event
from shoushan.orgs.testing import BACKEND, sign_in
from shoushan.plans import actions as plans
from shoushan.returns import actions as returns
from shoushan.returns.models import Value
from shoushan.returns.testing import LOCKS, OPENS, District, make_district

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 3)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = ON
    made = make_district()
    due = {month: Decimal(month * 200) / 3 for month in range(1, 13)}
    plans.set_schedule(made.goal, {month: Decimal(month) / 12 for month in due}, by=made.supervisor)
    return made


def judged(district: District, on: date = ON) -> Alarm:
    actions.recompute(district.year, on=on)
    return Alarm.objects.get(cause=f"progress:{district.hexi.pk}:jobs")


def correct(district: District, value: Value, amount: str) -> None:
    """Sent back by the verifier, corrected and submitted by the reporter."""
    returns.send_back(value, reason="与名册不符", at=OPENS, by=district.verifier)
    returns.save_value(
        district.period, district.hexi, district.jobs, amount=Decimal(amount), at=OPENS, by=district.reporter
    )
    returns.submit(district.period, district.hexi, at=OPENS, by=district.reporter)


def test_a_unit_behind_lights_one_alarm_and_judging_again_changes_nothing(district: District) -> None:
    district.submit("100")

    first = actions.recompute(district.year, on=ON, by=district.supervisor)
    events = Event.objects.count()
    again = actions.recompute(district.year, on=ON, by=district.supervisor)

    assert first.lit >= 1
    assert (again.lit, again.changed, again.ended) == (0, 0, 0)
    assert Event.objects.count() == events
    alarm = judged(district)
    assert (alarm.light, alarm.rule, alarm.months) == ("red", "progress.behind", {"11": "red"})


def test_no_figure_lights_nothing_and_is_not_on_course(district: District) -> None:
    actions.recompute(district.year, on=ON)

    assert not Alarm.objects.filter(unit=district.hedong).exists()


def test_what_is_caught_up_ends_and_its_month_stays_red(district: District) -> None:
    value = district.submit("100")
    judged(district)
    correct(district, value, "1600")

    actions.recompute(district.year, on=date(2026, 12, 20))

    alarm = Alarm.objects.get(cause=f"progress:{district.hexi.pk}:jobs")
    assert (alarm.ended_on, alarm.ended_month) == (date(2026, 12, 20), 11)
    assert alarm.months == {"11": "red"}


def test_caught_up_later_is_told_beside_the_red_month(client: Client, district: District) -> None:
    district.submit("100")
    alarm = judged(district)
    Alarm.objects.filter(pk=alarm.pk).update(months={"8": "red"}, month=9, ended_on=ON, ended_month=9)
    client.force_login(district.leader, BACKEND)

    shown = client.get("/warnings/?state=ended").content.decode()

    assert "8月" in shown
    assert "9月追上" in shown


def test_a_figure_that_is_missing_now_keeps_the_alarm_and_turns_it_grey(district: District) -> None:
    value = district.submit("100")
    judged(district)
    returns.send_back(value, reason="与名册不符", at=OPENS, by=district.verifier)

    alarm = judged(district)

    assert alarm.ended_on is None
    assert alarm.light == "no_data"


def test_a_month_behind_us_keeps_its_colour(district: District) -> None:
    district.submit("100")
    judged(district)

    found = actions.recompute(district.year, on=date(2026, 10, 5))

    assert (found.lit, found.changed, found.ended) == (0, 0, 0)
    assert judged(district).months == {"11": "red"}


def test_nothing_is_judged_before_a_month_is_over(district: District) -> None:
    assert actions.recompute(district.year, on=date(2026, 1, 20)).standing == 0


def test_it_lights_anew_as_another_alarm(district: District) -> None:
    value = district.submit("100")
    judged(district)
    correct(district, value, "1600")
    actions.recompute(district.year, on=ON)
    value.refresh_from_db()
    correct(district, value, "90")

    actions.recompute(district.year, on=ON)

    assert Alarm.objects.filter(cause=f"progress:{district.hexi.pk}:jobs").count() == 2


def test_a_figure_that_came_back_twice_lights(district: District) -> None:
    value = district.submit("1600")
    for amount in ("1601", "1602"):
        correct(district, value, amount)
        value.refresh_from_db()

    actions.recompute(district.year, on=ON)

    assert Alarm.objects.filter(rule="correction.repeated", unit=district.hexi).exists()


def test_a_figure_that_was_corrected_twice_after_it_was_verified_lights(district: District) -> None:
    value = district.verify("1600")
    for amount in ("1601", "1602"):
        asked = returns.ask_correction(
            value, amount=Decimal(amount), reason="重复统计", at=value.entered_at, by=district.reporter
        )
        returns.agree_correction(asked, at=value.entered_at, by=district.supervisor)
        value.refresh_from_db()

    actions.recompute(district.year, on=ON)

    assert Alarm.objects.filter(rule="correction.repeated", unit=district.hexi).exists()


def test_a_large_figure_without_a_file_lights_and_a_file_ends_it(district: District) -> None:
    value = district.submit("1600")
    actions.recompute(district.year, on=ON)
    assert Alarm.objects.standing().filter(rule="evidence.missing").exists()

    evidence.add(value, b"a,b", "roster.csv", by=district.reporter)
    actions.recompute(district.year, on=ON)

    assert not Alarm.objects.standing().filter(rule="evidence.missing").exists()


def test_one_file_beside_two_figures_lights(district: District) -> None:
    other = district.indicator("training")
    district.divided_goal(other, [district.hexi], 100)
    values = []
    for indicator in (district.jobs, other):
        values.append(
            returns.save_value(
                district.period, district.hexi, indicator, amount=Decimal(50), at=OPENS, by=district.reporter
            )
        )
    for value in values:
        evidence.add(value, b"a,b", "roster.csv", by=district.reporter)

    actions.recompute(district.year, on=ON)

    alarm = Alarm.objects.get(rule="evidence.reused")
    assert alarm.unit == district.hexi
    assert alarm.said[0]["params"] == {"name": "roster.csv", "count": 2}


def photo(seed: int, *, quality: int = 95, size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture of 8 × 6 patches by lot; the same seed is the same picture, however it is stored."""
    chance, written = random.Random(seed), io.BytesIO()
    drawn = Image.new("L", (8, 6))
    drawn.putdata([chance.randrange(256) for _ in range(48)])
    drawn.resize((640, 480), Image.Resampling.BICUBIC).resize(size).save(written, "JPEG", quality=quality)
    return written.getvalue()


def test_one_photo_stored_anew_beside_two_figures_lights_and_another_photo_does_not(district: District) -> None:
    other = district.indicator("training")
    district.divided_goal(other, [district.hexi], 100)
    first, second = (
        returns.save_value(
            district.period, district.hexi, indicator, amount=Decimal(50), at=OPENS, by=district.reporter
        )
        for indicator in (district.jobs, other)
    )
    evidence.add(first, photo(1), "现场.jpg", by=district.reporter)
    evidence.add(first, photo(1, quality=80), "现场再存.jpg", by=district.reporter)
    evidence.add(second, photo(2), "另一处.jpg", by=district.reporter)
    assert not [it for it in facts_of(district.year, on=ON).reuses if it.things > 1]

    evidence.add(second, photo(1, quality=60, size=(320, 240)), "转发.jpg", by=district.reporter)
    actions.recompute(district.year, on=ON)

    alarm = Alarm.objects.get(rule="evidence.reused")
    assert (alarm.unit, alarm.light) == (district.hexi, "yellow")
    assert alarm.said[0]["params"] == {"name": "转发.jpg", "count": 2}
    with translation.override("zh-hans"):
        assert sentence_of(alarm.said[0]).startswith("和“转发.jpg”看着一样的照片用在2处")


def test_put_off_needs_a_reason_and_an_end_and_leaves_the_colour(district: District) -> None:
    district.submit("100")
    alarm = judged(district)
    by = district.supervisor

    for until, reason, code in (
        (date(2026, 12, 20), " ", "alarm.no_reason"),
        (ON, "等待签约", "alarm.too_long"),
        (date(2027, 2, 2), "等待签约", "alarm.too_long"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.snooze(alarm, until=until, reason=reason, on=ON, by=by)
        assert refused.value.code == code
    alarm = actions.snooze(alarm, until=date(2027, 2, 1), reason="等待签约", on=ON, by=by)

    assert alarm.light == "red"
    assert alarm.is_snoozed(ON)
    assert not alarm.is_snoozed(date(2027, 2, 2))
    assert not list(Alarm.objects.awake(on=ON).filter(pk=alarm.pk))
    assert actions.wake(alarm, by=by).snoozed_until is None
    assert actions.wake(alarm, by=by).snoozed_by is None


def test_what_has_ended_is_not_put_off(district: District) -> None:
    value = district.submit("100")
    alarm = judged(district)
    correct(district, value, "1600")
    actions.recompute(district.year, on=ON)

    with pytest.raises(Refusal) as refused:
        actions.snooze(alarm, until=LOCKS.date().replace(day=20), reason="等", on=ON, by=district.supervisor)

    assert refused.value.code == "alarm.ended"


def test_a_unit_sees_its_own_and_may_not_put_it_off(client: Client, district: District) -> None:
    district.submit("100")
    alarm = judged(district)
    sign_in(client, district.foreigner)
    assert client.get(alarm.get_absolute_url()).status_code == 404
    assert "河西街道" not in client.get("/warnings/").content.decode()

    sign_in(client, district.reporter)

    assert "河西街道" in client.get("/warnings/").content.decode()
    assert client.get(alarm.get_absolute_url()).status_code == 200
    sent = {"until": "2026-12-20", "reason": "等"}
    assert client.post(alarm.get_absolute_url(), sent).status_code == 403
    assert client.post(f"{alarm.get_absolute_url()}wake/").status_code == 403
    assert client.post("/warnings/judge/").status_code == 403


def test_the_supervision_office_judges_puts_off_and_takes_up_again(client: Client, district: District) -> None:
    district.submit("100")
    sign_in(client, district.supervisor)
    client.post("/warnings/judge/")
    alarm = Alarm.objects.get(cause=f"progress:{district.hexi.pk}:jobs")

    refused = client.post(alarm.get_absolute_url(), {"until": "2027-12-20", "reason": "等待签约"})
    assert "等待签约" in refused.content.decode()
    assert "60" in refused.content.decode()
    client.post(alarm.get_absolute_url(), {"until": "2026-12-20", "reason": "等待签约"})

    shown = client.get("/warnings/?state=put_off").content.decode()
    assert "等待签约" in shown
    client.post(f"{alarm.get_absolute_url()}wake/")
    alarm.refresh_from_db()
    assert alarm.snoozed_until is None


@pytest.mark.parametrize(
    "words", ["?state=nothing&rule=x&unit=y&page=z", "?state=all", "?rule=progress.behind&unit=hexi"]
)
def test_an_odd_address_is_answered(client: Client, district: District, words: str) -> None:
    district.submit("100")
    judged(district)
    client.force_login(district.leader, BACKEND)

    assert client.get(f"/warnings/{words}").status_code == 200


def test_it_waits_in_today_for_the_office_and_for_the_unit(district: District) -> None:
    district.submit("100")
    judged(district)

    assert [task.url for task in queries.waiting_for(district.supervisor, ON)] == ["/warnings/?state=new"]
    assert [task.url for task in queries.waiting_for(district.reporter, ON)] == ["/warnings/"]
    assert list(queries.waiting_for(district.foreigner, ON)) == []
    assert list(queries.waiting_for(district.leader, ON)) == []


def test_a_follow_up_is_offered_only_where_there_is_such_a_page(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.submit("100")
    alarm = judged(district)
    monkeypatch.setattr(queries, "reverse", lambda name: f"/{name}/")

    assert queries.order_url(alarm, district.supervisor) == f"/follow-up-new/?alarm={alarm.pk}"
    assert queries.order_url(alarm, district.reporter) == ""


def test_as_many_questions_for_many_goals(district: District) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            facts_of(district.year, on=ON)
        return len(captured)

    asked()  # what a process learns once, such as the kinds of things, is learnt
    before = asked()
    for number in range(4):
        indicator = district.indicator(f"more{number}")
        goal = district.divided_goal(indicator, [district.hexi, district.hedong], 100)
        plans.set_schedule(goal, {month: Decimal(month) / 12 for month in range(1, 13)}, by=district.supervisor)

    assert asked() == before


def test_the_list_asks_as_much_for_many_rows(client: Client, district: District) -> None:
    client.force_login(district.leader, BACKEND)
    district.submit("100")
    judged(district)
    client.get("/warnings/")
    with CaptureQueriesContext(connection) as one:
        client.get("/warnings/")
    alarm = judged(district)
    for number in range(5):
        alarm.pk, alarm.cause = None, f"x:{number}"
        alarm.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        client.get("/warnings/")

    assert len(many) == len(one)
