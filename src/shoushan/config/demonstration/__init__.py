"""Builds the demonstration year of 首善区, only by calling the actions the pages call."""
