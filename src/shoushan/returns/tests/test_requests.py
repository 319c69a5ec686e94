"""After locking: a unit asks, another person decides, both figures stay, and what is computed follows."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.core.testing import code_of
from shoushan.ledger import kept
from shoushan.notices.models import Notice
from shoushan.orgs.testing import BACKEND
from shoushan.returns import actions
from shoushan.returns.models import Correction, ExceptionRequest, Exemption, Value
from shoushan.returns.queries import corrections
from shoushan.returns.queries.actuals import actuals
from shoushan.returns.testing import LOCKS, OPENS, District, make_district

pytestmark = pytest.mark.django_db

NIGHT, MORNING, EVENING = (LOCKS + timedelta(hours=hours) for hours in (1, 10, 20))


@pytest.fixture
def district() -> District:
    return make_district()


def ask(district: District) -> ExceptionRequest:
    return actions.ask_exception(
        district.period, district.hexi, until=EVENING, reason="停电", at=NIGHT, by=district.reporter
    )


def test_an_exception_is_asked_for_granted_and_ends_by_itself(district: District) -> None:
    request = actions.grant_exception(ask(district), at=MORNING, by=district.supervisor)

    def save(at: datetime) -> Value:
        return actions.save_value(
            district.period,
            district.hexi,
            district.jobs,
            amount=Decimal(5),
            at=at,
            by=district.reporter,
        )

    assert request.exemption is not None
    assert save(EVENING - timedelta(microseconds=1)).amount == Decimal(5)
    with pytest.raises(Refusal) as refused:
        save(EVENING)
    assert refused.value.code == "return.locked"
    assert Notice.objects.get().key == f"returns.exception:{request.pk}:granted|page"


def test_the_asker_does_not_grant_their_own_exception(district: District) -> None:
    request = ask(district)
    with pytest.raises(Refusal) as refused:
        actions.grant_exception(request, at=MORNING, by=district.reporter)
    assert refused.value.code == "stage.same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        ExceptionRequest.objects.update(decided_by=district.reporter)


def test_an_exception_is_asked_for_once_and_decided_once(district: District) -> None:
    request = ask(district)
    with pytest.raises(Refusal) as refused:
        ask(district)
    assert refused.value.code == "exception.asked"
    actions.decline_exception(request, answer="已提前三天通知", at=MORNING, by=district.supervisor)
    with pytest.raises(Refusal) as refused:
        actions.grant_exception(request, at=MORNING, by=district.supervisor)
    assert refused.value.code == "request.decided"
    assert not Exemption.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "exception.reason"),
        ({"until": NIGHT}, "exception.over"),
        ({"at": OPENS}, "exception.open"),
    ],
)
def test_what_cannot_be_asked_says_why(district: District, given: dict[str, object], code: str) -> None:
    asked = {"until": EVENING, "reason": "停电", "at": NIGHT, **given}
    with pytest.raises(Refusal) as refused:
        actions.ask_exception(district.period, district.hexi, **asked, by=district.reporter)  # type: ignore[arg-type]
    assert refused.value.code == code


def correct(district: District, value: Value, amount: str = "1500") -> Correction:
    return actions.ask_correction(value, amount=Decimal(amount), reason="重复统计", at=NIGHT, by=district.reporter)


def test_a_verified_figure_is_corrected_and_everything_computed_follows(district: District) -> None:
    value = district.verify("1600")
    correction = actions.agree_correction(correct(district, value), at=MORNING, by=district.supervisor)

    value.refresh_from_db()
    assert (value.amount, value.state, value.decided_by) == (Decimal(1500), "accepted", district.supervisor)
    assert (correction.old_amount, correction.new_amount) == (Decimal(1600), Decimal(1500))
    monthly = actuals(district.year, [district.jobs], until=date(2026, 12, 31))[district.jobs.pk, district.hexi.pk]
    assert monthly.verified == {11: Decimal(1500)}
    assert corrections.times_corrected([value.pk]) == {value.pk: 1}


def test_a_figure_is_corrected_to_nothing_and_back(district: District) -> None:
    value = district.verify("1600")

    nothing = actions.ask_correction(value, is_nil=True, reason="记到别的街道了", at=NIGHT, by=district.reporter)
    actions.agree_correction(nothing, at=MORNING, by=district.supervisor)
    value.refresh_from_db()
    assert (value.amount, value.is_nil, value.state) == (None, True, "accepted")

    back = actions.agree_correction(correct(district, value), at=MORNING, by=district.supervisor)
    value.refresh_from_db()
    assert (value.amount, value.is_nil) == (Decimal(1500), False)
    assert (nothing.old_is_nil, nothing.new_is_nil, back.old_is_nil, back.new_is_nil) == (False, True, True, False)


def test_nothing_and_a_number_are_not_said_together(district: District) -> None:
    given: dict[str, Any] = {"amount": Decimal(1), "is_nil": True, "reason": "错", "at": NIGHT, "by": district.reporter}

    assert code_of(actions.ask_correction, district.verify("1600"), **given) == "value.number_or_reason"


def test_the_page_shows_that_there_was_nothing(client: Client, district: District, settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)
    value = district.verify("1600")
    client.force_login(district.reporter, BACKEND)

    client.post(f"{value.get_absolute_url()}correction/", {"is_nil": "on", "reason": "记到别的街道了"})

    page = client.get(value.get_absolute_url()).content.decode()
    assert re.search(r"<del>[^→]*1,?600[^→]*</del> →\s*<span[^>]*>本期没有", page)


@pytest.fixture
def survival(district: District) -> Value:
    """90 of 100 trees of hexi live, verified."""
    share = district.indicator("survival", kind="ratio", measure="percent")
    district.divided_goal(share, [district.hexi, district.hedong], 95)
    given: dict[str, Any] = {"at": OPENS, "by": district.reporter}
    actions.save_value(district.period, district.hexi, district.jobs, amount=Decimal(1), **given)
    value = actions.save_value(
        district.period, district.hexi, share, numerator=Decimal(90), denominator=Decimal(100), **given
    )
    actions.submit(district.period, district.hexi, **given)
    return actions.accept(value, at=OPENS, by=district.verifier)


def test_a_ratio_is_corrected_in_both_its_parts_and_all_four_stay(district: District, survival: Value) -> None:
    parts: dict[str, Any] = {"numerator": Decimal(171), "denominator": Decimal(190)}
    before, after = (Decimal(90), Decimal(90), Decimal(100)), (Decimal(90), Decimal(171), Decimal(190))

    asked = actions.ask_correction(survival, **parts, reason="漏报一片", at=NIGHT, by=district.reporter)
    actions.agree_correction(asked, at=MORNING, by=district.supervisor)

    survival.refresh_from_db()
    # 171 of 190 is 90 % as before: what is corrected are the counts
    assert (survival.amount, survival.numerator, survival.denominator) == after
    asked.refresh_from_db()
    assert (asked.old_amount, asked.old_numerator, asked.old_denominator) == before
    assert (asked.new_amount, asked.new_numerator, asked.new_denominator) == after


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount": "90"}, "value.parts"),
        ({"numerator": "90"}, "value.parts"),
        ({"numerator": "90", "denominator": "0"}, "value.no_whole"),
        ({"numerator": "90", "denominator": "100"}, "correction.same"),
        ({}, "value.number_or_reason"),
    ],
)
def test_a_ratio_is_not_corrected_by_halves(
    district: District, survival: Value, given: dict[str, str], code: str
) -> None:
    parts: dict[str, Any] = {name: Decimal(number) for name, number in given.items()}
    assert code_of(actions.ask_correction, survival, **parts, reason="错", at=NIGHT, by=district.reporter) == code


def test_a_ratio_changed_meanwhile_to_the_same_percentage_is_told(district: District, survival: Value) -> None:
    asked = actions.ask_correction(
        survival, numerator=Decimal(80), denominator=Decimal(100), reason="错", at=NIGHT, by=district.reporter
    )
    Value.objects.filter(pk=survival.pk).update(numerator=Decimal(9), denominator=Decimal(10))

    assert code_of(actions.agree_correction, asked, at=MORNING, by=district.supervisor) == "correction.stale"


def test_the_page_asks_for_both_parts_and_shows_old_and_new(
    client: Client, district: District, survival: Value, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)
    url = "/returns/2026-11/hexi/survival/"
    client.force_login(district.reporter, BACKEND)
    asked = client.get(url + "correction/").content.decode()
    assert 'name="numerator"' in asked
    assert 'name="amount"' not in asked

    wrong = client.post(url + "correction/", {"numerator": "百", "denominator": "190", "reason": "漏报"})
    assert 'value="百"' in wrong.content.decode()
    client.post(url + "correction/", {"numerator": "171", "denominator": "190", "reason": "漏报"})

    page = client.get(url).content.decode()
    assert "(90 / 100)" in page
    assert "(171 / 190)" in page


def test_what_was_frozen_before_knows_that_a_later_correction_exists(district: District) -> None:
    value = district.verify("1600")
    actions.agree_correction(correct(district, value), at=MORNING, by=district.supervisor)

    assert corrections.since(district.year, NIGHT, unit=district.hexi).get().value == value
    assert not corrections.since(district.year, MORNING).exists()


def test_a_locked_figure_that_waits_goes_on_waiting(district: District) -> None:
    value = district.submit("1600")
    actions.agree_correction(correct(district, value), at=MORNING, by=district.supervisor)

    value.refresh_from_db()
    assert (value.amount, value.state, value.decided_by) == (Decimal(1500), "submitted", None)


def test_one_s_own_correction_before_verification_is_free(district: District) -> None:
    value = district.submit("1600")
    with pytest.raises(Refusal) as refused:
        actions.ask_correction(value, amount=Decimal(1), reason="错", at=OPENS, by=district.reporter)
    assert refused.value.code == "correction.free"


def test_the_asker_does_not_agree_to_their_own_correction(district: District) -> None:
    correction = correct(district, district.verify("1600"))
    with pytest.raises(Refusal) as refused:
        actions.agree_correction(correction, at=MORNING, by=district.reporter)
    assert refused.value.code == "stage.same_person"
    assert Value.objects.get().amount == Decimal(1600)


def test_declining_needs_a_reason_and_leaves_the_figure(district: District) -> None:
    correction = correct(district, district.verify("1600"))
    with pytest.raises(Refusal) as refused:
        actions.decline_correction(correction, answer=" ", at=MORNING, by=district.supervisor)
    assert refused.value.code == "request.answer"
    actions.decline_correction(correction, answer="佐证不足", at=MORNING, by=district.supervisor)
    assert Value.objects.get().amount == Decimal(1600)


def test_the_locked_page_asks_and_today_tells_both_sides(
    client: Client, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)
    client.force_login(district.reporter, BACKEND)
    assert "申请例外" in client.get("/returns/2026-11/hexi/").content.decode()
    client.post("/returns/2026-11/hexi/exception/", {"until": "2026-12-10T12:00", "reason": "停电"})
    assert "在等督查室答复" in client.get("/").content.decode()

    client.force_login(district.supervisor, BACKEND)
    assert "答复1项单位申请" in client.get("/").content.decode()
    assert "停电" in client.get("/returns/requests/").content.decode()
    request = ExceptionRequest.objects.get()
    client.post(f"/returns/exceptions/{request.pk}/decide/", {"decision": "agreed"})

    client.force_login(district.reporter, BACKEND)
    assert "已为本单位开放" in client.get("/").content.decode()


def test_a_correction_is_asked_for_on_its_page_and_shows_both_figures(
    client: Client, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)
    value = district.verify("1600")
    url = "/returns/2026-11/hexi/jobs/"
    client.force_login(district.reporter, BACKEND)
    kept_typed = client.post(url + "correction/", {"amount": "12万", "reason": "重复统计"}).content.decode()
    assert 'value="12万"' in kept_typed
    client.post(url + "correction/", {"amount": "1500", "reason": "重复统计"})

    client.force_login(district.supervisor, BACKEND)
    client.post(f"/returns/corrections/{Correction.objects.get().pk}/decide/", {"decision": "agreed"})

    page = client.get(url).content.decode()
    value.refresh_from_db()
    assert value.amount == Decimal(1500)
    assert "<del>" in page
    assert "<ins>" in page


def test_another_unit_s_requests_are_not_seen(client: Client, district: District) -> None:
    ask(district)
    client.force_login(district.foreigner, BACKEND)
    assert "停电" not in client.get("/returns/requests/").content.decode()
    assert client.post("/returns/2026-11/hexi/exception/").status_code == 404
    assert client.post(f"/returns/exceptions/{ExceptionRequest.objects.get().pk}/decide/").status_code == 403


def test_the_requests_page_asks_no_more_as_rows_grow(client: Client, district: District) -> None:
    client.force_login(district.supervisor, BACKEND)
    value = district.verify("1600")
    actions.agree_correction(correct(district, value), at=MORNING, by=district.supervisor)
    ask(district)
    counts = []
    for place in range(3):
        kept.forget()
        with CaptureQueriesContext(connection) as asked:
            client.get("/returns/requests/")
        counts.append(len(asked))
        actions.agree_correction(correct(district, value, str(place)), at=MORNING, by=district.supervisor)
    assert len(set(counts)) == 1
