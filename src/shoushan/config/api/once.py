"""A call sent twice is taken once, where its sender gives it a key: ``Idempotency-Key: …``, as forms have one."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction

from shoushan.config.api.tokens import Caller
from shoushan.core.errors import Refusal, mark
from shoushan.web import clock
from shoushan.web.models import Submission
from shoushan.web.once import LONGEST_KEY

HEADER = "Idempotency-Key"


def once(request: Caller, act: Callable[[], int]) -> int:
    """What an act made, by its number; sent again with the same key, nothing more is made and it is that number."""
    key = request.headers.get(HEADER, "")[:LONGEST_KEY]
    if not key:
        return act()
    try:
        with transaction.atomic():
            taken = Submission.objects.create(key=key, person_id=request.auth.pk, location="", created=clock.now())
            made = act()
            taken.location = f"{request.path} {made}"
            taken.save(update_fields=["location"])
            return made
    except IntegrityError:
        before = Submission.objects.filter(key=key, person_id=request.auth.pk).first()
        if before is None:
            raise
        path, _space, number = before.location.rpartition(" ")
        if path != request.path:
            raise Refusal(
                "api.key",
                mark("This key was used for another call."),
                hint=mark("Make a new key for each thing that is sent."),
            ) from None
        return int(number)
