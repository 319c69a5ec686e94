"""What the shared registers need to know about investment."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from shoushan.lines.investment.models import Currency, Deal, Errand, Fair, ForeignCapital, Lead, Plot, Receipt, Team
from shoushan.lines.investment.rules import (
    belongs_to_the_deal,
    every_lead_is_answered,
    exchanged_at_a_known_rate,
    for_a_deal_that_goes_on,
    foreign_money_waits,
    has_receipt,
    holds_no_plot,
    not_above_the_agreement,
    not_more_than_agreed,
    privileges_need_a_law,
    split_is_whole,
)
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need, Page
from shoushan.registers.rules import days_in_order

Stage = Deal.Stage

# 首善区2026年动员大会讲话 一: “引进500万元以上的投资项目”
COUNTED_FROM_YUAN = 5_000_000
SPEECH = _("Speech of 26 February 2026, part 1")


def counts(row: Any) -> Any:
    """What the local rules leave aside is seen and not counted."""
    return row.apart == ""


def agreed_in_yuan(row: Any) -> Any:
    """The agreed amount in yuan; none for foreign money whose rate is not known."""
    return (row.currency == Currency.CNY.value).ifelse(row.agreed_yuan, row.converted_yuan)


def arrived_in_yuan(row: Any) -> Any:
    """What arrived, in yuan; none for foreign money that the bank has not exchanged."""
    return (row.currency == Currency.CNY.value).ifelse(row.amount_yuan, row.converted_yuan)


def counted_money(row: Any) -> Any:
    """Receipts whose amount in yuan is known, of money and of a deal that count."""
    return counts(row) & (row.deal_apart == "") & arrived_in_yuan(row).notnull()


deals = Line(
    key="investment",
    label=_("Investment"),
    model=Deal,
    columns=["name", "investor", "unit", "industry", "agreed_yuan", "currency", "stage"],
    fields=[
        "name", "investor", "controller", "home", "industry", "introducer", "agreed_yuan", "currency", "converted_yuan",
        "rate_source", "split", "apart", "privileges", "privileges_basis", "land", "permit", "received_yuan",
        "received_month_yuan", "signed_on", "started_on", "produced_on", "stage_told", "leads", "leads_amount_yuan",
        "why_ended", "remark",
    ],
    required=["name", "investor"],
    filters=["unit", "industry", "apart", "stage"],
    # a deal may end wherever it stands; what it reached before stays counted in its months
    flow=Flow([*Stage], ways={stage: [following, Stage.ENDED] for stage, following in pairwise(list(Stage)[:-1])}),
    needs={
        Stage.SIGNED: Need(fields=["agreed_yuan"], evidence=_("the contract; a framework letter is no contract")),
        Stage.FUNDED: Need(evidence=_("the bank receipt of the project company's account"), also=has_receipt),
        Stage.STARTED: Need(fields=["land", "permit"], evidence=_("the permit and a dated photograph of the works")),
        Stage.PRODUCING: Need(evidence=_("an invoice, tax or power bill of the running plant")),
        Stage.ENDED: Need(fields=["why_ended"], also=holds_no_plot),
    },
    same=["name", "investor"],
    near=["name", "investor"],
    rules=[not_more_than_agreed, days_in_order("signed_on", "started_on", "produced_on"), split_is_whole,
           exchanged_at_a_known_rate],
    cautions=[privileges_need_a_law, foreign_money_waits],
    pages=[Page("investment-funnel", _("Funnel"))],
    intake=Path(__file__).parent / "intake.yaml",
    into={"project": "name", "agreed": "agreed_yuan", "received_total": "received_yuan",
          "received_month": "received_month_yuan", "stage": "stage_told"},
    measures=[
        # 到位才算数: a deal counts once its funds are confirmed, not when it is signed
        Measure(
            "investment.projects", Stage.FUNDED,
            where=lambda row: (agreed_in_yuan(row) >= COUNTED_FROM_YUAN) & counts(row),
            label=_("Projects of 5 million yuan and more with funds in place"),
            words=_("Deals agreed at 5 million yuan or more whose first funds are confirmed, counted once, in that"
                    " month; without what the local rules leave aside."),
            source=SPEECH,
        ),
        Measure("investment.signed", Stage.SIGNED, where=counts, label=_("Deals signed"),
                words=_("Deals whose contract is confirmed; a framework letter is none."), source=SPEECH),
        Measure("investment.started", Stage.STARTED, where=counts, label=_("Deals under construction"),
                words=_("Deals whose first permanent works are confirmed."), source=SPEECH),
        Measure("investment.producing", Stage.PRODUCING, where=counts, label=_("Deals in production"),
                words=_("Deals whose plant is confirmed to run."), source=SPEECH),
        Measure("investment.started_share", Stage.STARTED, where=counts, over="investment.signed",
                label=_("Started of those signed"),
                words=_("Deals under construction for each deal signed."), source=SPEECH),
    ],
)  # fmt: skip

receipts = Line(
    key="receipts",
    label=_("Receipts"),
    model=Receipt,
    columns=["name", "deal", "unit", "amount_yuan", "currency", "received_on", "stage"],
    fields=["name", "deal", "amount_yuan", "currency", "converted_yuan", "rate_source", "received_on", "proof", "apart",
            "remark"],
    required=["name", "deal", "amount_yuan", "currency", "received_on"],
    filters=["unit", "currency", "apart", "stage"],
    flow=Flow([*Receipt.Stage]),
    needs={
        Receipt.Stage.RECEIVED: Need(fields=["deal", "amount_yuan", "received_on", "proof"])
    },
    counts_on="received_on",
    same=["name", "deal", "received_on", "amount_yuan"],
    codes=["proof"],
    rules=[belongs_to_the_deal, not_above_the_agreement, exchanged_at_a_known_rate],
    cautions=[foreign_money_waits],
    measures=[
        Measure(
            "investment.funds", Receipt.Stage.RECEIVED,
            beside="deal", where=counted_money, value=arrived_in_yuan,
            label=_("Funds in place"),
            words=_("Receipts confirmed one by one, in the month in which the money came: yuan as received, foreign"
                    " money as the bank exchanged it; without what the local rules leave aside."),
            source=SPEECH,
        ),
    ],
)  # fmt: skip

plots = Line(
    key="plots",
    label=_("Plots and buildings"),
    model=Plot,
    columns=["name", "unit", "area_m2", "use", "deal", "stage"],
    fields=["name", "area_m2", "use", "deal", "remark"],
    required=["name", "area_m2"],
    filters=["unit", "stage"],
    flow=Flow([*Plot.Stage]),
    needs={
        Plot.Stage.RESERVED: Need(fields=["deal"], also=for_a_deal_that_goes_on),
        Plot.Stage.TAKEN: Need(fields=["deal"], evidence=_("the land contract or the lease"),
                               also=for_a_deal_that_goes_on),
    },
    same=["name", "unit"],
    near=["name"],
)  # fmt: skip

fairs = Line(
    key="fairs",
    label=_("Investment events"),
    model=Fair,
    columns=["name", "place", "unit", "held_on", "invited", "came", "stage"],
    fields=["name", "place", "held_on", "invited", "came"],
    required=["name", "place"],
    filters=["unit", "stage"],
    flow=Flow([*Fair.Stage]),
    needs={
        Fair.Stage.HELD: Need(fields=["held_on", "invited", "came"]),
        Fair.Stage.FOLLOWED: Need(also=every_lead_is_answered),
    },
    same=["name", "place"],
)

leads = Line(
    key="leads",
    label=_("Leads"),
    model=Lead,
    columns=["name", "fair", "unit", "interest", "deal", "stage"],
    fields=["name", "fair", "interest", "deal", "why_ended"],
    required=["name"],
    filters=["unit", "stage"],
    flow=Flow(
        [*Lead.Stage],
        ways={Lead.Stage.MET: [Lead.Stage.VISITED, Lead.Stage.DEAL, Lead.Stage.ENDED],
              Lead.Stage.VISITED: [Lead.Stage.DEAL, Lead.Stage.ENDED], Lead.Stage.DEAL: []},
    ),
    needs={Lead.Stage.DEAL: Need(fields=["deal"]), Lead.Stage.ENDED: Need(fields=["why_ended"])},
    same=["name", "fair"],
    near=["name"],
)  # fmt: skip

teams = Line(
    key="teams",
    label=_("Investment teams"),
    model=Team,
    columns=["name", "field", "led_by", "unit", "stage"],
    fields=["name", "field", "led_by"],
    required=["name", "field", "led_by"],
    filters=["unit", "stage"],
    flow=Flow([*Team.Stage]),
    same=["name"],
)

errands = Line(
    key="errands",
    label=_("Tasks handed down"),
    model=Errand,
    columns=["name", "team", "unit", "due_on", "stage"],
    fields=["name", "team", "due_on", "result"],
    required=["name", "due_on"],
    filters=["unit", "stage"],
    flow=Flow([*Errand.Stage]),
    needs={Errand.Stage.DONE: Need(fields=["result"])},
    same=["name", "team", "due_on"],
    clocks=[Clock("errand", _("the task's day"), Errand.Stage.GIVEN, [Errand.Stage.DONE], until="due_on",
                  clause=_("the order that handed it down"), more=30)],
)  # fmt: skip

foreign_capital = Line(
    key="foreign-capital",
    label=_("Foreign capital used"),
    model=ForeignCapital,
    columns=["name", "unit", "month_on", "used_usd", "source", "told_on"],
    fields=["name", "month_on", "used_usd", "source", "told_on"],
    required=["name", "month_on", "used_usd", "source", "told_on"],
    filters=["unit"],
    flow=Flow([*ForeignCapital.Stage]),
    needs={ForeignCapital.Stage.TAKEN_OVER: Need(fields=["used_usd", "source", "told_on"])},
    counts_on="month_on",
    rules=[days_in_order("month_on", "told_on")],
    same=["name", "unit", "month_on"],
    measures=[
        Measure(
            "investment.foreign_capital", ForeignCapital.Stage.TAKEN_OVER, value=lambda row: row.used_usd,
            label=_("Foreign capital used"),
            words=_("The commerce system's figure in US dollars, with its report and day; contracts do not count."),
            source=_("Foreign Investment Law, article 34"),
        ),
    ],
)  # fmt: skip

lines = [deals, receipts, plots, fairs, leads, teams, errands, foreign_capital]
