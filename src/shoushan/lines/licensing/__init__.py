"""Administrative licences: the law's days, kept and shown."""
