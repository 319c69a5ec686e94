"""Sums over windows become sums over groups, and the rows stay the same."""

from __future__ import annotations

import sqlite3

import pytest
import sqlglot

from shoushan.scoring.regrouping import regrouped

VALUES = "WITH given(a, b, c) AS (VALUES (1, 1, 10), (1, 2, 20), (2, 2, 5))"
OVER_A = "OVER (PARTITION BY given.a)"
WINDOWS = (
    f"SELECT given.a, given.c, SUM(given.c) {OVER_A} AS s, MAX(given.c) {OVER_A} AS m, "
    "COUNT(given.c) OVER (PARTITION BY given.b) AS n"
)


def _rows(query: str) -> list[tuple[int, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        return sorted(connection.execute(query).fetchall())
    finally:
        connection.close()


def test_windows_without_an_order_become_groups_with_the_same_rows() -> None:
    query = f"{VALUES}, line AS ({WINDOWS} FROM given AS given) SELECT * FROM line AS line"

    found = regrouped(sqlglot.parse_one(query, dialect="sqlite")).sql("sqlite")

    assert "OVER" not in found
    assert found.count("GROUP BY") == 2
    assert _rows(found) == _rows(query) == [(1, 10, 30, 20, 1), (1, 20, 30, 20, 2), (2, 5, 5, 5, 2)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 AS a",
        f"{VALUES}, line AS (SELECT a, RANK() OVER (PARTITION BY a ORDER BY c) AS r FROM given) SELECT * FROM line",
    ],
)
def test_what_has_no_such_window_stays_as_it_is(query: str) -> None:
    assert regrouped(sqlglot.parse_one(query)).sql() == sqlglot.parse_one(query).sql()
