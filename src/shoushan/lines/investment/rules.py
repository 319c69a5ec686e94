"""What may not stand together in the registers of investment, and what to look out for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.investment.models import Currency, Deal, Fair, Lead, Plot, Receipt
from shoushan.orgs.models import Unit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MOST_NAMED = 20


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


def parts_of(split: str) -> list[tuple[str, Decimal]]:
    """Who shares a deal, and how much of it each has; a part that is no number, or not above nought, is 0.

    >>> parts_of("河西街道=0.6;云山街道=x")
    [('河西街道', Decimal('0.6')), ('云山街道', Decimal('0'))]
    """
    found = []
    for part in filter(None, split.split(";")):
        name, _equals, share = part.partition("=")
        try:
            found.append((name.strip(), max(Decimal(share), Decimal(0))))
        except InvalidOperation:
            found.append((name.strip(), Decimal(0)))
    return found


def split_is_whole(deal: Deal) -> Iterable[Refusal]:
    """What several units share is shared out wholly among units there are: the parts make 100 %."""
    if not deal.split:
        return
    parts = parts_of(deal.split)
    names = {name for name, _share in parts}
    if odd := names - set(Unit.objects.filter(name__in=names).values_list("name", flat=True)):
        yield Refusal(
            "investment.split_unit",
            mark("There is no unit called %(names)s."),
            hint=mark("Write the units as they stand under Units."),
            params={"names": ", ".join(sorted(odd))},
            field="split",
        )
    total = sum((share for _name, share in parts), Decimal(0))
    if total != 1 or not all(share for _name, share in parts):
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
    names = [name for name, _share in parts_of(receipt.deal.split)]
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


def exchanged_at_a_known_rate(record: Deal | Receipt) -> Iterable[Refusal]:
    """Foreign money is exchanged by the bank or at a published rate, never by guess; yuan need no exchange."""
    if record.converted_yuan is None:
        return
    if record.currency == Currency.CNY:
        yield Refusal(
            "investment.no_exchange",
            mark("This money came in yuan."),
            hint=mark("Leave the field empty, or correct the currency."),
            field="converted_yuan",
        )
    elif not record.rate_source:
        yield Refusal(
            "investment.no_rate",
            mark("It is not said at which rate this was exchanged."),
            hint=mark("Write the rate, its day, and who published it or the number of the bank's slip."),
            field="rate_source",
        )


def every_lead_is_answered(fair: Fair) -> Iterable[Refusal]:
    """An event is followed up once each of its leads became a deal or ended with a reason."""
    still = Lead.objects.standing().filter(fair=fair).exclude(stage__in=[Lead.Stage.DEAL, Lead.Stage.ENDED])
    if count := still.count():
        yield Refusal(
            "investment.open_leads",
            mark("%(count)s leads have no answer yet: %(names)s."),
            hint=mark("Say of each what became of it: a deal, or why it ended."),
            params={"count": count, "names": ", ".join(still.values_list("name", flat=True)[:MOST_NAMED])},
        )


def holds_no_plot(deal: Deal) -> Iterable[Refusal]:
    """A deal that ends gives its plots back first."""
    held = Plot.objects.standing().filter(deal=deal).exclude(stage=Plot.Stage.FREE)
    if names := list(held.values_list("name", flat=True)[:MOST_NAMED]):
        yield Refusal(
            "investment.holds_plots",
            mark("This deal holds %(plots)s."),
            hint=mark("Take each back to “Free” with the reason; then end the deal."),
            params={"plots": ", ".join(names)},
        )


def for_a_deal_that_goes_on(plot: Plot) -> Iterable[Refusal]:
    """Nobody holds a plot for a deal that has ended."""
    if plot.deal is not None and plot.deal.stage == Deal.Stage.ENDED:
        yield Refusal(
            "investment.deal_ended",
            mark("“%(deal)s” has ended and holds no plot."),
            hint=mark("Name the deal that takes it."),
            params={"deal": plot.deal.name},
            field="deal",
        )


def privileges_need_a_law(deal: Deal) -> Iterable[StrPromise]:
    """Tax and other privileges rest on a law or the State Council's approval (《公平竞争审查条例》 10): warned of."""
    if deal.privileges and not deal.privileges_basis:
        yield _("Privileges are promised without the law or approval they rest on; nobody may grant them (State"
                " Council Decree 783, article 10). They are never scored.")  # fmt: skip


def foreign_money_waits(record: Deal | Receipt) -> Iterable[StrPromise]:
    """What is not exchanged yet is seen and not counted."""
    if record.currency != Currency.CNY and record.converted_yuan is None:
        yield _("This money counts once its amount in yuan is entered, with the rate and its source.")
