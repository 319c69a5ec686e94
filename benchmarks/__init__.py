"""Repeatable measurements, each one command: python3 start.py bench NAME."""
