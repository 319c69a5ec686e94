"""Key projects: planned, reported and paid kept apart, from reserve to production."""
