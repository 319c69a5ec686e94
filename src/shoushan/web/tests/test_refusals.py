from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from pytest_django import Settings

from shoushan.core.errors import Refusal, Refusals
from shoushan.core.months import Month
from shoushan.web import clock, refusals

TWO = Refusals(
    [
        Refusal("share.sum", "Shares make %(sum)s of %(goal)s.", params={"sum": 343, "goal": 346}, field="sum"),
        Refusal("share.sign", "A share is below zero.", hint="Enter zero or more."),
    ]
)


class ShareForm(forms.Form):
    sum = forms.IntegerField()


def test_the_api_has_one_shape_for_every_refusal() -> None:
    assert refusals.as_json(Refusal("share.sum", "100 %", hint="So.")) == {
        "ok": False,
        "code": "share.sum",
        "message": "100 %",
        "hint": "So.",
    }


def test_several_refusals_are_all_told() -> None:
    body = refusals.as_json(TWO)

    assert [each["code"] for each in body["refusals"]] == ["share.sum", "share.sign"]
    assert body["message"] == "Shares make 343 of 346."


def test_a_refusal_stands_beside_its_field_and_another_in_the_summary() -> None:
    form = ShareForm({"sum": "1"})

    with refusals.beside(form):
        raise TWO

    assert "Shares make 343 of 346." in str(form.errors["sum"])
    assert "Enter zero or more." in str(form.non_field_errors())


def test_a_fault_of_ours_is_not_taken_for_a_refusal() -> None:
    with pytest.raises(KeyError), refusals.beside(ShareForm({"sum": "1"})):
        raise KeyError("ours")


def test_the_beginning_of_the_code_decides_the_status() -> None:
    codes = ["access.scope", "access.absent", "sign_in.step_up", "api.rate", "file.scan", "letter.signed"]

    assert [refusals.status(Refusal(code, "")) for code in codes] == [403, 404, 403, 429, 422, 409]


def test_a_refusal_is_said_in_the_language_of_its_reader() -> None:
    with translation.override("zh-hans"):
        said = refusals.say(Refusal("x", "Nothing waits for you today.", hint="Go to Today"))

        assert said.whole == "今天没有等您办的事。回到今日"


def test_figures_and_days_in_a_refusal_are_written_as_on_pages(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    places = {"a": Decimal("3272.1"), "b": date(2026, 12, 8), "c": Month(2026, 11), "d": 2026, "e": clock.now()}
    with translation.override("zh-hans"):
        said = refusals.say(Refusal("x", "%(a)s %(b)s %(c)s %(d)s %(e)s", params=places))

    assert said.message.startswith("3,272.1 12月8日 11月 2026 ")
    assert said.message.count(":") == 1


def test_what_is_refused_may_hold_signs_of_html() -> None:
    form = ShareForm({"sum": "1"})

    refusals.put(form, Refusal("x", "No <b>%(what)s</b>", hint="&", params={"what": "<script>"}, field="sum"))

    assert "<script>" not in str(form.errors)
