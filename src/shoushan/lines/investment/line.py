"""What the shared registers need to know about investment."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.investment.models import Currency, Deal, Errand, Fair, ForeignCapital, Lead, Plot, Receipt, Team
from shoushan.registers.fields import first_and_last
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need, Page

Stage = Deal.Stage

# 首善区2026年动员大会讲话 一: “引进500万元以上的投资项目”
COUNTED_FROM_YUAN = 5_000_000
SPEECH = _("Speech of 26 February 2026, part 1")


def not_more_than_agreed(deal: Deal) -> Iterable[Refusal]:
    """More money than was agreed is a larger deal or a slip; either is said first."""
    if deal.agreed_yuan and deal.received_yuan and deal.received_yuan > deal.agreed_yuan:
        yield Refusal(
            "investment.over_agreed",
            mark("%(received)s was received, and %(agreed)s was agreed."),
            hint=mark("If the deal has grown, raise the agreed amount with its new contract; else correct the figure."),
            params={"received": Decimal(deal.received_yuan), "agreed": Decimal(deal.agreed_yuan)},
            field="received_yuan",
        )


def told_in_order(deal: Deal) -> Iterable[Refusal]:
    """Nothing is produced before it is started, nor started before it is signed."""
    told = [(name, getattr(deal, name)) for name in ("signed_on", "started_on", "produced_on") if getattr(deal, name)]
    for (_earlier, first), (later, second) in zip(told, told[1:], strict=False):
        if first_and_last(second)[1] < first_and_last(first)[0]:
            yield Refusal(
                "investment.day_order",
                mark("%(second)s is before %(first)s, which must come first."),
                hint=mark("Correct one of the two days."),
                params={"first": first, "second": second},
                field=later,
            )


def split_is_whole(deal: Deal) -> Iterable[Refusal]:
    """What several units share is shared out wholly: the parts make 100 %."""
    if not deal.split:
        return
    parts = [part.partition("=")[2] for part in deal.split.split(";")]
    try:
        total = sum((Decimal(part) for part in parts), Decimal(0))
    except InvalidOperation:
        total = Decimal(0)
    if total != 1:
        yield Refusal(
            "investment.split",
            mark("The parts of “%(split)s” make %(total)s, not 1."),
            hint=mark("Give each unit its part so that together they make 1: 0.6 and 0.4."),
            params={"split": deal.split, "total": total},
            field="split",
        )


def has_receipt(deal: Deal) -> Iterable[Refusal]:
    """Funds are in place once a receipt says so."""
    if not deal.receipts.filter(merged_into__isnull=True).exists():
        yield Refusal(
            "investment.no_receipt",
            mark("No receipt is entered for this deal yet."),
            hint=mark("Enter the receipt with its day and amount, under Receipts; then move on."),
        )


def belongs_to_the_deal(receipt: Receipt) -> Iterable[Refusal]:
    """A receipt of a shared deal is entered for one of those who share it."""
    names = [part.partition("=")[0] for part in receipt.deal.split.split(";")] if receipt.deal.split else []
    if names and receipt.unit.name not in names:
        yield Refusal(
            "investment.receipt_unit",
            mark("%(unit)s has no part in this deal."),
            hint=mark("Enter each unit's part of the money under that unit: %(units)s."),
            params={"unit": receipt.unit.name, "units": ", ".join(names)},
        )


def not_above_the_agreement(receipt: Receipt) -> Iterable[Refusal]:
    """Receipts in the deal's own currency together; money in another one is not converted, and so not compared."""
    deal = receipt.deal
    if not deal.agreed_yuan or receipt.currency != deal.currency:
        return
    others = deal.receipts.filter(merged_into__isnull=True, currency=deal.currency).exclude(pk=receipt.pk)
    total = receipt.amount_yuan + (others.aggregate(total=Sum("amount_yuan"))["total"] or 0)
    if total > deal.agreed_yuan:
        yield Refusal(
            "investment.over_agreed",
            mark("%(received)s was received, and %(agreed)s was agreed."),
            hint=mark("If the deal has grown, raise the agreed amount with its new contract; else correct the figure."),
            params={"received": Decimal(total), "agreed": Decimal(deal.agreed_yuan)},
            field="amount_yuan",
        )


