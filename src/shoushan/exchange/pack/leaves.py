"""A pack on paper: A4 across, the figures as data and never as markup."""

from __future__ import annotations

from dataclasses import asdict

from shoushan.exchange.pack.shape import Pack
from shoushan.exchange.paper import document_pdf


def pack_pdf(pack: Pack) -> bytes:
    """The same pack gives the same bytes."""
    return document_pdf("pack", asdict(pack))
