"""The schemes that were published for a year (考核办法): YAML files beside the program, read when a page needs one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from shoushan.assessment.models import SchemeDraft
from shoushan.core.files import keep_whole
from shoushan.scoring import Scheme, load_scheme


@dataclass(frozen=True, slots=True)
class Published:
    """A scheme and the folder it stands in."""

    folder: Path
    scheme: Scheme


def schemes_of(number: int) -> list[Published]:
    """The schemes published for a year, by their names."""
    return [each for each in all_schemes() if each.scheme.scores_year == number]


def all_schemes() -> list[Published]:
    """Every published scheme, whether it came as a file or was drafted in the browser."""
    files = sorted(Path(settings.SCHEMES).glob("*/scheme.yaml"))
    drafted = [files_of(draft) / "scheme.yaml" for draft in SchemeDraft.objects.published().order_by("key")]
    return [Published(file.parent, _read(file, file.stat().st_mtime_ns)) for file in [*files, *drafted]]


def files_of(draft: SchemeDraft) -> Path:
    """The folder of a scheme that was published in the browser: the same two files as any other's, by its hash."""
    folder = Path(settings.DATA) / "schemes" / draft.sha256
    for name, text in (("cases.yaml", draft.cases), ("scheme.yaml", draft.text)):
        if not (folder / name).exists():
            keep_whole(folder / name, text.encode())
    return folder


@lru_cache(maxsize=32)
def _read(file: Path, changed_at: int) -> Scheme:
    """A file is read again once it has changed."""
    return load_scheme(file)
