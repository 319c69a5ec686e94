"""Catalogues of the interface's sentences: what a package says, what is translated, what is compiled.

Write English sentences in the code and templates; every package keeps their translations in its own
``locale/zh_Hans/LC_MESSAGES/django.po`` and ``locale/zh_Hant/…``. While writing a package:

    python -m shoushan.web.messages missing plans     prints what plans still lacks, as .po entries to fill in
    python -m shoushan.web.messages add plans         appends those entries to the package's own files
    python -m shoushan.web.messages check             lists everything that is missing or wrong, for all packages
    python -m shoushan.web.messages compile           writes the .mo files where they are older than the .po

A sentence that another package has translated counts as translated (the same sentence has one translation
everywhere). After compiling, a running server shows the change at its next start.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parent.parent
SCRIPTS = ("zh_Hans", "zh_Hant")
# The calls that mark a sentence, and what their first arguments are.
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "mark"), ("text",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("text", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "text")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "text", "plural")),
}
# Words that are the same in every language.
KEPT = frozenset({"API", "CSV", "Excel", "GDP", "JSON", "PDF", "SHA", "Word", "OpenAPI", "URL", "txt", "docx", "xlsx"})
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]")
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {script}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the source: its context, singular and plural."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(slots=True)
class Faults:
    """What is wrong with the catalogues, one line each, naming package and script."""

    missing: list[str] = field(default_factory=list)
    identical: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        for name in ("missing", "identical", "places", "differing"):
            yield from (f"{name}: {line}" for line in getattr(self, name))


def package_of(file: Path) -> str:
    """The package a file belongs to: the app it stands in, or the first folder under the source."""
    for folder in file.parents:
        if folder.parent == SOURCE or ((folder / "apps.py").exists() and folder != SOURCE):
            return folder.relative_to(SOURCE).as_posix()
    return "."


def extract() -> dict[str, dict[Sentence, list[str]]]:
    """Every sentence to be translated, by package, with the places it is written at."""
    found: dict[str, dict[Sentence, list[str]]] = {}
    for file in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("*.html")):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        said = found.setdefault(package_of(file), {})
        for line, sentence in _sentences(file):
            said.setdefault(sentence, []).append(f"{file.relative_to(SOURCE).as_posix()}:{line}")
    return found


def _sentences(file: Path) -> Iterator[tuple[int, Sentence]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        text = _as_python(text, file)
    for line, call, arguments, _ in extract_python(io.BytesIO(text.encode()), dict.fromkeys(CALLS), [], {}):
        values: tuple[object, ...] = (arguments,) if isinstance(arguments, str) else tuple(arguments or ())
        parts = CALLS[str(call)]
        texts = [value for value in values[: len(parts)] if isinstance(value, str) and value]
        if len(texts) == len(parts):
            yield line, _sentence(parts, texts)


def _sentence(parts: tuple[str, ...], texts: list[str]) -> Sentence:
    context = texts.pop(0) if parts[0] == "context" else ""
    return Sentence(texts[0], texts[1] if len(texts) > 1 else "", context)


def _as_python(template: str, file: Path) -> str:
    """A template as Django hands it to extractors, made readable for Babel's: no indentation, no stray text."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    lines = templatize(template, origin=str(file)).splitlines()
    return "\n".join(re.sub(r"\bX+\b", "", line).strip() for line in lines)


def catalogue_files(script: str) -> dict[str, Path]:
    """The .po file of each package that has one."""
    pattern = f"**/locale/{script}/LC_MESSAGES/django.po"
    return {file.parents[2].parent.relative_to(SOURCE).as_posix(): file for file in sorted(SOURCE.glob(pattern))}


def _read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale="zh_Hans", charset="utf-8")


def _entries(catalogue: Catalog) -> Iterator[tuple[Sentence, str]]:
    for message in catalogue:
        if message.id and not message.fuzzy:
            texts = [message.id] if isinstance(message.id, str) else list(message.id)
            translated = message.string if isinstance(message.string, str) else next(iter(message.string or ()), "")
            yield Sentence(texts[0], texts[1] if len(texts) > 1 else "", message.context or ""), translated or ""


def translations(script: str) -> dict[str, dict[tuple[str, str], str]]:
    """What each package's catalogue says, by context and English sentence."""
    return {
        package: {(said.context, said.text): translated for said, translated in _entries(_read(file)) if translated}
        for package, file in catalogue_files(script).items()
    }


