from pathlib import Path

import pytest

from shoushan.config.databases import database


def test_without_an_address_the_data_lie_in_sqlite_with_every_commit_synced() -> None:
    settings = database("", Path("x.sqlite3"))

    assert settings["ENGINE"].endswith("sqlite3")
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_connection_serves_more_than_one_page() -> None:
    assert database("", Path("x.sqlite3"))["CONN_MAX_AGE"] > 0
    assert database("postgres://db/district", Path("x"))["CONN_MAX_AGE"] > 0


def test_a_postgres_address_is_taken_apart() -> None:
    settings = database("postgres://an:pa%40ss@db.local:5433/district", Path("x"))

    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("an", "pa@ss", "district")
    assert (settings["HOST"], settings["PORT"]) == ("db.local", "5433")


def test_a_socket_folder_may_stand_in_the_query() -> None:
    settings = database("postgresql:///district?host=/run/pg", Path("x"))

    assert settings["HOST"] == "/run/pg"


def test_any_other_address_is_refused() -> None:
    with pytest.raises(ValueError, match="postgres://"):
        database("mysql://x/y", Path("x"))
