"""Shoushan 首善: a district government's year, from the sentence to the score."""
