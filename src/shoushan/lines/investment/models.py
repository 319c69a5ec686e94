"""An investment deal (招商项目), and what the investment office keeps beside it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.registers.fields import WhenField
from shoushan.registers.models import Record, known_stage


class Currency(models.TextChoices):
    """Money stands as it was written; it is never converted here."""

    CNY = "CNY", _("yuan")
    USD = "USD", _("US dollars")
    HKD = "HKD", _("Hong Kong dollars")
    EUR = "EUR", _("euros")
    JPY = "JPY", _("yen")


class Apart(models.TextChoices):
    """What is seen and not counted (domain: usual local rules)."""

    INSIDE = "inside", _("money from inside the district")
    ESTATE = "estate", _("real estate")
    CIRCLE = "circle", _("money going round inside one group, or leaving again")
    LOAN = "loan", _("a bank loan")
    AGAIN = "again", _("a project moved or renamed")


class Deal(Record):
    """One investment, one identity for life (招商项目): renamed, moved or merged, it stays this one."""

    line_key = "investment"

    class Stage(models.TextChoices):
        TALKS = "talks", _("In talks")
        SIGNED = "signed", _("Signed")
        FUNDED = "funded", _("Funds in place")
        STARTED = "started", _("Construction started")
        PRODUCING = "producing", _("In production")
        ENDED = "ended", _("Ended")

    class Industry(models.TextChoices):
        MANUFACTURING = "manufacturing", _("Manufacturing")
        MEDICAL = "medical", _("Medical devices")
        TRADE = "trade", _("Trade and services")
        TECHNOLOGY = "technology", _("Science and technology")
        AGRICULTURE = "agriculture", _("Agriculture")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    investor = models.CharField(_("investor"), max_length=120)
    controller = models.CharField(_("who controls the investor"), max_length=120, blank=True)
    home = models.CharField(_("home region"), max_length=60, blank=True)
    industry = models.CharField(_("industry"), max_length=15, choices=Industry, blank=True)
    introducer = models.CharField(_("introduced by"), max_length=60, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CNY)
    # whole units: contracts and bank receipts are quoted so, and whole numbers add up the same on every engine
    agreed_yuan = models.PositiveBigIntegerField(_("agreed amount"), null=True, blank=True)
    converted_yuan = models.PositiveBigIntegerField(
        _("agreed, in yuan"), null=True, blank=True, help_text=_("For foreign money, at the published rate of the day.")
    )
    rate_source = models.CharField(_("rate, its day and who published it"), max_length=120, blank=True)
    received_yuan = models.PositiveBigIntegerField(
        _("received, as the unit tells"), null=True, blank=True, help_text=_("Only receipts are counted.")
    )
    received_month_yuan = models.PositiveBigIntegerField(
        _("received this month, as the unit tells"), null=True, blank=True
    )
    signed_on = WhenField(_("signed on, as the unit tells"))
    started_on = WhenField(_("started on, as the unit tells"))
    produced_on = WhenField(_("producing since, as the unit tells"))
    stage_told = models.CharField(_("stage, as the unit tells"), max_length=60, blank=True)
    leads = models.PositiveIntegerField(_("leads it brought"), null=True, blank=True)
    leads_amount_yuan = models.PositiveBigIntegerField(_("amount of those leads"), null=True, blank=True)
    split = models.CharField(
        _("shared among"),
        max_length=200,
        blank=True,
        help_text=_("Units with their parts, together 1: A=0.6;B=0.4"),
    )
    apart = models.CharField(_("not counted, because"), max_length=8, choices=Apart, blank=True)
    privileges = models.CharField(_("tax or other privileges promised"), max_length=200, blank=True)
    privileges_basis = models.CharField(_("law or approval they rest on"), max_length=120, blank=True)
    land = models.CharField(_("plot or building"), max_length=120, blank=True)
    permit = models.CharField(_("construction permit"), max_length=60, blank=True)
    why_ended = models.CharField(_("why it ended"), max_length=200, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("investment deal")
        verbose_name_plural = _("investment deals")
        indexes = [
            *Record.Meta.indexes,
            models.Index(
                fields=["agreed_yuan", "-id"], condition=Q(merged_into__isnull=True), name="investment_deal_by_agreed"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_yuan__isnull=True) | Q(agreed_yuan__gt=0), name="investment_agreed_above_zero"
            ),
            known_stage("investment", ["talks", "signed", "funded", "started", "producing", "ended"]),
            models.CheckConstraint(
                condition=Q(converted_yuan__isnull=True) | ~Q(rate_source=""), name="investment_agreed_at_a_known_rate"
            ),
        ]


class Receipt(Record):
    """Money that arrived in the project company's account, on a day, with its proof (到位资金)."""

    line_key = "receipts"
    part_of = "investment"

    class Stage(models.TextChoices):
        RECEIVED = "received", _("Received")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("investment deal"))
    amount_yuan = models.PositiveBigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CNY)
    converted_yuan = models.PositiveBigIntegerField(
        _("in yuan, as the bank exchanged it"),
        null=True,
        blank=True,
        help_text=_("Foreign money counts by this alone."),
    )
    rate_source = models.CharField(_("rate, its day and the bank's exchange slip"), max_length=120, blank=True)
    apart = models.CharField(_("not counted, because"), max_length=8, choices=Apart, blank=True)
    received_on = models.DateField(_("received on"))
    proof = models.CharField(_("bank's number or invoice"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            known_stage("receipts", ["received"]),
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="investment_receipt_above_zero"),
            models.UniqueConstraint(
                fields=["proof"], condition=~Q(proof=""), name="investment_one_receipt_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(converted_yuan__isnull=True) | ~Q(rate_source=""),
                name="investment_exchanged_at_a_known_rate",
            ),
        ]


