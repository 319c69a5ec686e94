"""The words of a Word document, paragraph by paragraph, tables row by row, without what was struck out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.parsers import expat

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
# Deleted and moved-away text, what a field computes from, and the second copy of a text box.
SILENT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MAIN = re.compile(r'PartName="/([^"]+)"\s+ContentType="[^"]*document\.main\+xml"')
MAIN_TURNED = re.compile(r'ContentType="[^"]*document\.main\+xml"\s+PartName="/([^"]+)"')


def parse(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        types = opened.read("[Content_Types].xml").decode("utf-8", "replace")
        main = MAIN.search(types) or MAIN_TURNED.search(types)
        words = Words()
        with opened.open(main.group(1) if main else "word/document.xml") as part:
            words.read(part)
    return {"text": "".join(words.said).strip("\n")}


class Words:
    """Listens to the document's elements and keeps what a reader of the printed page would read."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.silent = 0
        self.hearing = False
        self.in_cell = 0

    def read(self, part: Any) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.hear
        parser.StartDoctypeDeclHandler = self.refuse
        parser.buffer_text = True
        parser.ParseFile(part)

    def refuse(self, *declared: object) -> None:
        raise ValueError("doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if tag in SILENT:
            self.silent += 1
        elif space not in (NAMESPACE, STRICT) or self.silent:
            return
        elif tag == "t":
            self.hearing = True
        elif tag == "tc":
            self.in_cell += 1
        elif tag in SIGNS and not (tag == "tab" and attributes):
            # A tab stop in a paragraph's settings carries attributes; a tab in the text does not.
            self.said.append(SIGNS[tag])

    def end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if tag in SILENT:
            self.silent -= 1
        elif space not in (NAMESPACE, STRICT):
            return
        elif tag == "t":
            self.hearing = False
        elif tag == "p" and not self.silent:
            self.said.append(" " if self.in_cell else "\n")
        elif tag == "tc":
            self.in_cell -= 1
            if self.said[-1:] == [" "]:
                self.said.pop()
            self.said.append("\t")
        elif tag == "tr":
            self.said.append("\n")

    def hear(self, words: str) -> None:
        if self.hearing and not self.silent:
            self.said.append(words)
