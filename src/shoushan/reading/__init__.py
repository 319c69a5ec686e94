"""From a speech to what it commits to: plain Python, usable alone, that proposes and never decides."""

from __future__ import annotations

from shoushan.reading.commitment import Commitment
from shoushan.reading.contradictions import Contradiction, contradictions
from shoushan.reading.reader import read
from shoushan.reading.reasons import explain

__all__ = ["Commitment", "Contradiction", "contradictions", "explain", "read"]
