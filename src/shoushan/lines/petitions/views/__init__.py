"""Pages of petitions: of the office, and of whoever holds a code."""
