"""Questions about returns: who is asked what, and what it all adds up to."""
