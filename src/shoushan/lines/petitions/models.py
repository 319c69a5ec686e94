"""Matters that people bring, and, apart from them and sealed, who brought each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person
from shoushan.registers.models import Record, RecordQuerySet, known_stage


class Stage(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    SORTED = "sorted", _("Sorted")
    TRANSFERRED = "transferred", _("Transferred to the unit responsible")
    TOLD = "told", _("Told whether it is accepted")
    ANSWERED = "answered", _("Answered")
    REVIEW_ASKED = "review_asked", _("Review asked for")
    REVIEWED = "reviewed", _("Reviewed")
    REREVIEW_ASKED = "rereview_asked", _("Re-review asked for")
    REREVIEWED = "rereviewed", _("Re-reviewed")
    CLOSED = "closed", _("Concluded")


class Kind(models.TextChoices):
    """信访工作条例 29–31."""

    APPEAL = "appeal", _("Appeal for something to be settled")
    SUGGESTION = "suggestion", _("Suggestion")
    ACCUSATION = "accusation", _("Accusation")


class Way(models.TextChoices):
    """First sorting (先行甄别), 信访工作条例 31; a suggestion goes by article 29, an accusation by article 30."""

    COURTS = "courts", _("Courts, procuratorate or police procedure (art. 31-1)")
    ARBITRATION = "arbitration", _("Arbitration (art. 31-2)")
    PARTY = "party", _("Party member's appeal or discipline bodies (art. 31-3, 30)")
    PROCEDURE = "procedure", _("Administrative procedure: reconsideration, ruling, permit, penalty (art. 31-4)")
    DUTY = "duty", _("An office's statutory duty to act (art. 31-5)")
    REST = "rest", _("None of these: answered in writing within 60 days (art. 31-6, 34)")
    STUDY = "study", _("A suggestion: studied and answered (art. 29)")


class Cause(models.TextChoices):
    """What lay behind it, as a district can work on it (诱因)."""

    LAND = "land", _("Land and demolition")
    PAY = "pay", _("Wages and payments owed")
    HOUSING = "housing", _("Housing and property management")
    ENVIRONMENT = "environment", _("Noise, smell and waste")
    SUPPLY = "supply", _("Roads, water, heat and light")
    BENEFITS = "benefits", _("Benefits and insurance")
    SCHOOLS = "schools", _("Schools and clinics")
    CONDUCT = "conduct", _("How an office or its people acted")
    DELAY = "delay", _("Delay, or a promise not kept")
    RULES = "rules", _("A rule nobody explained, or a gap in it")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    SUPPORTED = "supported", _("The request is met")
    PARTLY = "partly", _("Met in part")
    EXPLAINED = "explained", _("Reasonable but not possible yet: explained")
    REFUSED = "refused", _("Without basis in fact or law: explained")


class ReviewOutcome(models.TextChoices):
    UPHELD = "upheld", _("Upheld")
    REVERSED = "reversed", _("Changed or revoked")


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not satisfied")


class MatterQuerySet(RecordQuerySet):
    def visible_to(self, person: Person) -> Self:
        """As any record, but never to somebody it accuses or who has an interest in it (信访工作条例 28, 30, 46)."""
        hidden = Conflict.objects.keeping_out(person)
        return super().visible_to(person).exclude(pk__in=hidden.values("matter_id"))


class Matter(Record):
    """One matter (信访事项). Who brought it stands elsewhere, sealed; how many people and where to, nowhere."""

    line_key = "petitions"
    Stage = Stage
    # whoever is accused learns nothing, not even from a count
    seen_alike = False

    # derived by the limits themselves, as the next day due is
    unledgered = Record.unledgered | {"told_in_time", "answered_in_time", "is_extended"}
    # words about people's troubles are for those who see the matter, not for every reader of the ledger or the search
    sealed = frozenset({"name", "answer", "cause_done", "remark", "local"})

    name = models.CharField(
        _("subject"),
        max_length=120,
        help_text=_(
            "What it is about, in neutral words: “Night work on a building site”. Never a person's name; who brought "
            "it is entered below and sealed."
        ),
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    way = models.CharField(_("sorted as"), max_length=12, choices=Way, blank=True)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    outcome = models.CharField(_("answer in short"), max_length=12, choices=Outcome, blank=True)
    answer = models.TextField(
        _("answer"),
        max_length=4000,
        blank=True,
        help_text=_("Whoever brought the matter reads this with their code. Without names and numbers of people."),
    )
    review_outcome = models.CharField(_("outcome of the review"), max_length=10, choices=ReviewOutcome, blank=True)
    rereview_outcome = models.CharField(_("outcome of the re-review"), max_length=10, choices=ReviewOutcome, blank=True)
    cause_done = models.TextField(
        _("what was done about the cause"),
        max_length=2000,
        blank=True,
        help_text=_("So that it does not happen to the next person: what was changed, or why nothing could be."),
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    # by whoever brought the matter, once, on the page they open with their code; no form of ours writes it
    satisfaction = models.CharField(_("how satisfied"), max_length=10, choices=Satisfaction, blank=True)
    told_in_time = models.BooleanField(_("told in time"), null=True, editable=False)
    answered_in_time = models.BooleanField(_("answered in time"), null=True, editable=False)
    is_extended = models.BooleanField(_("answer extended"), default=False, editable=False)

    objects: ClassVar[Any] = MatterQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            known_stage("petitions", Stage.values),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="petitions_kind_is_known"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="petitions_cause_is_known"),
        ]

    def settled(self, limits: Iterable[Any]) -> dict[str, Any]:
        """Whether what was told and answered was so in time, with pauses and the extension as the limits have them."""
        by_key = {limit.clock.key: limit for limit in limits}
        told = [by_key[key] for key in ("transfer", "tell") if key in by_key]
        answer = by_key.get("answer")
        return {
            "told_in_time": _kept(told),
            "answered_in_time": _kept([answer]) if answer else None,
            "is_extended": bool(answer and answer.extension and answer.extension.state == "approved"),
        }


def _kept(limits: list[Any]) -> bool | None:
    if not limits or any(limit.ended_on is None for limit in limits):
        return None
    return not any(limit.is_late(limit.ended_on) for limit in limits)


class MatterKeyQuerySet(models.QuerySet["MatterKey"]):
    def standing(self) -> Self:
        return self.filter(destroyed_at__isnull=True)


class MatterKey(Ledgered):
    """The key of one matter (事项密钥), itself sealed by the master key: of who brought it, and of its files.

    Once it is destroyed, nothing that it sealed opens any more.
    """

    # the key is sealed anew whenever the master key changes
    unledgered = frozenset({"key"})

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="key", verbose_name=_("matter"))
    key = models.BinaryField(_("sealed key"))
    destroyed_at = models.DateTimeField(_("destroyed at"), null=True)

    objects = MatterKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a matter")
        verbose_name_plural = _("keys of matters")

    def __str__(self) -> str:
        return f"#{self.matter_id}"


class Identity(Ledgered):
    """Who brought a matter (信访人), sealed under the matter's key.

    It has no list, no search and no `visible_to`: it is reached from its matter, one at a time.
    """

    FIELDS = ("name", "phone", "address", "id_number")
    # sealed bytes are committed to and never written out
    sealed = frozenset({*FIELDS, "phone_mark", "number_mark"})

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="identity", verbose_name=_("matter"))
    name = models.BinaryField(_("person's name"))
    phone = models.BinaryField(_("telephone"))
    address = models.BinaryField(_("address"))
    id_number = models.BinaryField(_("identity-card number"))
    # alike for the same person, unit and cause together, and telling nothing else: no list by person can be made of it
    phone_mark = models.CharField(max_length=64, blank=True, db_index=True)
    number_mark = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")

    def __str__(self) -> str:
        return f"#{self.matter_id}"


class Slip(Ledgered):
    """The code by which whoever brought a matter follows it without an account; only its digest is kept."""

    sealed = frozenset({"digest"})

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="slip", verbose_name=_("matter"))
    digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField(_("issued for the nth time"), default=1)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued by"))
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("code slip")
        verbose_name_plural = _("code slips")

    def __str__(self) -> str:
        return f"#{self.matter_id}"


class Opening(Ledgered):
    """One person may see one identity for half an hour, for a stated reason (开启记录)."""

    # a reason is free text: it stands in the case log and not in the ledger
    sealed = frozenset({"reason"})

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="openings", verbose_name=_("matter"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=500)
    opened_at = models.DateTimeField(_("opened at"))
    ends_at = models.DateTimeField(_("ends at"))
    shown = models.PositiveSmallIntegerField(_("times shown"), default=0)

    class Meta:
        verbose_name = _("opening of an identity")
        verbose_name_plural = _("openings of identities")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="petitions_opening_has_a_reason"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="petitions_opening_ends"),
        ]

    def __str__(self) -> str:
        return f"#{self.matter_id} {self.opened_at:%Y-%m-%d}"

    def runs(self, *, at: datetime) -> bool:
        return self.opened_at <= at < self.ends_at


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def keeping_out(self, person: Person) -> Self:
        """What keeps a person out: stated of this account, or of another under the same name, as of a second one.

        A namesake is let in as anybody is who was kept out by mistake: stated of their account, and lifted.
        """
        let_in = Conflict.objects.filter(person=person, lifted_at__isnull=False).values("matter_id")
        same_name = Q(person__name=person.name) & ~Q(matter_id__in=let_in)
        return self.standing().filter(Q(person=person) | same_name)


class Conflict(Ledgered):
    """Somebody who may neither handle a matter nor learn that it exists (回避): accused in it, or with an interest."""

    class Because(models.TextChoices):
        ACCUSED = "accused", _("The matter is about this person")
        INTEREST = "interest", _("This person has an interest in it")
        OWN = "own", _("Withdrew themselves")

    # whom a matter accuses is not for the readers of the ledger
    sealed = frozenset({"person", "because"})

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="conflicts", verbose_name=_("matter"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    because = models.CharField(_("because"), max_length=10, choices=Because)
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("stated by"))
    stated_at = models.DateTimeField(_("stated at"))
    lifted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["stated_at", "pk"]
        indexes = [models.Index(fields=["person", "matter"], name="petitions_conflict_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(lifted_at__isnull=True), name="petitions_one_conflict_stands"
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | (~Q(lifted_by=F("stated_by")) & ~Q(lifted_by=F("person"))),
                name="petitions_a_second_person_lifts_a_conflict",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.matter_id}"


class Erasure(Ledgered):
    """What was sealed for a matter, destroyed once the time to keep it has ended (到期销毁); by two people."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DONE = "done", _("Destroyed")
        KEPT = "kept", _("Kept on")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="erasures", verbose_name=_("matter"))
    rule = models.CharField(_("rule"), max_length=20)
    basis = models.CharField(_("legal basis"), max_length=300)
    due_on = models.DateField(_("kept until"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("destruction")
        verbose_name_plural = _("destructions")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=~Q(state="kept"), name="petitions_one_destruction_of_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="petitions_a_second_person_destroys",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.matter_id} {self.get_state_display()}"
