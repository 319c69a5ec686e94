"""A register's workbooks: out with keys; in from our own or from an office's, planned first, entered then."""

from shoushan.registers.sheets.columns import columns
from shoushan.registers.sheets.entering import Done, enter
from shoushan.registers.sheets.out import export
from shoushan.registers.sheets.planning import Plan, plan
from shoushan.registers.sheets.reading import Read, read

__all__ = ["Done", "Plan", "Read", "columns", "enter", "export", "plan", "read"]