def missing(package: str, script: str) -> dict[Sentence, list[str]]:
    """The sentences of a package that no catalogue of this script translates."""
    known = {key for catalogue in translations(script).values() for key in catalogue}
    said = {name: found for name, found in extract().items() if name == package or name.startswith(package + "/")}
    return {
        sentence: places
        for found in said.values()
        for sentence, places in found.items()
        if (sentence.context, sentence.text) not in known
    }


def check(packages: Iterable[str] = ()) -> Faults:
    """Everything that is missing or wrong, of all packages or of those named."""
    faults, source, wanted = Faults(), extract(), set(packages)
    for script in SCRIPTS:
        written = translations(script)
        known = {key for catalogue in written.values() for key in catalogue}
        for package, sentences in source.items():
            if not wanted or package in wanted:
                faults.missing += [
                    f"{package} {script} {sentence.text!r} ({places[0]})"
                    for sentence, places in sentences.items()
                    if (sentence.context, sentence.text) not in known
                ]
        for package, file in catalogue_files(script).items():
            if not wanted or package in wanted:
                _check_entries(f"{package} {script}", file, faults)
        faults.differing += _differing(script, written, wanted)
    return faults


def _check_entries(where: str, file: Path, faults: Faults) -> None:
    for sentence, translated in _entries(_read(file)):
        if not translated:
            continue
        if translated == sentence.text and _has_words(sentence.text):
            faults.identical.append(f"{where} {sentence.text!r}")
        if _places(sentence.plural or sentence.text) != _places(translated):
            faults.places.append(f"{where} {sentence.text!r} → {translated!r}")


def _has_words(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{2,}", PLACE.sub("", text))
    return any(word not in KEPT for word in words)


def _places(text: str) -> set[str]:
    return {match.group(0) for match in PLACE.finditer(text.replace("%%", ""))}


def _differing(script: str, written: dict[str, dict[tuple[str, str], str]], wanted: set[str]) -> Iterator[str]:
    """The same sentence translated in two ways."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for package, catalogue in written.items():
        for key, translated in catalogue.items():
            where, said = first.setdefault(key, (package, translated))
            if said != translated and (not wanted or wanted & {where, package}):
                yield f"{script} {key[1]!r}: {where} {said!r}, {package} {translated!r}"


def compile_stale() -> list[Path]:
    """Write the .mo beside each .po that is newer; answers with the files written."""
    files = [file for script in SCRIPTS for file in catalogue_files(script).values()]
    return [_compile(file) for file in files if _is_stale(file)]


def _is_stale(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime


def _compile(file: Path) -> Path:
    """Compile one catalogue; written aside and moved, since two processes may do it at once."""
    aside = file.with_suffix(f".{os.getpid()}.mo")
    with aside.open("wb") as opened:
        write_mo(opened, _read(file))
    return aside.replace(file.with_suffix(".mo"))


def fragment(package: str, script: str) -> str:
    """The missing sentences of a package as .po entries waiting for their translation."""
    entries = []
    for sentence, places in missing(package, script).items():
        lines = [f"#: {place}" for place in places[:2]]
        lines += [f"msgctxt {_quoted(sentence.context)}"] if sentence.context else []
        lines.append(f"msgid {_quoted(sentence.text)}")
        lines += [f"msgid_plural {_quoted(sentence.plural)}", 'msgstr[0] ""'] if sentence.plural else ['msgstr ""']
        entries.append("\n".join(lines))
    return "\n\n".join(entries)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def append(package: str, script: str) -> int:
    """Append the missing entries to the package's own .po; answers how many."""
    text = fragment(package, script)
    if not text:
        return 0
    file = SOURCE / package / "locale" / script / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = file.read_text(encoding="utf-8").rstrip() if file.exists() else HEADER.format(script=script).rstrip()
    file.write_text(f"{kept}\n\n{text}\n", encoding="utf-8")
    return text.count("msgid ")


def messages_main(argv: Sequence[str]) -> int:
    """The commands of this module; answers with the exit status."""
    command, *packages = argv or ["help"]
    if command == "compile":
        written = compile_stale()
        print(f"compiled {len(written)}")
        return 0
    if command == "check":
        faults = list(check(packages))
        print("\n".join(faults) or "complete")
        return 1 if faults else 0
    if command in {"missing", "add"} and packages:
        for package in packages:
            for script in SCRIPTS:
                print(
                    f"# {package} {script}\n{fragment(package, script)}"
                    if command == "missing"
                    else f"{package} {script}: {append(package, script)} added"
                )
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(messages_main(sys.argv[1:]))
