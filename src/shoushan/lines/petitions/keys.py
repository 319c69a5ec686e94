"""`shoushan keys rotate`: a new master key, and every matter's own key sealed with it."""

from __future__ import annotations

import argparse
import sys

from shoushan.core.errors import Refusal
from shoushan.core.sealing import Ring
from shoushan.lines.petitions import actions, vault
from shoushan.lines.petitions.models import MatterKey
from shoushan.web import refusals


def main(argv: list[str]) -> int:
    """Begin a new master key, or go on where a former run was interrupted; 0 when everything is sealed with it."""
    parser = argparse.ArgumentParser(prog="shoushan keys")
    parser.add_argument("verb", choices=["rotate"])
    parser.add_argument(
        "--forget", action="store_true", help="drop the former master keys at the end: older backups open no more"
    )
    given = parser.parse_args(argv)
    try:
        done = rotate(forget=given.forget)
    except Refusal as refusal:
        sys.stderr.write(refusals.say(refusal).whole + "\n")
        return 1
    sys.stdout.write(f"{done}\n")
    return 0


def rotate(*, forget: bool = False) -> int:
    """How many keys were sealed anew. The new master key is on disk before anything is sealed with it."""
    keys = vault.ring()
    if all_present(keys):
        keys = keys.turned()
        keys.keep(vault.path())
    done = 0
    for done in actions.rewrap(keys):
        sys.stderr.write(f"\r{done}")
    if forget and all_present(keys):
        keys.present_alone().keep(vault.path())
    return done


def all_present(keys: Ring) -> bool:
    """Whether no former run is left to be finished."""
    wrapped = MatterKey.objects.standing().values_list("key", flat=True)
    return all(keys.is_present(bytes(key)) for key in wrapped.iterator(2000))
