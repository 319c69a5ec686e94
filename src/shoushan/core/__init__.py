"""Plain things every layer may use: months, shares, errors. Imports nothing of ours, no Django, no clock."""
