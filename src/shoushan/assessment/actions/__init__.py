"""From a running year to published scores: freeze, run, publish."""

from shoushan.assessment.actions.freezing import freeze
from shoushan.assessment.actions.running import publish, run_scheme

__all__ = ["freeze", "publish", "run_scheme"]
