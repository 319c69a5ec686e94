from datetime import date

import pytest

from shoushan.plans.models import Year


@pytest.mark.parametrize(
    ("on", "over"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 31), 0),
        (date(2026, 12, 3), 11),
        (date(2027, 1, 1), 12),
        (date(2030, 1, 1), 12),
    ],
)
def test_months_are_over_once_the_next_has_begun(on: date, over: int) -> None:
    assert Year(number=2026).months_over(on) == over
