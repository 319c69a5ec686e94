"""What a person can ask of start.py."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import checks, environment, serving

WITH_OWN_ARGUMENTS = ("shoushan", "bench", "test")


def arguments(given: Sequence[str], description: str = "") -> argparse.Namespace:
    """What was asked for; without a word, to serve."""
    if given and given[0] in WITH_OWN_ARGUMENTS:
        return argparse.Namespace(task=given[0], rest=list(given[1:]))
    parser = argparse.ArgumentParser(
        prog="start.py", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(task="serve")
    parser.add_argument("--port", type=int, default=8000, help="the port to answer on (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer on; strangers need a proxy between")
    parser.add_argument("--data", type=Path, help="folder of the database and the files (var/demo, or var/empty)")
    parser.add_argument("--empty", action="store_true", help="no demonstration: asks for the first administrator")
    return parser.parse_args(given)


def main(given: Sequence[str], description: str) -> int:
    """Do what was asked; a refusal is one sentence and the command that mends it, never a traceback."""
    asked = arguments(given, description)
    try:
        if asked.task == "test":
            return checks.run(asked.rest)
        environment.ready("default")
        if asked.task == "serve":
            return serving.serve(asked.host, asked.port, asked.data, empty=asked.empty)
        command = ["-m", "tools.bench"] if asked.task == "bench" else [str(environment.SHOUSHAN)]
        return environment.python(*command, *asked.rest, settings=serving.usual_settings())
    except environment.CannotContinue as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
