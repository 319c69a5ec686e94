"""Files in and out: the gate, foreign texts and workbooks, tables in Excel and CSV, letters on paper."""
