"""What start.py does, in parts: the environment, serving, the checks. Python's own library only."""
