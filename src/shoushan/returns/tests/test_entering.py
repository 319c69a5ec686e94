"""Entering a month: kinds, nothing this period, unusual figures, the grid, two tabs; nothing typed is lost."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.evidence.models import Evidence
from shoushan.orgs.testing import BACKEND
from shoushan.plans.models import Indicator
from shoushan.returns import actions
from shoushan.returns.models import Period, Value
from shoushan.returns.queries.actuals import actuals
from shoushan.returns.queries.asked import asked_of
from shoushan.returns.testing import OPENS, District, make_district

pytestmark = pytest.mark.django_db
D = Decimal
MONTH = "/returns/2026-11/hexi/"
GRID = f"{MONTH}?as=grid"
UNTIL = date(2026, 12, 31)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    return make_district()


@pytest.fixture
def reporter(client: Client, district: District) -> Client:
    client.force_login(district.reporter, BACKEND)
    return client


def asked(district: District, key: str, kind: str, **fields: Any) -> Indicator:
    indicator = district.indicator(key, kind=kind, **fields)
    district.divided_goal(indicator, [district.hexi, district.hedong], 1200)
    return indicator


def earlier(district: District, month: int) -> Period:
    """A month before November that is open as long as November is."""
    opens, locks = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC)
    return actions.open_period(
        district.year, month, opens_at=opens, due_at=locks, locks_at=locks, by=district.supervisor
    )


def save(district: District, indicator: Indicator, period: Period, amount: str | None = None, **given: Any) -> Value:
    return actions.save_value(
        period,
        district.hexi,
        indicator,
        amount=None if amount is None else D(amount),
        at=OPENS,
        by=district.reporter,
        **given,
    )


def months(district: District, indicator: Indicator) -> Any:
    return actuals(district.year, [indicator], until=UNTIL)[indicator.pk, district.hexi.pk]


def submit(district: District, *periods: Period) -> None:
    for period in periods:
        for each in asked_of(period, district.hexi):
            if not Value.objects.filter(entry__period=period, indicator=each.indicator, unit=each.about).exists():
                save(district, each.indicator, period, no_data="不是这项测试")
        actions.submit(period, district.hexi, at=OPENS, by=district.reporter)


def test_nothing_this_period_counts_as_nothing_and_is_no_zero(district: District) -> None:
    save(district, district.jobs, district.period, is_nil=True)
    submit(district, district.period)

    value, found = Value.objects.get(), months(district, district.jobs)
    assert (value.amount, value.is_nil, value.no_data) == (None, True, "")
    assert (found.reported, found.nil, found.no_data) == ({11: D(0)}, {11}, {})


def test_no_data_is_not_nothing(district: District) -> None:
    save(district, district.jobs, district.period, no_data="系统停机")
    submit(district, district.period)

    assert months(district, district.jobs).reported == {}


@pytest.mark.parametrize("said", [{"is_nil": True, "amount": "1"}, {"is_nil": True, "no_data": "停机"}, {}])
def test_one_of_three_is_said(district: District, said: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        save(district, district.jobs, district.period, **said)
    assert refused.value.code == "value.number_or_reason"


def test_the_database_keeps_the_three_apart(district: District) -> None:
    value = save(district, district.jobs, district.period, "5")
    for wrong in ({"is_nil": True}, {"no_data": "停机"}, {"amount": None}, {"numerator": D(1)}, {"unusual": "above"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Value.objects.filter(pk=value.pk).update(**wrong)


def test_a_level_never_stands_at_nothing(district: District) -> None:
    level = asked(district, "stock", "level")
    with pytest.raises(Refusal) as refused:
        save(district, level, district.period, is_nil=True)
    assert refused.value.code == "value.nil_level"


def test_a_running_total_counts_by_its_differences(district: District) -> None:
    total = asked(district, "invested", "cumulative")
    september, october = earlier(district, 9), earlier(district, 10)
    save(district, total, september, "100")
    save(district, total, october, is_nil=True)
    save(district, total, district.period, "130")
    submit(district, september, october, district.period)

    found = months(district, total)
    assert found.reported == {9: D(100), 10: D(0), 11: D(30)}
    assert found.to_date(total, 11, verified=False) == D(130)


def test_a_total_to_date_does_not_fall(district: District) -> None:
    total = asked(district, "invested", "cumulative")
    october = earlier(district, 10)
    save(district, total, october, "3272")

    with pytest.raises(Refusal) as refused:
        save(district, total, district.period, "2913", note="更正")

    assert refused.value.code == "value.backwards"
    assert refused.value.params["month"] == october.calendar_month


def test_correcting_an_earlier_total_does_not_pass_the_later_one(district: District) -> None:
    total = asked(district, "invested", "cumulative")
    october = earlier(district, 10)
    save(district, total, october, "90")
    save(district, total, district.period, "100")

    with pytest.raises(Refusal) as refused:
        save(district, total, october, "110")
    assert refused.value.code == "value.backwards"


def test_a_ratio_is_made_from_its_parts_and_its_months_from_theirs(district: District) -> None:
    share = asked(district, "in_time", "ratio", measure="percent")
    october = earlier(district, 10)
    save(district, share, october, numerator=D(1), denominator=D(1))
    value = save(district, share, district.period, numerator=D(90), denominator=D(99))
    submit(district, october, district.period)

    assert value.amount == D("90.9091")
    assert months(district, share).to_date(share, 11, verified=False) == D(91)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount": D(98)}, "value.parts"),
        ({"numerator": D(98)}, "value.parts"),
        ({"numerator": D(0), "denominator": D(0)}, "value.no_whole"),
        ({"numerator": D(-1), "denominator": D(2)}, "value.part"),
        ({"numerator": D("NaN"), "denominator": D(2)}, "value.too_large"),
        ({"numerator": D("0.00001"), "denominator": D(2)}, "value.part"),
    ],
)
def test_a_ratio_needs_both_its_parts(district: District, given: dict[str, Any], code: str) -> None:
    share = asked(district, "in_time", "ratio", measure="percent")
    with pytest.raises(Refusal) as refused:
        actions.save_value(district.period, district.hexi, share, **given, at=OPENS, by=district.reporter)
    assert refused.value.code == code


@pytest.mark.parametrize("amount", ["1e308", "1e16", "NaN", "Infinity", "-Infinity", f"0.{'1' * 40}", "-1"])
def test_no_impossible_number_is_kept(district: District, amount: str) -> None:
    with pytest.raises(Refusal):
        save(district, district.jobs, district.period, amount)
    assert not Value.objects.exists()


def test_an_unusual_figure_is_saved_with_a_sentence_and_says_which_rule_asked(
    reporter: Client, district: District
) -> None:
    for month, amount in ((8, "100"), (9, "110"), (10, "90")):
        save(district, district.jobs, earlier(district, month), amount)

    page = reporter.post(f"{MONTH}jobs/", {"amount": "400", "version": "0"}).content.decode()
    assert 'value="400"' in page
    assert "68" in page
    assert not Value.objects.filter(entry__period=district.period).exists()

    reporter.post(f"{MONTH}jobs/", {"amount": "400", "version": "0", "note": "园区集中招工"})
    value = Value.objects.get(entry__period=district.period)
    assert (value.amount, value.unusual, value.note) == (D(400), "above", "园区集中招工")


def test_what_was_sent_back_is_no_measure_of_what_is_usual(district: District) -> None:
    october = earlier(district, 10)
    value = save(district, district.jobs, october, "10")
    actions.submit(october, district.hexi, at=OPENS, by=district.reporter)
    actions.send_back(value, reason="少一个零", at=OPENS, by=district.verifier)

    assert save(district, district.jobs, district.period, "100").unusual == ""


def test_nothing_this_period_is_one_tap(reporter: Client) -> None:
    reporter.post(f"{MONTH}jobs/", {"is_nil": "1", "amount": "", "version": "0"})

    assert Value.objects.get().is_nil
    assert "本期没有" in reporter.get(MONTH).content.decode()


def test_what_was_understood_is_told(reporter: Client) -> None:
    page = reporter.post(f"{MONTH}jobs/", {"amount": "12万", "note": "x"}, follow=True).content.decode()

    assert Value.objects.get().amount == D(120000)
    assert "120,000" in page


def grid(*rows: tuple[str, dict[str, str]]) -> dict[str, str]:
    return {f"{key}.hexi-{name}": it for key, given in rows for name, it in {"version": "0", **given}.items()}


def test_in_a_grid_the_wrong_cell_is_named_and_the_good_ones_are_kept(reporter: Client, district: District) -> None:
    asked(district, "shops", "flow")
    asked(district, "invested", "cumulative")
    page = reporter.post(
        GRID, grid(("jobs", {"amount": "50"}), ("shops", {"amount": "很多"}), ("invested", {"is_nil": "on"}))
    ).content.decode()

    assert {value.indicator.key for value in Value.objects.all()} == {"jobs", "invested"}
    assert 'value="很多"' in page
    assert 'href="#id_shops.hexi-amount"' in page
    assert 'name="jobs.hexi-version" value="1"' in page


def test_an_empty_row_is_left_for_later(reporter: Client, district: District) -> None:
    asked(district, "shops", "flow")
    answer = reporter.post(GRID, grid(("jobs", {"amount": "50"}), ("shops", {})))

    assert answer.status_code == 302
    assert Value.objects.count() == 1


def test_a_grid_is_saved_and_submitted_with_one_button(reporter: Client, district: District) -> None:
    asked(district, "shops", "flow")
    half = {**grid(("jobs", {"amount": "50"}), ("shops", {})), "submit": "1"}
    said = reporter.post(GRID, half, follow=True).content.decode()

    assert "2项里还有1项没填" in said
    assert (Value.objects.get().state, Value.objects.get().amount) == (Value.State.DRAFT, D(50))

    whole = {**grid(("jobs", {"amount": "50", "version": "1"}), ("shops", {"amount": "3"})), "submit": "1"}
    said = reporter.post(GRID, whole, follow=True).content.decode()

    assert "已提交" in said
    assert set(Value.objects.values_list("state", flat=True)) == {Value.State.SUBMITTED}


def test_two_tabs_both_versions_are_shown_and_sending_again_chooses(reporter: Client) -> None:
    reporter.post(GRID, grid(("jobs", {"amount": "50"})))
    page = reporter.post(GRID, grid(("jobs", {"amount": "60"}))).content.decode()

    assert Value.objects.get().amount == D(50)
    assert 'value="60"' in page
    assert "现在是" in page
    assert 'name="jobs.hexi-version" value="1"' in page
    reporter.post(GRID, grid(("jobs", {"amount": "60", "version": "1"})))
    assert Value.objects.get().amount == D(60)


def test_a_row_nobody_touched_asks_nothing_when_it_changed_meanwhile(reporter: Client, district: District) -> None:
    asked(district, "shops", "flow")
    reporter.post(GRID, grid(("jobs", {"amount": "50"})))
    old = grid(("jobs", {"amount": "50", "version": "1", "was": "50|||||"}), ("shops", {"amount": "7"}))
    reporter.post(GRID, grid(("jobs", {"amount": "55", "version": "1"})))

    assert reporter.post(GRID, old).status_code == 302
    assert {value.indicator.key: value.amount for value in Value.objects.all()} == {"jobs": D(55), "shops": D(7)}


def test_the_same_figure_saved_twice_makes_no_second_version(reporter: Client) -> None:
    for _ in range(2):
        reporter.post(GRID, grid(("jobs", {"amount": "50"})))

    assert Value.objects.get().version == 1


def test_a_verified_figure_is_shown_in_the_grid_and_not_asked(reporter: Client, district: District) -> None:
    district.verify("50")

    assert 'name="jobs.hexi-amount"' not in reporter.get(GRID).content.decode()
    reporter.post(GRID, grid(("jobs", {"amount": "60", "version": "1"})))
    assert Value.objects.get().amount == D(50)


def test_the_same_month_last_year_stands_beside_a_figure(reporter: Client, district: District) -> None:
    actions.take_over(
        2025, 11, district.hexi, {district.jobs: D(83)}, source="2025年统计台账",
        at=OPENS, by=district.supervisor, checked_by=district.verifier,
    )  # fmt: skip

    for address in (GRID, f"{MONTH}jobs/"):
        assert "83" in reporter.get(address).content.decode()


def test_a_grid_asks_the_same_questions_however_many_figures(reporter: Client, district: District) -> None:
    def asked_for() -> int:
        reporter.get(GRID)
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert reporter.get(GRID).status_code == 200
        return len(questions)

    one = asked_for()
    for number in range(3):
        asked(district, f"more{number}", "flow")
    assert asked_for() == one


def test_another_units_reporter_fills_in_no_grid(client: Client, district: District) -> None:
    client.force_login(district.foreigner, BACKEND)

    assert client.get(GRID).status_code == 404
    assert client.post(GRID, grid(("jobs", {"amount": "50"}))).status_code == 404


def test_a_file_too_large_is_refused_before_anything_is_saved_and_what_was_typed_stays(reporter: Client) -> None:
    video = SimpleUploadedFile("现场.jpg", b"\xff\xd8\xff" + bytes(20 * 2**20), "image/jpeg")
    page = reporter.post(f"{MONTH}jobs/", {"amount": "50", "version": "0", "photo": video}).content.decode()

    assert 'value="50"' in page
    assert "20 MB" in page or "20MB" in page
    assert not Value.objects.exists()
    assert not Evidence.objects.exists()


def test_a_figure_is_no_longer_asked_after_its_last_day(district: District) -> None:
    gone = asked(district, "shops", "flow", asked_until=date(2026, 10, 31))

    assert [each.indicator.key for each in asked_of(district.period, district.hexi)] == ["jobs"]
    with pytest.raises(Refusal) as refused:
        save(district, gone, district.period, "5")
    assert refused.value.code == "value.not_asked"


@pytest.mark.parametrize("missing", ["needed_by", "why_reported", "asked_until"])
def test_a_new_reported_figure_says_who_needs_it_and_until_when(district: District, missing: str) -> None:
    with pytest.raises(Refusal) as refused:
        district.indicator("shops", **{missing: None})
    assert (refused.value.code, refused.value.field) == ("indicator.burden", missing)


def photo(seed: int, *, quality: int = 90, size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    """A picture of something, as large and as well stored as wanted."""
    dice = random.Random(seed)
    small = Image.new("L", (16, 12))
    small.putdata([dice.randrange(256) for _ in range(16 * 12)])
    written = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(written, "JPEG", quality=quality)
    return SimpleUploadedFile(f"{seed}-{quality}.jpg", written.getvalue(), "image/jpeg")


def test_the_same_photo_stored_anew_is_pointed_out_and_not_refused(reporter: Client, district: District) -> None:
    asked(district, "shops", "flow")
    asked(district, "parks", "flow")
    for key, file in (
        ("jobs", photo(1)),
        ("shops", photo(1, quality=40, size=(320, 240))),
        ("parks", photo(2)),
    ):
        assert reporter.post(f"{MONTH}{key}/", {"amount": "5", "photo": file}).status_code == 302

    hint = "与这里的照片相像"
    assert [hint in reporter.get(f"{MONTH}{key}/").content.decode() for key in ("jobs", "shops", "parks")] == [
        True,
        True,
        False,
    ]
