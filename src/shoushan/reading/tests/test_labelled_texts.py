"""The labelled texts are read as well as was promised; skipped where they are not at hand."""

from __future__ import annotations

import pytest

from benchmarks.reading import HARD, HARD_BYTES, LABELS, LIMITS, MOST_PAST, long_text, overall
from shoushan.reading import read

at_hand = pytest.mark.skipif(not LABELS.exists(), reason="the labelled texts are not beside the repository")


@at_hand
def test_the_labelled_texts_are_read_well_enough() -> None:
    figures = overall()

    assert {name: figures[name] for name in LIMITS if (figures[name] or 0) < LIMITS[name]} == {}
    assert (figures["past hit"] or 0) <= MOST_PAST


@at_hand
def test_the_first_speech_adds_up() -> None:
    from shoushan.reading import contradictions

    text = (LABELS / "seed" / "speech.txt").read_text("utf-8")

    sums = [one.params["parts"] for one in contradictions(text, read(text, year=2004)) if one.adds_up]

    assert sums == ["25 + 11", "23 + 13"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HARD)
def test_a_hard_text_is_read_in_time(name: str) -> None:
    piece = HARD[name]

    found = read(piece * (HARD_BYTES // len(piece.encode())), year=2026)

    assert all(one.words for one in found)


def test_a_long_text_is_read_to_its_end() -> None:
    text = long_text(300_000)

    found = read(text, year=2026)

    assert found[-1].at[0] > len(text) - 400
