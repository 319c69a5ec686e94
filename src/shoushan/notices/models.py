"""The outbox: every notice, through which channel, to whom, and how far it is."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Post, Unit

# who looks after the outbox as a whole
SEES_ALL = (Post.Role.SUPERVISOR, Post.Role.ADMINISTRATOR, Post.Role.AUDITOR)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Person) -> Self:
        """All for those who look after the outbox; else what went to oneself or to one's units."""
        if person.holds(*SEES_ALL):
            return self
        return self.filter(person.scope("unit__path") | Q(person=person))

    def troubled(self) -> Self:
        """What a person should look at: it failed, or nobody knows whether it arrived."""
        return self.filter(state__in=[Notice.State.FAILED, Notice.State.UNSURE])


class Notice(Ledgered):
    """One message through one channel to one unit or person (通知). Its key is unique, so nothing is said twice."""

    class Channel(models.TextChoices):
        PAGE = "page", _("Page only")
        MAIL = "mail", _("E-mail")
        WEBHOOK = "webhook", _("Webhook")
        WECOM = "wecom", _("WeCom group")
        DINGTALK = "dingtalk", _("DingTalk group")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        UNSURE = "unsure", _("Perhaps sent")

    # how far delivery is is no fact of the district's work; that it was queued, and for whom, is
    unledgered = frozenset({"state", "tries", "next_try_at", "last_error", "lease", "leased_until", "sent_at"})

    key = models.CharField(_("key"), max_length=200, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("unit"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("person"))
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("page"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="notices_what_is_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(person__isnull=False), name="notices_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(channel="mail") | Q(person__isnull=False), name="notices_mail_to_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return "/notices/"
