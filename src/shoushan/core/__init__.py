"""Plain things every layer may use: months, quantities, working days, errors. Imports nothing of ours, no Django, no clock."""
