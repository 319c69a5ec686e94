from datetime import date

import pytest

from shoushan.core.months import Month


def test_a_month_is_written_and_read_the_same() -> None:
    assert str(Month.read("2026-11")) == "2026-11"


@pytest.mark.parametrize("written", ["2026-13", "2026-1", "11-2026", "", "2026-00"])
def test_what_is_no_month_is_an_error(written: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.read(written)


def test_a_leap_february_ends_on_the_29th() -> None:
    assert Month(2028, 2).last_day == date(2028, 2, 29)


def test_a_month_holds_its_days() -> None:
    assert Month.of(date(2026, 12, 31)) == Month(2026, 12)
    assert Month(2026, 12).first_day == date(2026, 12, 1)


def test_the_year_turns_both_ways() -> None:
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2027, 1).previous() == Month(2026, 12)
    assert Month(2026, 5).next().previous() == Month(2026, 5)
