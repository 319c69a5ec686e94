"""Values that only this line knows, for the tests of every register."""

EXAMPLES: dict[str, dict[str, object]] = {}
