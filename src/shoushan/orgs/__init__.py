"""Units, posts and people, and who may see and do what (deny by default)."""
