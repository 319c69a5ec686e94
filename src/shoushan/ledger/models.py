"""Events, their places in the ledger, and what it means for a model to be kept in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.canonical import canonical, plain


class Event(models.Model):
    """One entry of the ledger (留痕): who did what to which thing, why, and its state afterwards.

    ``body`` holds the canonical bytes that are hashed; the other columns repeat it for finding.
    """

    verb = models.CharField(_("verb"), max_length=40)
    subject = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.CharField(_("thing"), max_length=40)
    version = models.PositiveIntegerField(_("version of the thing"))
    person_id = models.BigIntegerField(_("person"), null=True)
    at = models.DateTimeField(_("at"))
    body = models.BinaryField(_("bytes"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("ledger")
        ordering = ["id"]
        indexes = [models.Index(fields=["person_id", "id"], name="ledger_event_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "version"], name="ledger_one_event_for_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"


class Leaf(models.Model):
    """An event's place in the ledger, counted from 0 without a gap, and the hash of its bytes."""

    position = models.BigIntegerField(_("position"), primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("position in the ledger")
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.position)


class Pending(models.Model):
    """An event that is committed and waits for its place (PostgreSQL only; SQLite has one writer)."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="pending")

    class Meta:
        verbose_name = _("event without a position yet")

    def __str__(self) -> str:
        return str(self.event_id)


class Ledgered(models.Model):
    """A model whose every row is answered for: all its fields are in the ledger but those it names.

    ``unledgered`` names fields that are no fact of the district's work (a session's last sign-in);
    ``sealed`` names fields whose values are committed to by the state but never written out; ``untold`` names fields
    that are written for an engine to read, so that nobody's history shows them.
    """

    unledgered: ClassVar[frozenset[str]] = frozenset()
    sealed: ClassVar[frozenset[str]] = frozenset()
    untold: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @classmethod
    def ledger_name(cls) -> str:
        return cls._meta.label_lower

    @classmethod
    @cache
    def ledgered_fields(cls) -> tuple[models.Field[Any, Any], ...]:
        return tuple(field for field in cls._meta.concrete_fields if field.name not in cls.unledgered)

    @classmethod
    @cache
    def _reading(cls) -> tuple[tuple[str, str, type, Callable[[Any], Any]], ...]:
        """Of each ledgered field: its name, where its value stands, the kind it keeps, and what it makes of others."""
        return tuple((it.name, it.attname, _kept(it), it.to_python) for it in cls.ledgered_fields())

    def ledgered_values(self) -> dict[str, Any]:
        """Every field the ledger answers for, by name, as it would be read back from the database."""
        return {
            name: value if (value := getattr(self, at)) is None or type(value) is kept else to_python(value)
            for name, at, kept, to_python in self._reading()
        }

    def plain_values(self) -> dict[str, Any]:
        """The same as canonical JSON knows them."""
        return {name: plain(value) for name, value in self.ledgered_values().items()}

    def state_digest(self) -> str:
        """The digest of all ledgered fields: what `verify` compares with the row found."""
        return digest_of(self.ledgered_values())

    @classmethod
    def unfilled(cls) -> dict[str, Any]:
        """What each ledgered field holds where nobody has filled it: what a column that is added later begins with."""
        return {field.name: field.to_python(field.get_default()) for field in cls.ledgered_fields()}


def digest_of(values: dict[str, Any]) -> str:
    """The digest of a row's values, by field."""
    return hashlib.sha256(canonical(values)).hexdigest()


def _kept(field: Any) -> type:
    """The kind of value a field gives back as it is; ``NoneType`` where it looks at each."""
    own = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(own, models.CharField | models.TextField):
        return str
    return int if isinstance(own, models.IntegerField) else type(None)
