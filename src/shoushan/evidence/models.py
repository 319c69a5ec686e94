"""Evidence (佐证) beside the thing it proves, and the second person's decision on it (核实)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.exchange import pictures
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person

# A photograph older than this by the day of what it shall prove is pointed out to whoever confirms.
OLD_AFTER_DAYS = 31


class File(Ledgered):
    """A file as received, kept once under its hash and never altered; or sealed, under the hash of what is kept."""

    sha256 = models.CharField(_("hash"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type"), max_length=100)
    is_sealed = models.BooleanField(_("sealed"), default=False)
    # of a picture: what it looks like, so that the same one stored anew is noticed; never of what is sealed
    look = models.CharField(_("look"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def kept_at(self) -> str:
        """Where the bytes lie below the evidence folder."""
        return f"{self.sha256[:2]}/{self.sha256}"


class AboutQuerySet(models.QuerySet[Any]):
    def about(self, thing: models.Model, proves: str | None = None) -> Self:
        """What concerns a thing, or one of its checks (a stage, a value)."""
        kind = ContentType.objects.get_for_model(thing)
        rows = self.filter(subject_type=kind, subject_id=thing.pk)
        return rows if proves is None else rows.filter(proves=proves)

    def standing(self) -> Self:
        """What has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def about_all(self, kind: type[models.Model], ids: Iterable[int]) -> Self:
        """What concerns several things of one kind, in one question."""
        return self.filter(subject_type=ContentType.objects.get_for_model(kind), subject_id__in=list(ids))


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stood, in degrees (WGS 84), as their device says and as they agreed to tell."""

    latitude: Decimal
    longitude: Decimal


class Evidence(Ledgered):
    """A file put beside a thing, by whom, and which check it proves (佐证)."""

    # where an officer stood is for those who see the record, and not for every reader of the ledger
    sealed = frozenset({"latitude", "longitude"})

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    proves = models.CharField(_("proves"), max_length=40, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="uses", verbose_name=_("file"))
    name = models.CharField(_("file name"), max_length=200)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="evidence_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="evidence_place_is_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a small picture of it can be shown; never of what is sealed."""
        return self.file.media_type in pictures.DRAWN and not self.file.is_sealed

    @property
    def place(self) -> Place | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude)

    def days_before(self, on: date | None) -> int:
        """How long before the day it shall prove it was taken, where that is more than a month; else 0."""
        if on is None or self.taken_on is None:
            return 0
        days = (on - self.taken_on).days
        return days if days > OLD_AFTER_DAYS else 0


class Verification(Ledgered):
    """Another person's decision on a value or a stage (核实): accepted, or returned with a reason."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    proves = models.CharField(_("check"), max_length=40, blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    claimed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("verified by"))
    at = models.DateTimeField(_("at"))

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="verification_by_subject")]
        constraints = [
            models.CheckConstraint(condition=~Q(by=models.F("claimed_by")), name="evidence_a_second_person_verifies"),
            models.CheckConstraint(
                condition=Q(decision="accepted") | ~Q(reason=""), name="evidence_a_return_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.at:%Y-%m-%d}"
