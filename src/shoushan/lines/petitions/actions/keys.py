"""The key of a matter: made when something is first sealed, sealed anew with a new master key, destroyed for good."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from shoushan.core.sealing import Key, Ring
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.lines.petitions import vault
from shoushan.lines.petitions.models import Matter, MatterKey
from shoushan.orgs.models import Person

REWRAPPED_AT_ONCE = 500


def key_for(matter: Matter, keys: Ring, *, by: Person) -> Key:
    """The key that seals what belongs to a matter, which is locked; made where nothing has been sealed yet."""
    known = MatterKey.objects.filter(matter=matter).first()
    if known is not None:
        return vault.key_of(known, keys)
    key = Key.new()
    made = MatterKey.objects.create(matter=matter, key=keys.wrap(key, vault.place(matter.pk, "key")))
    ledger.record("key made", made, by=by)
    return key


def destroy_key(matter: Matter, *, by: Person, reason: str) -> None:
    """Nothing that was sealed for a matter opens any more; inside the transaction of what decides so."""
    key = MatterKey.objects.select_for_update().get(matter=matter)
    before = {"destroyed_at": key.destroyed_at}
    key.key, key.destroyed_at = b"", moment.current().at
    key.save(update_fields=["key", "destroyed_at"])
    ledger.record("key destroyed", key, by=by, before=before, reason=reason)


def rewrap(keys: Ring) -> Iterator[int]:
    """Seal every matter's key with the present master key, some hundred at a time; how many were, after each batch."""
    last, done = 0, 0
    while found := list(MatterKey.objects.standing().filter(pk__gt=last).order_by("pk")[:REWRAPPED_AT_ONCE]):
        with transaction.atomic():
            for each in MatterKey.objects.standing().select_for_update().filter(pk__in=[each.pk for each in found]):
                if not keys.is_present(bytes(each.key)):
                    key = vault.key_of(each, keys)
                    each.key = keys.wrap(key, vault.place(each.matter_id, "key"))
                    each.save(update_fields=["key"])
                    done += 1
        last = found[-1].pk
        yield done
