"""The school division agrees with exact integers on every sign and size it promises."""

from __future__ import annotations

import random
import sqlite3
from decimal import Decimal
from typing import Any

import ibis
import pytest
import sqlglot

from shoushan.scoring.arithmetic import GRAIN, LARGEST_DENOMINATOR, places, product, rewritten, whole


def test_a_product_over_a_denominator_is_exact() -> None:
    chance = random.Random(7)
    factors = [20 * GRAIN, 1000 * GRAIN, 12345678901234, 0, 7]
    rows = []
    for number in range(2000):
        bottom = chance.choice([1, 3, LARGEST_DENOMINATOR, chance.randint(1, LARGEST_DENOMINATOR)])
        rows.append((number, chance.choice(factors), chance.randint(-bottom, 1000 * bottom), bottom))
    given = ibis.table({"row": "int64", "by": "int64", "top": "int64", "bottom": "int64"}, name="given")
    found = product(given.by, given.top, given.bottom)
    tree: Any = sqlglot.parse_one(
        ibis.to_sql(given.select("row", value=found.value, rest=found.rest), dialect="sqlite"), dialect="sqlite"
    )
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE given (row, 'by', top, bottom)")
    connection.executemany("INSERT INTO given VALUES (?, ?, ?, ?)", rows)

    answers = {row[0]: row[1:] for row in connection.execute(rewritten(tree, "sqlite").sql("sqlite"))}
    connection.close()

    for number, by, top, bottom in rows:
        assert answers[number] == (by * top // bottom, int(by * top % bottom != 0))


def test_a_decimal_that_does_not_end_in_time_is_no_whole_number() -> None:
    with pytest.raises(ValueError, match="more than 1 decimals"):
        whole(Decimal("0.25"), 1)


def test_what_is_not_finite_has_no_places() -> None:
    with pytest.raises(ValueError, match="finite"):
        places(Decimal("Infinity"))
