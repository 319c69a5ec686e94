import pytest

from shoushan.web.asked import number


@pytest.mark.parametrize(
    ("written", "meant"),
    [("12", 12), ("0", 0), ("", None), (None, None), ("-1", None), ("1.5", None), ("٣", None), ("9" * 10, None)],
)
def test_an_address_asks_for_a_number_or_for_nothing(written: str | None, meant: int | None) -> None:
    assert number(written) == meant
