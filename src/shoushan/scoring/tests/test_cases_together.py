"""Many golden cases are looked at in one run; whatever that run does not clear is run by itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from shoushan.scoring import load_scheme
from shoushan.scoring.cases import Case, differences, load_cases, unsettled

SCHEMES = sorted((Path(__file__).resolve().parents[4] / "schemes").glob("*/scheme.yaml"))


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.parent.name)
def test_one_run_clears_what_comes_out_as_written(file: Path) -> None:
    scheme, cases = load_scheme(file), load_cases(file.parent / "cases.yaml")

    left = unsettled(scheme, cases)

    assert len(left) < len(cases) / 2
    assert [each for case in left for each in differences(scheme, case)] == []


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.parent.name)
def test_one_run_clears_nothing_that_comes_out_otherwise(file: Path) -> None:
    cases = [_wrong(case) for case in load_cases(file.parent / "cases.yaml")]

    left = unsettled(load_scheme(file), cases)

    assert sorted(each.name for each in left) == sorted(each.name for each in cases)


def _wrong(case: Case) -> Case:
    """The same case with points that nobody gets."""
    expected = {unit: each.model_copy(update={"points": Decimal("77.77")}) for unit, each in case.expected.items()}
    for each in expected.values():
        each.model_fields_set.add("points")
    return case.model_copy(update={"expected": expected})