def counts(row: Any) -> Any:
    """What the local rules leave aside is seen and not counted."""
    return row.apart == ""


def in_yuan(row: Any) -> Any:
    """Foreign money is shown as it came and not converted."""
    return row.currency == Currency.CNY.value


deals = Line(
    key="investment",
    label=_("Investment"),
    model=Deal,
    columns=["name", "investor", "unit", "industry", "agreed_yuan", "currency", "stage"],
    fields=[
        "name", "investor", "controller", "home", "industry", "introducer", "agreed_yuan", "currency", "split", "apart",
        "land", "permit", "received_yuan", "received_month_yuan", "signed_on", "started_on", "produced_on",
        "stage_told", "leads", "leads_amount_yuan", "remark",
    ],
    required=["name", "investor"],
    filters=["unit", "industry", "apart", "stage"],
    flow=Flow([*Stage]),
    needs={
        Stage.SIGNED: Need(fields=["agreed_yuan"], evidence=_("the contract; a framework letter is no contract")),
        Stage.FUNDED: Need(evidence=_("the bank receipt of the project company's account"), also=has_receipt),
        Stage.STARTED: Need(fields=["land", "permit"], evidence=_("the permit and a dated photograph of the works")),
        Stage.PRODUCING: Need(evidence=_("an invoice, tax or power bill of the running plant")),
    },
    same=["name", "investor"],
    near=["name", "investor"],
    rules=[not_more_than_agreed, told_in_order, split_is_whole],
    pages=[Page("investment-funnel", _("Funnel"))],
    intake=Path(__file__).parent / "intake.yaml",
    into={"project": "name", "agreed": "agreed_yuan", "received_total": "received_yuan",
          "received_month": "received_month_yuan", "stage": "stage_told"},
    measures=[
        # 到位才算数: a deal counts once its funds are confirmed, not when it is signed
        Measure(
            "investment.projects", Stage.FUNDED,
            where=lambda row: (row.agreed_yuan >= COUNTED_FROM_YUAN) & in_yuan(row) & counts(row),
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
        Measure("investment.started_share", Stage.STARTED, over="investment.signed", label=_("Started of those signed"),
                words=_("Deals under construction for each deal signed."), source=SPEECH),
    ],
)  # fmt: skip

receipts = Line(
    key="receipts",
    label=_("Receipts"),
    model=Receipt,
    columns=["name", "deal", "unit", "amount_yuan", "currency", "received_on", "stage"],
    fields=["name", "deal", "amount_yuan", "currency", "received_on", "proof", "remark"],
    required=["name", "deal", "amount_yuan", "currency", "received_on"],
    filters=["unit", "currency", "stage"],
    flow=Flow([*Receipt.Stage]),
    needs={Receipt.Stage.RECEIVED: Need(fields=["deal", "amount_yuan", "currency", "received_on", "proof"])},
    same=["name", "deal", "received_on", "amount_yuan"],
    codes=["proof"],
    rules=[belongs_to_the_deal, not_above_the_agreement],
    measures=[
        Measure(
            "investment.funds", Receipt.Stage.RECEIVED,
            where=in_yuan, value=lambda row: row.amount_yuan,
            label=_("Funds in place"),
            words=_("Receipts in yuan, confirmed one by one, in the month in which the money came."), source=SPEECH,
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
        Plot.Stage.RESERVED: Need(fields=["deal"]),
        Plot.Stage.TAKEN: Need(fields=["deal"], evidence=_("the land contract or the lease")),
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
    needs={Fair.Stage.HELD: Need(fields=["held_on", "came"])},
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
