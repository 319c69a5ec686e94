"""What web keeps for itself: forms already taken."""

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
