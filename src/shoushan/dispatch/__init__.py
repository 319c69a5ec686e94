"""The year on one page: lights, their reasons, and what to look at first."""
