"""The facts of a year, its published schemes, and what its pages show."""
