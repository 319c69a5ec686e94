"""A unit's month on paper and as a workbook: ways in that are worth as much as the page."""
