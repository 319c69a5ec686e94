"""What every work line (条线) shares: records, their stages, measures, and the generic pages.

A line is one typed model and one declaration (`lines/investment/` is the pattern); it is found through
`registers.lines.all_lines()` and never imported.
"""
