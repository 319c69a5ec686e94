"""Many records for measurements, and a process of its own with a database of its own to measure in."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from tools import serving
from tools.environment import PYTHON, ROOT, SHOUSHAN

SEED = 20260226
AT_ONCE = 5_000


@contextmanager
def fresh(database: str = "") -> Iterator[dict[str, str]]:
    """The environment of a new, empty district; ``database`` is a PostgreSQL address, else SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, **serving.settings_of(Path(folder), serving.DEMONSTRATION), "DATABASE_URL": database}
        subprocess.run([str(SHOUSHAN), "manage", "migrate", "-v", "0"], env=settings, cwd=ROOT, check=True)
        yield settings


def in_process(settings: dict[str, str], module: str, *words: str) -> dict[str, Any]:
    """What ``module`` prints as JSON, run in a process of its own."""
    command = [str(PYTHON), "-m", module, *words]
    done = subprocess.run(command, env=settings, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def ready() -> Any:
    """Django set up and the district founded; who enters investment deals there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from shoushan.config.demonstration.district import found
    from shoushan.orgs.models import Person

    if not Person.objects.exists():
        found()
    return Person.objects.get(login="demo-investment")


def fill(count: int) -> None:
    """So many deals, straight into the table: what is measured is reading them."""
    by = ready()
    from django.db import connection
    from django.utils import timezone

    from shoushan.lines.investment.line import deals
    from shoushan.lines.investment.models import Deal
    from shoushan.orgs.models import Unit
    from shoushan.registers.actions.records import words_of

    dice, units, at = random.Random(SEED), list(Unit.objects.all()), timezone.now()
    industries, stages = Deal.Industry.values, Deal.Stage.values
    for start in range(0, count, AT_ONCE):
        made = [
            Deal(
                unit=dice.choice(units), name=f"物流项目{start + number}号", investor=f"北辰{dice.randrange(9999)}",
                home="澄州市", industry=dice.choice(industries[:2]), stage=dice.choice(stages), entered_by=by,
                entered_at=at, agreed_yuan=dice.randrange(1, 99) * 1_000_000, land=f"{number}号地块",
                signed_on=date(2026, 1, 1 + number % 28).isoformat(),
            )
            for number in range(min(AT_ONCE, count - start))
        ]  # fmt: skip
        for deal in made:
            deal.search_words = words_of(deals, deal)
        Deal.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[1]))
