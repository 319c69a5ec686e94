"""`shoushan remind`: the ladder of reminders, run by a timer every morning."""

from __future__ import annotations

import sys
from datetime import date

from shoushan.returns import actions
from shoushan.web import clock


def main(argv: list[str]) -> int:
    """Queue today's reminders, or those of the day named; running it twice says nothing twice."""
    at = clock.now()
    match argv:
        case []:
            on = at.date()
        case ["--on", day]:
            try:
                on = date.fromisoformat(day)
            except ValueError:
                sys.stderr.write(f"shoushan remind: {day} is no day; write it as 2026-12-07\n")
                return 2
        case _:
            sys.stderr.write("shoushan remind [--on 2026-12-07]\n")
            return 2
    sys.stdout.write(f"queued {actions.remind_by_ladder(on=on, at=at)}\n")
    return 0
