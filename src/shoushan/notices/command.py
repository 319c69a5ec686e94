"""`shoushan notices deliver`: what a timer runs every minute."""

from __future__ import annotations

import sys

from shoushan.notices import actions
from shoushan.notices.models import Notice
from shoushan.web import clock

USAGE = "shoushan notices deliver|state\n"


def main(argv: list[str]) -> int:
    """Deliver what is due, or say how the outbox stands; 1 where something needs a look, for a monitor."""
    match argv:
        case ["deliver"]:
            done = actions.deliver(at=clock.now(), stamp=clock.real())
            sys.stdout.write(f"sent {done.sent}, waiting for another try {done.waiting}, given up {done.failed}\n")
            return 1 if done.failed else 0
        case ["state"]:
            counted = {state: Notice.objects.filter(state=state).count() for state in Notice.State.values}
            sys.stdout.write(", ".join(f"{state} {count}" for state, count in counted.items()) + "\n")
            return 1 if counted[Notice.State.FAILED] or counted[Notice.State.UNSURE] else 0
        case _:
            sys.stderr.write(USAGE)
            return 2
