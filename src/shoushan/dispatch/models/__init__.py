"""What lights up in the year, and how it will probably end."""

from shoushan.dispatch.models.forecasts import Forecast
from shoushan.dispatch.models.warnings import Alarm

__all__ = ["Alarm", "Forecast"]
