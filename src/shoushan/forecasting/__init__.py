"""What a year will probably come to (年底预计): plain Python, without a clock and without a database.

    from shoushan.forecasting import year_end
    year_end([[8, 9, …], [9, 9, …]], {1: 9.0, 2: 10.5, 3: 9.8}, kind="flow")
    # Forecast(low=…, mid=…, high=…, …), or Impossible with its reason

A forecast is a range and never a score: nothing that scores may import this package.
"""

from shoushan.forecasting.answer import METHOD, Event, Forecast, Impossible
from shoushan.forecasting.year import year_end

__all__ = ["METHOD", "Event", "Forecast", "Impossible", "year_end"]
