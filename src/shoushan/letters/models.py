"""Letters (责任状), their annex (附件), signatures (签署) and amendments (修订)."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Post, Unit
from shoushan.plans.models import Share, Year


class Basis(Ledgered):
    """A row of the district's list of letters (责任状清单): the document that allows this kind of letter.

    《整治形式主义为基层减负若干规定》(2024-08-06): no letters at will. A letter without a basis stays a draft.
    """

    title = models.CharField(_("document"), max_length=200)
    number = models.CharField(_("document number"), max_length=80)
    dated_on = models.DateField(_("dated"))
    approver = models.CharField(_("approved by"), max_length=120)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("dated_on")),
                name="letters_basis_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))


class Letter(Ledgered):
    """The responsibility letter of one unit for one year (责任状)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued, nobody has signed")
        HALF_SIGNED = "half_signed", _("One party has signed")
        IN_FORCE = "in_force", _("In force")

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="letters", verbose_name=_("year"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    basis = models.ForeignKey(
        Basis, on_delete=models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("legal basis")
    )
    issuer = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("signs for the district")
    )
    receiver = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("signs for the unit")
    )
    measures = models.TextField(_("measures"), blank=True)
    rewards = models.TextField(_("rewards and criticism"), blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility letter")
        verbose_name_plural = _("responsibility letters")
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["year", "unit"], name="letters_one_a_year"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(basis__isnull=False, issuer__isnull=False, receiver__isnull=False),
                name="letters_no_letter_without_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    def get_absolute_url(self) -> str:
        return f"/letters/{self.pk}/"


class AnnexLine(Ledgered):
    """One target as signed in one version of a letter (附件)."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="annex")
    version = models.PositiveSmallIntegerField(_("version"))
    number = models.PositiveSmallIntegerField(_("number"))
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="annex_lines")
    target = models.DecimalField(_("target"), max_digits=20, decimal_places=4)
    # due to date at the end of each quarter, as strings; null where nothing is due yet
    quarters = models.JSONField(_("schedule"), default=list)

    class Meta:
        verbose_name = _("line of the annex")
        verbose_name_plural = _("annex")
        ordering = ["letter", "version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "version", "share"], name="letters_share_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.letter} v{self.version} {self.number}"

    @property
    def dues(self) -> list[Decimal | None]:
        """What is due to date at the end of each quarter."""
        return [None if due is None else Decimal(due) for due in self.quarters]


class Signature(Ledgered):
    """One party's confirmation of one version of a letter (签署)."""

    class Party(models.TextChoices):
        UNIT = "unit", _("The unit")
        DISTRICT = "district", _("The district")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="signatures")
    version = models.PositiveSmallIntegerField(_("version"))
    party = models.CharField(_("party"), max_length=8, choices=Party)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed at"))
    content = models.CharField(_("hash of what was signed"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "version", "party"], name="letters_each_party_signs_once"),
            models.UniqueConstraint(fields=["letter", "version", "person"], name="letters_two_people_sign"),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.signed_at:%Y-%m-%d}"


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("letter__unit__path"))

    def open(self) -> Self:
        """What still waits for a signature."""
        return self.filter(state__in=Amendment.OPEN)


class Amendment(Ledgered):
    """A change of one target of a letter in force (修订), with a ground from the closed list."""

    class Ground(models.TextChoices):
        FORCE_MAJEURE = "force_majeure", _("Force majeure")
        POLICY = "policy", _("Policy changed")
        BOUNDARY = "boundary", _("Boundary changed")
        DUTY = "duty", _("Duties changed")
        DEFINITION = "definition", _("Statistical definition changed")
        TARGET_ABOVE = "target_above", _("Target from above changed")
        INVESTOR = "investor", _("Investor withdrew")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        HALF_SIGNED = "half_signed", _("One party has signed")
        IN_FORCE = "in_force", _("In force")
        REFUSED = "refused", _("Refused")

    OPEN = (State.PROPOSED, State.HALF_SIGNED)

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="amendments")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="amendments")
    ground = models.CharField(_("ground"), max_length=14, choices=Ground)
    explanation = models.TextField(_("explanation"))
    before = models.DecimalField(_("target before"), max_digits=20, decimal_places=4)
    after = models.DecimalField(_("target after"), max_digits=20, decimal_places=4)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"))
    unit_signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    district_signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(_("in force since"), null=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(explanation=""), name="letters_amendment_says_why"),
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | Q(unit_signed_by__isnull=False, district_signed_by__isnull=False)
                & ~Q(unit_signed_by=F("district_signed_by")),
                name="letters_both_parties_sign_an_amendment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_ground_display()}"

    def get_absolute_url(self) -> str:
        return f"/amendments/{self.pk}/"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a signature."""
        return self.state in self.OPEN
