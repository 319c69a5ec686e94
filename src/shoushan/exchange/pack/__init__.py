"""One set of figures as a paper, as slides and as a workbook: the same words, numbers and bars in all three.

pack = Pack("…", "…", [Table("…", ["…"], [["…"]])], [Bar("…", 0.86, 0.91, "bad")], on="2026-12-03", language="zh-hans")
{"pack.pdf": pack_pdf(pack), "pack.pptx": pack_pptx(pack), "pack.xlsx": pack_xlsx(pack)}
"""

from shoushan.exchange.pack.book import pack_xlsx
from shoushan.exchange.pack.leaves import pack_pdf
from shoushan.exchange.pack.shape import Bar, Pack, Table
from shoushan.exchange.pack.slides import pack_pptx

__all__ = ["Bar", "Pack", "Table", "pack_pdf", "pack_pptx", "pack_xlsx"]
