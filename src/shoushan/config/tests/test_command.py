import pytest

from shoushan.config import command


def test_without_a_word_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    assert "ledger" in capsys.readouterr().err


def test_help_is_no_mistake() -> None:
    assert command.main(["--help"]) == 0


def test_a_word_runs_its_part_of_the_product(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["scheme", "check"]) == 0
    assert capsys.readouterr().out