class Plot(Record):
    """A plot or building that can carry a project (载体): free, reserved, taken."""

    line_key = "plots"
    part_of = "investment"

    class Stage(models.TextChoices):
        FREE = "free", _("Free")
        RESERVED = "reserved", _("Reserved")
        TAKEN = "taken", _("Taken")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    area_m2 = models.PositiveIntegerField(_("area (m²)"))
    use = models.CharField(_("permitted use"), max_length=60, blank=True)
    deal = models.ForeignKey(
        Deal, on_delete=models.PROTECT, null=True, blank=True, related_name="plots", verbose_name=_("investment deal")
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("plot or building")
        verbose_name_plural = _("plots and buildings")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="free") | Q(stage__in=["reserved", "taken"], deal__isnull=False),
                name="investment_a_plot_is_free_or_somebodys",
            )
        ]


class Fair(Record):
    """An investment event, here or in another city (招商活动)."""

    line_key = "fairs"
    part_of = "investment"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        FOLLOWED = "followed", _("Every lead answered")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    place = models.CharField(_("place"), max_length=60)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("firms invited"), null=True, blank=True)
    came = models.PositiveIntegerField(_("firms that came"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("investment event")
        verbose_name_plural = _("investment events")
        constraints = [known_stage("fairs", ["planned", "held", "followed"])]


class Lead(Record):
    """A firm that showed interest, and what became of it (线索)."""

    line_key = "leads"
    part_of = "investment"

    class Stage(models.TextChoices):
        MET = "met", _("Met")
        VISITED = "visited", _("Visited")
        DEAL = "deal", _("Became a deal")
        ENDED = "ended", _("Ended")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    fair = models.ForeignKey(
        Fair, on_delete=models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("investment event")
    )
    interest = models.CharField(_("interested in"), max_length=200, blank=True)
    deal = models.ForeignKey(
        Deal, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("investment deal")
    )
    why_ended = models.CharField(_("why it ended"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        constraints = [known_stage("leads", ["met", "visited", "deal", "ended"])]


class Team(Record):
    """Those who are sent to win investment in a region or an industry (招商小组)."""

    line_key = "teams"
    part_of = "investment"

    class Stage(models.TextChoices):
        WORKING = "working", _("Working")
        ENDED = "ended", _("Ended")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    field = models.CharField(_("region or industry"), max_length=60)
    led_by = models.CharField(_("led by (post)"), max_length=60)

    class Meta(Record.Meta):
        verbose_name = _("investment team")
        verbose_name_plural = _("investment teams")
        constraints = [known_stage("teams", ["working", "ended"])]


class Errand(Record):
    """A task handed down to a team or a unit (交办任务), with its last day."""

    line_key = "errands"
    part_of = "investment"

    class Stage(models.TextChoices):
        GIVEN = "given", _("Given")
        DONE = "done", _("Done")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="errands", verbose_name=_("investment team")
    )
    due_on = models.DateField(_("due on"))
    result = models.CharField(_("result"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("task handed down")
        verbose_name_plural = _("tasks handed down")
        constraints = [known_stage("errands", ["given", "done"])]


class ForeignCapital(Record):
    """Foreign capital used (实际使用外资): the commerce system's figure, never our own (《外商投资法》34)."""

    line_key = "foreign-capital"
    part_of = "investment"

    class Stage(models.TextChoices):
        TAKEN_OVER = "taken_over", _("Taken over")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    month_on = models.DateField(_("last day of the month"))
    used_usd = models.PositiveBigIntegerField(_("used (US dollars)"))
    source = models.CharField(_("report of the commerce system"), max_length=120)
    told_on = models.DateField(_("reported on"))

    class Meta(Record.Meta):
        verbose_name = _("foreign capital used")
        verbose_name_plural = _("foreign capital used")
        constraints = [known_stage("foreign_capital", ["taken_over"])]
