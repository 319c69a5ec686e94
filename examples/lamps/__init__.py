"""Street lamps: the tenth work line, which the how-to builds and a test runs; it is no part of the product."""
