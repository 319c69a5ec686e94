"""The yearly assessment (考核): freeze, run, explain, and what follows from it."""
