"""A proof from the last five minutes that whoever sits there is still the one who signed in (再次验证).

    proof.demand(request, _("Signing"))     refused with `sign_in.step_up`, whose page leads to the proof

Signing in is one, and so is the password typed again on /sign-in/again/. It belongs to the session, so that it ends
with it and nobody else's helps.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import moment
from shoushan.orgs.models import Person

GOOD_FOR = timedelta(minutes=5)
KEPT_AS = "proven_at"


def give(request: HttpRequest) -> None:
    """They have just proved who they are."""
    request.session[KEPT_AS] = moment.current().at.timestamp()


def is_fresh(request: HttpRequest) -> bool:
    since: float = moment.current().at.timestamp() - request.session.get(KEPT_AS, 0)
    return 0 <= since <= GOOD_FOR.total_seconds()


def demand(request: HttpRequest, what: Any) -> None:
    """Refuse what needs a proof from the last five minutes; ``what`` is said in the reader's language."""
    if not is_fresh(request):
        raise Refusal(
            "sign_in.step_up",
            mark("%(what)s needs a proof from the last 5 minutes that it is you."),
            hint=mark("Type your password again; what you see now stays as it is."),
            params={"what": what},
        )


def by_one_click(person: Person) -> bool:
    """People of the demonstration have no password; as they sign in with one click, so they prove it."""
    return settings.DEMO and not person.has_usable_password()
