"""The `shoushan` command: one word, then what that part of the product offers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module

# word → module, function, whether Django is needed
COMMANDS = {
    "read": ("shoushan.config.reading", "main", False),
    "score": ("shoushan.scoring.command", "score_main", False),
    "scheme": ("shoushan.scoring.command", "scheme_main", False),
    "compare": ("shoushan.scoring.command", "compare_main", False),
    "ledger": ("shoushan.ledger.command", "main", True),
    "demo": ("shoushan.config.demonstration.command", "main", True),
    "messages": ("shoushan.web.messages", "messages_main", True),
    "keys": ("shoushan.lines.petitions.keys", "main", True),
    "openings": ("shoushan.lines.petitions.openings", "main", True),
    "sample": ("shoushan.returns.command", "main", True),
    "warnings": ("shoushan.dispatch.command", "main", True),
    "import": ("shoushan.registers.command", "import_main", True),
    "export": ("shoushan.registers.command", "export_main", True),
    "archive": ("shoushan.assessment.command", "main", True),
    "notices": ("shoushan.notices.command", "main", True),
    "remind": ("shoushan.returns.reminder", "main", True),
    "manage": ("shoushan.config.command", "manage", False),
}


def manage(argv: list[str]) -> int:
    """Django's own commands: migrate, createsuperuser is not among them, since people are registered."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["shoushan manage", *argv])
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run a command; 2 and the list of commands where there is no such word."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] not in COMMANDS:
        sys.stderr.write("shoushan: one of " + ", ".join(COMMANDS) + "\n")
        return 0 if words[:1] in (["--help"], ["-h"]) else 2
    module, function, needs_django = COMMANDS[words[0]]
    if needs_django:
        import django

        django.setup()
    run: Callable[[list[str]], int] = getattr(import_module(module), function)
    return run(words[1:])


if __name__ == "__main__":
    raise SystemExit(main())
