"""One measured figure and the limit it is held to."""

from __future__ import annotations

from typing import TypedDict


class Figure(TypedDict):
    """What a measurement reports, in the form that ``bench --json`` prints."""

    name: str
    figure: float
    unit: str
    limit: float
    ok: bool


def at_most(name: str, figure: float, unit: str, limit: float) -> Figure:
    return Figure(name=name, figure=round(figure, 4), unit=unit, limit=limit, ok=figure <= limit)


def at_least(name: str, figure: float, unit: str, limit: float) -> Figure:
    return Figure(name=name, figure=round(figure, 4), unit=unit, limit=limit, ok=figure >= limit)
