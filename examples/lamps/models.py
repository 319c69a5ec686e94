"""A street lamp (路灯) that is dark, and the repair of it."""

from django.db import models

from shoushan.registers.models import Record


class Lamp(Record):
    """A lamp somebody reported as dark (路灯报修)."""

    line_key = "lamps"

    class Stage(models.TextChoices):
        REPORTED = "reported", "Reported"
        REPAIRED = "repaired", "Repaired"

    stage = models.CharField("stage", max_length=20, choices=Stage)
    pole = models.CharField("pole", max_length=20)
    road = models.CharField("road", max_length=60)
    cause = models.CharField("cause", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = "street lamp"
        verbose_name_plural = "street lamps"
