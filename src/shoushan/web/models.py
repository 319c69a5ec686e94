"""What web keeps for itself: forms already taken, and work that goes on beside the pages."""

from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A form that was taken once, and where its sender was led: sent again, it leads there again."""

    key = models.CharField(_("form"), max_length=64)
    person_id = models.BigIntegerField(_("person"))
    location = models.CharField(_("led to"), max_length=500)
    created = models.DateTimeField(_("taken at"))

    class Meta:
        verbose_name = _("form already taken")
        verbose_name_plural = _("forms already taken")
        ordering = ["-created"]
        constraints = [models.UniqueConstraint(fields=["key", "person_id"], name="web_form_taken_once")]

    def __str__(self) -> str:
        return self.key


class Job(models.Model):
    """A piece of work that takes longer than a second: how far it is, and where it leads."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    key = models.CharField(max_length=32, unique=True)
    person_id = models.BigIntegerField()
    label = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=1000, blank=True)
    url = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    back = models.CharField(max_length=300)
    told_at = models.DateTimeField()

    # of the running work alone
    path: Path
    last_told: float = 0.0

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.label
