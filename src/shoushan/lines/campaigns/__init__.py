"""Special rectifications and other dated activities: decided, carried out, ended."""
