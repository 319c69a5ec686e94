"""Packing the archive of a year (年度归档): one zip that opens and can be checked without this program.

What its metadata says follows the parts that GB/T 18894 asks of an electronic record: title, creator, date, retention,
how it was made, its files and their hashes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from shoushan.assessment.archive import tables, verify
from shoushan.assessment.archive.proofs import Ledger, events_of, ledger
from shoushan.assessment.models import Answer, Assessment, Consequence, Objection, Score, ScoreLine, Snapshot
from shoushan.assessment.queries.effects import facts_in, file_of, scheme_of
from shoushan.assessment.queries.results import paper_of, rests_on, result_of, title_of
from shoushan.evidence.actions import path_of
from shoushan.evidence.models import Evidence
from shoushan.exchange.official import official_pdf
from shoushan.exchange.paper import letter_pdf
from shoushan.ledger.models import Ledgered
from shoushan.letters.models import Amendment, AnnexLine, Letter, Signature
from shoushan.letters.queries import paper_of as letter_paper
from shoushan.orgs.queries import district_name
from shoushan.plans.models import Year

# the language of the institution, and of the record it keeps
LANGUAGE = "zh-hans"
# the same archive gives the same bytes
MADE = (1980, 1, 1, 0, 0, 0)
Named = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Packed:
    """The archive's bytes, and the hash of its list of files, by which it is known."""

    content: bytes
    manifest_sha256: str
    files: int


def pack(run: Assessment) -> Packed:
    """The archive of the year whose final run this is."""
    with translation.override(LANGUAGE):
        files = dict(_files(run))
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    files[verify.MANIFEST] = verify.listing(hashes)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)
    return Packed(sink.getvalue(), hashlib.sha256(files[verify.MANIFEST]).hexdigest(), len(files))


def _files(run: Assessment) -> Named:
    year, tree = run.snapshot.year, ledger()
    runs = list(Assessment.objects.filter(snapshot__year=year).select_related("snapshot__year").order_by("number"))
    yield from _words(run, runs)
    yield "verify.py", Path(verify.__file__).read_bytes()
    yield "metadata.json", _json(_metadata(run, tree))
    yield "result.pdf", official_pdf(paper_of(run))
    for each in runs:
        yield f"runs/{each.number}/scores.csv", tables.scores(each)
        yield f"runs/{each.number}/lines.csv", tables.lines(each)
        yield f"runs/{each.number}/run.json", _json(_run(each))
    yield "objections.csv", tables.objections(year)
    yield "consequences.csv", tables.consequences(run)
    yield from _snapshots(year)
    yield from _scheme(run)
    yield from _letters(year)
    yield from _evidence(year)
    yield "ledger/head.json", _json({"size": tree.size, "head": tree.head})
    yield "ledger/events.jsonl", events_of(tree, _things(year)).encode()


def _words(run: Assessment, runs: list[Assessment]) -> Named:
    """The first page, and in two languages how to read and check the archive."""
    shown = {"run": run, "runs": runs, "title": title_of(run), "groups": result_of(run), "rests": rests_on(run)}
    yield "index.html", render_to_string("assessment/archive.html", shown).encode()
    for language in (LANGUAGE, "en"):
        with translation.override(language):
            yield f"README.{language}.txt", render_to_string("assessment/archive_readme.html", shown).encode()


def _metadata(run: Assessment, tree: Ledger) -> dict[str, Any]:
    return {
        "standard": "in the spirit of GB/T 18894-2016",
        "title": title_of(run),
        "creator": district_name(),
        "year": run.snapshot.year.number,
        "created": timezone.localdate(run.published_at).isoformat(),
        "language": LANGUAGE,
        "retention": "permanent",
        "made_by": {"software": "Shoushan", "engine": run.engine},
        "formats": ["text/html", "text/csv", "application/json", "application/pdf", "application/vnd.apache.parquet"],
        "scheme": {"key": run.scheme, "version": run.scheme_version, "sha256": run.scheme_sha256},
        "snapshot_sha256": run.snapshot.sha256,
        "ledger": {"size": tree.size, "head": tree.head},
        "ledger_at_publication": {"size": run.ledger_size, "head": run.ledger_head},
        "check": "python3 verify.py",
    }


def _run(run: Assessment) -> dict[str, Any]:
    return {
        "number": run.number,
        "scheme": run.scheme,
        "version": run.scheme_version,
        "scheme_sha256": run.scheme_sha256,
        "engine": run.engine,
        "snapshot": run.snapshot.number,
        "snapshot_sha256": run.snapshot.sha256,
        "run_at": run.run_at.isoformat(),
        "announced_at": run.announced_at.isoformat() if run.announced_at else None,
        "published_at": run.published_at.isoformat() if run.published_at else None,
        "cause": run.snapshot.cause,
        "corrected": run.snapshot.corrected,
    }


def _snapshots(year: Year) -> Named:
    for snapshot in year.snapshots.order_by("number"):
        yield f"snapshots/{snapshot.number}.parquet", file_of(snapshot).read_bytes()
        yield f"snapshots/{snapshot.number}.csv", tables.facts(facts_in(snapshot))


def _scheme(run: Assessment) -> Named:
    """The scheme's own files; the run's hash is that of scheme.yaml."""
    folder = scheme_of(run).folder
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        yield f"scheme/{file.relative_to(folder).as_posix()}", file.read_bytes()


def _letters(year: Year) -> Named:
    for letter in Letter.objects.filter(year=year).exclude(state=Letter.State.DRAFT).select_related("unit", "year"):
        yield f"letters/{letter.unit.code}.pdf", letter_pdf(letter_paper(letter))


def _evidence(year: Year) -> Named:
    """What stood beside the objections; a sealed file stays sealed and is not taken along."""
    ids = Objection.objects.of_year(year).values_list("pk", flat=True)
    files = Evidence.objects.about_all(Objection, ids).standing().select_related("file")
    for each in files.filter(file__is_sealed=False):
        yield f"evidence/objection-{each.subject_id}/{each.pk}-{Path(each.name).name}", path_of(each.file).read_bytes()


def _things(year: Year) -> Iterator[Ledgered]:
    """Whatever of the year the ledger's proofs are taken along for."""
    runs = Assessment.objects.filter(snapshot__year=year)
    yield from Snapshot.objects.filter(year=year)
    yield from runs
    yield from Score.objects.filter(assessment__in=runs)
    yield from ScoreLine.objects.filter(score__assessment__in=runs)
    yield from Consequence.objects.filter(score__assessment__in=runs)
    yield from Objection.objects.of_year(year)
    yield from Answer.objects.filter(objection__line__score__assessment__in=runs)
    yield from Letter.objects.filter(year=year)
    yield from AnnexLine.objects.filter(letter__year=year)
    yield from Signature.objects.filter(letter__year=year)
    yield from Amendment.objects.filter(letter__year=year)


def _json(said: dict[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
