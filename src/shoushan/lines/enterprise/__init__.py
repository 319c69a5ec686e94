"""Market entities: newly registered, and still there a year later."""
