"""The archive of a year opens and is checked without this program; whatever was changed in it is found."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.archive import verify
from shoushan.assessment.archive.packing import Packed, pack
from shoushan.assessment.archive.proofs import ledger
from shoushan.assessment.command import main
from shoushan.assessment.models import Assessment, ScoreLine
from shoushan.assessment.queries.effects import Correction
from shoushan.core.testing import code_of
from shoushan.evidence import actions as evidence
from shoushan.ledger.actions import sequence
from shoushan.ledger.canonical import root_hash
from shoushan.ledger.models import Event, Leaf
from shoushan.letters import actions as letters
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.returns.testing import District

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, tzinfo=UTC)
AFTER = datetime(2027, 1, 13, 8, tzinfo=UTC)


@pytest.fixture
def final(assessment: Assessment, district: District) -> Assessment:
    """A year with two objections, one accepted and one not, appealed and not accepted again."""
    run = actions.announce(assessment, at=NOW, by=district.assessor)
    jobs, returns = ScoreLine.objects.filter(score__assessment=run, score__unit__code="hexi")
    first = actions.object_to(jobs, "少算了300人", at=NOW, by=district.reporter)
    second = actions.object_to(returns, "并未迟报", at=NOW, by=district.reporter)
    evidence.add(first, "姓名\n".encode(), "花名册.csv", by=district.reporter)
    actions.refuse(second, "系统记录为准", at=NOW, by=district.supervisor)
    actions.appeal(second, "系统停机", at=NOW, by=district.reporter)
    actions.refuse(second, "当日系统正常", at=NOW, by=district.leader)
    right = Correction("hexi", "jobs.actual", Decimal(1500))
    answer = actions.accept(first, "属实", right, tried_on=1, at=NOW, by=district.supervisor)
    assert answer.run is not None
    published = actions.publish(answer.run, at=AFTER, by=district.assessor)
    sequence()  # what PostgreSQL does a moment after each commit
    return published


@pytest.fixture
def archived(final: Assessment, district: District) -> bytes:
    return actions.archive(district.year, by=district.assessor).content


@pytest.fixture(scope="module")
def made() -> list[bytes]:
    """The archive, once there is one: a year is more work than anything that is tried on its archive."""
    return []


@pytest.fixture
def folder(made: list[bytes], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An archive unpacked, whose year is gone."""
    if not made:
        made.append(request.getfixturevalue("archived"))
    return unpacked(made[0], tmp_path / "archive")


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        opened.extractall(folder)
    return folder


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """By the archive's own script alone, with nothing of this program in reach."""
    bare = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "-I", str(folder / "verify.py")]
    return subprocess.run(command, capture_output=True, text=True, env=bare, cwd=folder)


def test_the_archive_is_checked_by_its_own_script(folder: Path) -> None:
    done = checked(folder)

    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "metadata.json",
        "objections.csv",
        "result.pdf",
        "runs/2/lines.csv",
        "scheme/scheme.yaml",
        "snapshots/1.parquet",
        "ledger/events.jsonl",
        "manifest.json",
    ],
)
def test_one_changed_byte_is_found(folder: Path, name: str) -> None:
    file = folder / name
    content = bytearray(file.read_bytes())
    content[-3] ^= 1  # still a character, so that the file can be read
    file.write_bytes(bytes(content))

    assert verify.main([str(folder)]) == 1
    assert any(fault.startswith(name) for fault in verify.wrong_files(verify.read(folder)))


def listed_anew(folder: Path) -> verify.Files:
    """As somebody would do it who knows of the list."""
    files = verify.read(folder)
    manifest = json.loads(files["manifest.json"])
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in manifest["files"]}
    return {**files, "manifest.json": verify.listing(hashes)}


def test_points_that_were_raised_together_with_the_list_are_held_against_the_ledger(folder: Path) -> None:
    table = folder / "runs/2/scores.csv"
    table.write_bytes(table.read_bytes().replace(b"94.3800", b"99.3800"))
    files = listed_anew(folder)

    assert list(verify.wrong_files(files)) == []
    (fault,) = verify.wrong_rows(files)
    assert "the ledger says 94.38" in fault


