import pytest

from shoushan.web.asked import number, numbers


@pytest.mark.parametrize(
    ("written", "meant"),
    [("12", 12), ("0", 0), ("", None), (None, None), ("-1", None), ("1.5", None), ("٣", None), ("9" * 10, None)],
)
def test_an_address_asks_for_a_number_or_for_nothing(written: str | None, meant: int | None) -> None:
    assert number(written) == meant


def test_several_numbers_are_read_and_anything_else_left_out() -> None:
    assert numbers("12 x 7 -3 12") == {7, 12}
    assert numbers(None) == set()
