"""What is special about deals: five stages, each with its proof, each counted by its own confirmation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.core.testing import code_of
from shoushan.ledger.verify import verify
from shoushan.lines.investment.line import deals as line
from shoushan.lines.investment.line import foreign_capital, lines, plots, receipts
from shoushan.lines.investment.models import Receipt
from shoushan.lines.investment.queries import funnel
from shoushan.registers import actions
from shoushan.registers.measures import Measured, measure, records_behind
from shoushan.registers.models import Step
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = date(2026, 12, 3)


@pytest.fixture
def office() -> Office:
    return make_office(line)


@pytest.fixture
def deal(office: Office) -> Any:
    return make_record(line, office)


def counted(key: str) -> list[Measured]:
    found, wanted = next((each, it) for each in lines for it in each.measures if it.key == key)
    return measure(found, wanted, since=date(2026, 1, 1), until=date(2026, 12, 31))


def funded(office: Office, deal: Any, *, agreed: int = 5_000_000, received: int = 4_000_000) -> Any:
    deal = advance(line, deal, office, on=date(2026, 3, 1), agreed_yuan=agreed)
    make_record(
        receipts, office, on=date(2026, 4, 1), deal=deal, amount_yuan=received, received_on=date(2026, 4, 1),
        currency="CNY",
    )  # fmt: skip
    return advance(line, deal, office, on=date(2026, 4, 1))


def test_a_stage_is_not_entered_without_its_field_and_its_proof(office: Office, deal: Any) -> None:
    with pytest.raises(Refusal) as refused:
        actions.advance(deal, "signed", on=TODAY, today=TODAY, by=office.officer)

    assert [gap.code for gap in refused.value.refusals] == ["stage.needs_field", "stage.needs_evidence"]  # type: ignore[attr-defined]


def test_no_stage_is_skipped(office: Office, deal: Any) -> None:
    assert code_of(actions.advance, deal, "producing", on=TODAY, today=TODAY, by=office.officer) == "stage.not_next"


def test_what_has_not_happened_yet_is_not_entered(office: Office, deal: Any) -> None:
    late = date(2026, 12, 4)
    assert code_of(actions.advance, deal, "signed", on=late, today=TODAY, by=office.officer) == "stage.future"


def test_stages_happen_in_their_order(office: Office, deal: Any) -> None:
    early = date(2026, 1, 1)
    assert code_of(actions.advance, deal, "signed", on=early, today=TODAY, by=office.officer) == "stage.day_order"


def test_the_doer_cannot_confirm_neither_by_action_nor_by_sql(office: Office, deal: Any) -> None:
    assert code_of(actions.decide, deal, "talks", "accepted", by=office.officer) == "stage.same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.update(state="confirmed", decided_by=office.officer)


def test_a_deal_counts_once_its_funds_are_confirmed(office: Office, deal: Any) -> None:
    deal = funded(office, deal)
    before = counted("investment.projects")

    actions.decide(deal, "funded", "accepted", by=office.verifier)

    assert [(int(it.reported), int(it.verified)) for it in before] == [(1, 0)]
    assert counted("investment.projects") == [
        Measured(office.hexi.pk, date(2026, 4, 1), before[0].reported, before[0].reported)
    ]
    assert [(int(it.reported), int(it.verified)) for it in counted("investment.funds")] == [(4_000_000, 0)]


def test_money_is_counted_by_its_own_confirmed_receipt_and_only_in_yuan(office: Office, deal: Any) -> None:
    funded(office, deal)
    receipt = Receipt.objects.get()
    paid = {"deal": deal, "amount_yuan": 900_000, "received_on": date(2026, 5, 6)}
    make_record(receipts, office, **paid, currency="USD")  # not exchanged yet

    actions.decide(receipt, "received", "accepted", by=office.verifier)

    assert [(int(it.reported), int(it.verified)) for it in counted("investment.funds")] == [(4_000_000, 4_000_000)]
    assert code_of(actions.edit, receipt, {"amount_yuan": 9_000_000}, by=office.officer) == "record.confirmed"


def test_funds_are_in_place_once_there_is_a_receipt(office: Office, deal: Any) -> None:
    deal = advance(line, deal, office, on=date(2026, 3, 1), agreed_yuan=5_000_000)

    assert "investment.no_receipt" in [gap.code for gap in actions.missing(line, deal, "funded")]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"agreed_yuan": 5_000_000, "received_yuan": 6_000_000}, "investment.over_agreed"),
        ({"signed_on": "2026-03-05", "started_on": "2026-02"}, "record.day_order"),
        ({"split": "hexi=0.6;hubin=0.3"}, "investment.split"),
        ({"split": "hexi=1.5;hubin=-0.5"}, "investment.split"),
        ({"split": "hexi"}, "investment.split"),
        ({"split": "hexi=0.6;nowhere=0.4"}, "investment.split_unit"),
        ({"converted_yuan": 7_000_000}, "investment.no_exchange"),
        ({"currency": "USD", "converted_yuan": 7_000_000}, "investment.no_rate"),
    ],
)
def test_what_contradicts_itself_is_refused(office: Office, given: dict[str, Any], code: str) -> None:
    assert code_of(make_record, line, office, **given) == code


def test_what_the_rules_leave_aside_is_seen_and_not_counted(office: Office) -> None:
    deal = make_record(line, office, apart="estate")
    funded(office, deal)

    assert counted("investment.projects") == counted("investment.signed") == counted("investment.funds") == []


def test_a_loan_to_a_deal_that_counts_is_not_counted(office: Office, deal: Any) -> None:
    funded(office, deal)
    borrowed: dict[str, Any] = {"deal": deal, "amount_yuan": 900_000, "received_on": date(2026, 4, 6), "apart": "loan"}
    make_record(receipts, office, on=date(2026, 4, 6), **borrowed)

    assert [int(it.reported) for it in counted("investment.funds")] == [4_000_000]


def test_foreign_money_counts_as_the_bank_exchanged_it(office: Office) -> None:
    told: dict[str, Any] = {
        "currency": "USD",
        "converted_yuan": 7_100_000,
        "rate_source": "7.1, 2026-02-27, bank slip 12",
    }
    deal = make_record(line, office, agreed_yuan=1_000_000, **told)
    deal = advance(line, deal, office, on=date(2026, 3, 1))
    paid = {"deal": deal, "amount_yuan": 200_000, "received_on": date(2026, 4, 1)}
    make_record(receipts, office, on=date(2026, 4, 1), **paid, **{**told, "converted_yuan": 1_420_000})
    advance(line, deal, office, on=date(2026, 4, 1))

    assert [int(it.reported) for it in counted("investment.funds")] == [1_420_000]
    assert [int(it.reported) for it in counted("investment.projects")] == [1]


def test_what_decides_on_counting_is_part_of_what_was_confirmed(office: Office) -> None:
    deal = funded(office, make_record(line, office, apart="estate"))
    actions.decide(deal, "signed", "accepted", by=office.verifier)

    assert code_of(actions.edit, deal, {"apart": ""}, by=office.officer) == "record.confirmed"


def test_an_event_is_followed_up_once_every_lead_has_its_answer(office: Office) -> None:
    fairs, leads = (next(each for each in lines if each.key == key) for key in ("fairs", "leads"))
    fair = make_record(fairs, office)
    lead = make_record(leads, office, name="a firm", fair=fair)

    gaps = actions.missing(fairs, fair, "followed")
    lead = actions.edit(lead, {"why_ended": "no land of that size"}, by=office.officer)
    actions.advance(lead, "ended", on=TODAY, today=TODAY, by=office.officer)

    assert [(gap.code, gap.params["names"]) for gap in gaps] == [("investment.open_leads", "a firm")]
    assert actions.missing(fairs, fair, "followed") == []


def test_a_plot_is_free_or_somebodys(office: Office) -> None:
    plot = make_record(plots, office)

    assert [gap.field for gap in actions.missing(plots, plot, "reserved")] == ["deal"]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(plot).objects.update(stage="reserved")


def test_money_counts_in_the_month_it_came_however_late_it_is_entered(office: Office, deal: Any) -> None:
    receipt = make_record(
        receipts, office, on=date(2026, 9, 9), deal=deal, amount_yuan=7, received_on=date(2026, 4, 6), currency="CNY"
    )
    entered = [it.on for it in counted("investment.funds")]

    actions.edit(receipt, {"received_on": date(2026, 3, 6)}, by=office.officer)

    assert (entered, [it.on for it in counted("investment.funds")]) == ([date(2026, 4, 6)], [date(2026, 3, 6)])
    redated: dict[str, Any] = {"reason": "slip", "today": TODAY, "by": office.officer}
    assert code_of(actions.redate, receipt, "received", date(2026, 5, 1), **redated) == "stage.dated_by_field"


def test_money_that_has_not_come_yet_is_not_entered(office: Office, deal: Any) -> None:
    told = {"name": "x", "deal": deal, "amount_yuan": 7, "received_on": date(2026, 12, 4), "currency": "CNY"}

    assert code_of(actions.enter, receipts, office.hexi, told, on=TODAY, today=TODAY, by=office.officer) == (
        "stage.future"
    )


def test_the_commerce_systems_figure_is_of_its_month_and_reported_after_it(office: Office) -> None:
    told: dict[str, Any] = {"month_on": date(2026, 4, 30), "used_usd": 5, "told_on": date(2026, 5, 8)}
    make_record(foreign_capital, office, on=date(2026, 9, 9), **told)

    assert [it.on for it in counted("investment.foreign_capital")] == [date(2026, 4, 30)]
    early = {**told, "name": "another", "told_on": date(2026, 4, 1)}
    assert code_of(make_record, foreign_capital, office, **early) == "record.day_order"


def test_a_deal_gives_its_plots_back_before_it_ends_and_takes_none_after(office: Office, deal: Any) -> None:
    plot = advance(plots, make_record(plots, office, area_m2=900), office, on=date(2026, 3, 1), deal=deal)
    deal = actions.edit(deal, {"why_ended": "the investor withdrew"}, by=office.officer)
    held = [gap.code for gap in actions.missing(line, deal, "ended")]
    plot = actions.go_back(plot, "free", reason="the deal ended", by=office.officer)
    deal = actions.advance(deal, "ended", on=date(2026, 4, 1), today=TODAY, by=office.officer)

    assert held == ["investment.holds_plots"]
    plot.refresh_from_db()
    assert [gap.code for gap in actions.missing(plots, plot, "reserved")] == ["investment.deal_ended"]


def test_what_a_deal_reached_stays_counted_when_it_ends(office: Office, deal: Any) -> None:
    deal = actions.edit(funded(office, deal), {"why_ended": "the investor withdrew"}, by=office.officer)

    actions.advance(deal, "ended", on=date(2026, 6, 1), today=TODAY, by=office.officer)

    assert [int(it.reported) for it in counted("investment.projects")] == [1]


def test_privileges_without_a_law_are_warned_of_and_stop_nobody(client: Client, office: Office) -> None:
    deal = make_record(line, office, privileges="tax back for five years")
    client.force_login(office.officer, BACKEND)

    warned = client.get(f"/investment/{deal.pk}/").content.decode()
    actions.edit(deal, {"privileges_basis": "Enterprise Income Tax Law 27"}, by=office.officer)

    assert "第十条" in warned
    assert "第十条" not in client.get(f"/investment/{deal.pk}/").content.decode()


def test_the_funnel_counts_each_stage_in_its_month(office: Office, deal: Any) -> None:
    deal = funded(office, deal)
    for stage in ("talks", "signed"):
        actions.decide(deal, stage, "accepted", by=office.verifier)

    talks, signed, funds, *_later = funnel(office.officer, 2026).rows

    assert [(row.whole, row.waiting) for row in (talks, signed, funds)] == [(1, 0), (1, 0), (0, 1)]
    assert talks.months[1] == signed.months[2] == 1
    assert talks.stays[2] == talks.days == 28


def test_a_deal_below_five_million_is_not_counted(office: Office, deal: Any) -> None:
    funded(office, deal, agreed=4_999_999)

    assert counted("investment.projects") == []
    assert [it.reported for it in counted("investment.funds")] == [4_000_000]


def test_a_stage_sent_back_counts_no_more_and_the_deal_stands_one_stage_earlier(office: Office, deal: Any) -> None:
    deal = funded(office, deal)

    deal = actions.decide(deal, "funded", "returned", reason="other account", by=office.verifier)

    assert deal.stage == "signed"
    assert counted("investment.projects") == []
    assert verify().sound


def test_going_back_needs_a_reason_and_withdraws_what_was_above(office: Office, deal: Any) -> None:
    deal = funded(office, deal)

    assert code_of(actions.go_back, deal, "talks", reason=" ", by=office.officer) == "stage.reason"
    assert code_of(actions.go_back, deal, "funded", reason="x", by=office.officer) == "stage.not_back"
    assert actions.go_back(deal, "talks", reason="contract void", by=office.officer).stage == "talks"
    assert [step.stage for step in Step.objects.of(deal).standing()] == ["talks"]


def test_what_was_confirmed_is_taken_back_by_a_second_person_too(office: Office, deal: Any) -> None:
    deal = funded(office, deal)
    actions.decide(deal, "funded", "accepted", by=office.verifier)

    assert code_of(actions.go_back, deal, "talks", reason="void", by=office.officer) == "stage.same_person"
    assert actions.go_back(deal, "talks", reason="void", by=office.verifier).stage == "talks"


def test_what_a_confirmed_stage_rests_on_stays(office: Office, deal: Any) -> None:
    deal = funded(office, deal)
    actions.decide(deal, "signed", "accepted", by=office.verifier)

    assert code_of(actions.edit, deal, {"agreed_yuan": 9}, by=office.officer) == "record.confirmed"


def test_the_second_of_two_who_move_the_same_deal_is_told(office: Office, deal: Any) -> None:
    seen = deal.version
    funded(office, deal)

    assert (
        code_of(actions.advance, deal, "signed", on=TODAY, today=TODAY, version=seen, by=office.officer) == "form.stale"
    )


def test_a_share_of_signed_deals_that_started(office: Office, deal: Any) -> None:
    advance(line, deal, office, on=date(2026, 3, 1), agreed_yuan=1)

    assert [it.reported for it in counted("investment.signed")] == [1]
    assert counted("investment.started") == []


def test_a_stage_is_recorded_and_confirmed_on_the_page(
    client: Client, office: Office, deal: Any, settings: Any
) -> None:
    settings.SHOUSHAN_TODAY = TODAY
    client.force_login(office.officer, BACKEND)
    form = {"on": "2026-03-01", "version": deal.version, "agreed_yuan": "8000000"}

    without = client.post(f"/investment/{deal.pk}/advance/", form)
    deal.refresh_from_db()
    with_file = {**form, "version": deal.version, "file": SimpleUploadedFile("contract.txt", b"signed")}
    client.post(f"/investment/{deal.pk}/advance/", with_file)
    client.force_login(office.verifier, BACKEND)
    client.post(f"/investment/{deal.pk}/decide/signed/", {"decision": "accepted"})

    assert without.status_code == 200
    deal.refresh_from_db()
    assert deal.agreed_yuan == 8_000_000
    assert Step.objects.get(stage="signed").state == "confirmed"
    assert client.get(f"/investment/{deal.pk}/").status_code == 200


@pytest.mark.parametrize("key", ["investment.projects", "investment.funds"])
def test_the_records_behind_a_figure_sum_to_it(office: Office, key: str) -> None:
    deals = [make_record(line, office, name=f"项目{number}") for number in range(3)]
    for deal, agreed in zip(deals, (5_000_000, 9_000_000, 4_999_999), strict=True):
        funded(office, deal, agreed=agreed)
    found, wanted = next((each, it) for each in lines for it in each.measures if it.key == key)

    behind = records_behind(found, wanted, unit_id=office.hexi.pk, since=date(2026, 1, 1), until=date(2026, 12, 31))

    assert sum(each.amount for each in behind) == sum(row.reported for row in counted(key)) > 0
    assert {each.record_id for each in behind} <= set(found.model.objects.values_list("pk", flat=True))
