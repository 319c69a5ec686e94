"""`shoushan read`: the reader's command, with every kind of file the product takes."""

from __future__ import annotations

from pathlib import Path

from shoushan.exchange import foreign
from shoushan.reading import command


def load(path: Path) -> str:
    """The text of a .txt of any length; anything else goes through the gate of uploads."""
    if path.suffix.lower() == ".txt" or not path.is_file():
        return command.load_text(path)
    return foreign.read_text(path.read_bytes(), path.name).text


def main(argv: list[str]) -> int:
    return command.main(argv, load=load)
