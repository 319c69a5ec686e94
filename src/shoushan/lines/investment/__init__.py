"""Investment (招商): deals from the first talk to production."""
