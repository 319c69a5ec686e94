"""Year-end forecasts (年底预计): plain Python, no Django, no clock; a forecast informs and never scores."""

from shoushan.forecasting.estimating import METHOD, forecast
from shoushan.forecasting.series import Forecast, Known, Series, Unknown

__all__ = ["METHOD", "Forecast", "Known", "Series", "Unknown", "forecast"]
