"""Greening (绿化): what was promised, planted, alive after a growing season, and handed over."""
