"""Roads and estates (道路与小区): renewed, inspected by two, graded by the standard of the day, accepted."""