def test_an_event_or_a_snapshot_that_was_changed_with_the_list_is_found(folder: Path) -> None:
    events = folder / "ledger/events.jsonl"
    events.write_bytes(events.read_bytes().replace(b"94.38", b"99.38"))
    (folder / "snapshots/1.parquet").write_bytes(b"PAR1")
    files = listed_anew(folder)

    assert "does not lead to the head" in next(verify.wrong_events(files))
    assert "snapshots/1.parquet: not the file that was frozen" in list(verify.wrong_rows(files))


def test_a_list_in_another_order_is_no_list_of_ours(folder: Path) -> None:
    files = verify.read(folder)
    hashes = json.loads(files["manifest.json"])["files"]
    files["manifest.json"] = verify.listing(dict(reversed(hashes.items()))).replace(b" ", b"  ")

    assert list(verify.wrong_files(files)) == ["manifest.json: changed"]


def test_a_file_too_many_and_a_file_too_few_are_found(folder: Path) -> None:
    (folder / "extra.txt").write_text("x")
    (folder / "result.pdf").unlink()

    assert list(verify.wrong_files(verify.read(folder))) == ["result.pdf: missing", "extra.txt: not in the list"]


def test_it_says_the_whole_year_and_the_ledger_knows_its_hash(archived: bytes, tmp_path: Path) -> None:
    folder = unpacked(archived, tmp_path / "archive")
    names = set(verify.read(folder))

    assert {"index.html", "README.zh-hans.txt", "README.en.txt", "runs/1/run.json", "snapshots/2.csv"} <= names
    assert any(name.startswith("evidence/objection-") for name in names)
    objections = (folder / "objections.csv").read_text(encoding="utf-8-sig")
    assert "少算了300人" in objections
    assert "当日系统正常" in objections
    assert "河西街道" in (folder / "index.html").read_text(encoding="utf-8")
    assert "手工核对" in (folder / "README.zh-hans.txt").read_text(encoding="utf-8")
    said = json.loads((folder / "metadata.json").read_bytes())
    assert (said["creator"], said["year"], said["retention"]) == ("首善区", 2026, "permanent")
    body = json.loads(bytes(Event.objects.get(verb="archived").body))
    assert body["reason"] == f"SHA-256 {hashlib.sha256((folder / 'manifest.json').read_bytes()).hexdigest()}"


def test_letters_go_along_as_papers_and_drafts_do_not(final: Assessment, district: District) -> None:
    for unit in (district.hexi, district.hedong):
        make_person(unit, "head", login=f"head-{unit.code}")
    office, day = district.supervisor, date(2026, 3, 5)
    basis = letters.add_basis(title="办法", number="1号", dated_on=day, approver="区委", by=office)
    letters.draft(district.year, district.hedong, by=office)
    letters.issue(letters.draft(district.year, district.hexi, basis=basis, by=office), on=day, by=office)

    assert [name for name in names(pack(final)) if name.startswith("letters/")] == ["letters/hexi.pdf"]


def names(packed: Packed) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(packed.content)).namelist()


def test_the_same_year_gives_the_same_bytes(final: Assessment) -> None:
    assert pack(final).content == pack(final).content


def test_the_proofs_lead_to_the_ledgers_own_head(final: Assessment) -> None:
    tree = ledger()

    assert tree.head == root_hash([bytes(leaf) for leaf in Leaf.objects.values_list("hash", flat=True)]).hex()


def test_a_year_without_a_final_result_is_not_put_away(assessment: Assessment, district: District) -> None:
    assert code_of(actions.archive, district.year, by=district.assessor) == "archive.not_final"


def test_the_command(final: Assessment, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "year.zip"

    assert main(["2026", str(file)]) == 0
    assert verify.main([str(file)]) == 0
    assert "SHA-256 of manifest.json" in capsys.readouterr().out
    assert main(["1999", str(file)]) == 1


def test_the_command_says_why_not(assessment: Assessment, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["2026", str(tmp_path / "year.zip")]) == 1
    assert "no final result" in capsys.readouterr().err


def test_the_button(client: Client, final: Assessment, district: District, settings: Settings) -> None:
    client.force_login(district.assessor, BACKEND)
    assert "/assessment/2026/archive/" in client.get("/assessment/2026/").content.decode()

    led_to = client.post("/assessment/2026/archive/")["Location"]
    got = b"".join(client.get(led_to))

    assert got.startswith(b"PK")
    client.force_login(district.leader, BACKEND)
    assert client.post("/assessment/2026/archive/").status_code == 403
