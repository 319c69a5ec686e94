"""A district whose year can be frozen and scored by a small scheme: 河西 reached 1,200 of 1,600, 河东 is silent."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.models import Assessment, Objection, ScoreLine
from shoushan.returns.testing import District, make_district

NOW = datetime(2027, 1, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def schemes(settings: Settings, tmp_path: Path) -> Path:
    settings.SHOUSHAN_TODAY = date(2027, 1, 5)
    settings.DATA = tmp_path / "data"
    settings.SCHEMES = tmp_path / "schemes"
    folder = tmp_path / "schemes" / "tried"
    folder.mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "scheme.yaml", folder)
    return folder


@pytest.fixture
def district() -> District:
    """河西 reached 1,200 of 1,600, verified; 河东 has not reported."""
    made = make_district()
    made.verify("1200")
    return made


@pytest.fixture
def assessment(district: District, schemes: Path) -> Assessment:
    actions.freeze(district.year, scheme_path=schemes, at=NOW, by=district.assessor)
    return actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor)


@pytest.fixture
def announced(assessment: Assessment, district: District) -> Assessment:
    return actions.announce(assessment, at=NOW, by=district.assessor)


@pytest.fixture
def line(announced: Assessment) -> ScoreLine:
    return ScoreLine.objects.get(score__assessment=announced, score__unit__code="hexi", rule="people.jobs")


@pytest.fixture
def objection(line: ScoreLine, district: District) -> Objection:
    return actions.object_to(line, "少算了300人，花名册在后", at=NOW, by=district.reporter)
