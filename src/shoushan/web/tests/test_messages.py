from pathlib import Path

import pytest

from shoushan.web import messages

PACKAGES = sorted(messages.extract())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_of_a_package_is_said_in_both_scripts(package: str) -> None:
    assert list(messages.check([package])) == []


@pytest.fixture
def little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source with one package that says four things and one translation that is right."""
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    package = tmp_path / "letters"
    package.mkdir()
    (package / "apps.py").write_text("", encoding="utf-8")
    (package / "actions.py").write_text(
        '_("Sign")\nngettext("%(n)s letter", "%(n)s letters", n)\npgettext("of a letter", "Part")\nmark(name)\n',
        encoding="utf-8",
    )
    (package / "page.html").write_text(
        '{% load i18n %}\n   <p>{% translate "Sign" %} {% blocktranslate trimmed %}Signed\n'
        "   by {{ who }}{% endblocktranslate %}</p>",
        encoding="utf-8",
    )
    for script in messages.SCRIPTS:
        po = package / "locale" / script / "LC_MESSAGES" / "django.po"
        po.parent.mkdir(parents=True)
        po.write_text(messages.HEADER.format(script=script) + '\nmsgid "Sign"\nmsgstr "签署"\n', encoding="utf-8")
    return package


def write(package: Path, entries: str) -> None:
    for script in messages.SCRIPTS:
        po = package / "locale" / script / "LC_MESSAGES" / "django.po"
        po.write_text(messages.HEADER.format(script=script) + entries, encoding="utf-8")


def test_sentences_are_found_in_code_and_templates(little: Path) -> None:
    found = messages.extract()["letters"]

    assert {(said.context, said.text, said.plural) for said in found} == {
        ("", "Sign", ""),
        ("", "%(n)s letter", "%(n)s letters"),
        ("of a letter", "Part", ""),
        ("", "Signed by %(who)s", ""),
    }


def test_what_is_missing_comes_as_entries_to_fill_in(little: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = messages.messages_main(["missing", "letters"])

    printed = capsys.readouterr().out
    assert status == 0
    assert 'msgid "%(n)s letter"\nmsgid_plural "%(n)s letters"\nmsgstr[0] ""' in printed
    assert 'msgctxt "of a letter"\nmsgid "Part"' in printed
    assert 'msgid "Sign"' not in printed


def test_missing_entries_are_appended_once(little: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages.messages_main(["add", "letters"])

    assert "letters zh_Hans: 3 added" in capsys.readouterr().out
    assert len(messages.check(["letters"]).missing) == 6


def test_a_translation_that_repeats_its_source_or_loses_a_place_is_a_fault(little: Path) -> None:
    write(
        little,
        '\nmsgid "Sign"\nmsgstr "Sign"\n\nmsgid "PDF"\nmsgstr "PDF"\n'
        '\nmsgid "%(n)s letter"\nmsgid_plural "%(n)s letters"\nmsgstr[0] "封"\n',
    )

    faults = messages.check()

    assert faults.identical == ["letters zh_Hans 'Sign'", "letters zh_Hant 'Sign'"]
    assert len(faults.places) == 2


def test_one_sentence_has_one_translation_everywhere(little: Path) -> None:
    other = little.parent / "plans" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    other.parent.mkdir(parents=True)
    other.write_text(messages.HEADER.format(script="zh_Hans") + '\nmsgid "Sign"\nmsgstr "签字"\n', encoding="utf-8")

    assert messages.check(["plans"]).differing == ["zh_Hans 'Sign': letters '签署', plans '签字'"]
    assert messages.check(["returns"]).differing == []


def test_catalogues_are_compiled_only_when_stale(little: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages.messages_main(["compile"])
    messages.messages_main(["compile"])

    assert capsys.readouterr().out == "compiled 2\ncompiled 0\n"
    assert (little / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo").stat().st_size


def test_the_command_answers_with_its_status(little: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.messages_main(["check"]) == 1
    assert messages.messages_main(["help"]) == 2
    messages.messages_main(["add", "letters"])
    write(
        little,
        '\nmsgid "Sign"\nmsgstr "签署"\n\nmsgid "%(n)s letter"\nmsgid_plural "%(n)s letters"\nmsgstr[0] "%(n)s封"\n'
        '\nmsgctxt "of a letter"\nmsgid "Part"\nmsgstr "部分"\n\nmsgid "Signed by %(who)s"\nmsgstr "%(who)s签署"\n',
    )
    assert messages.messages_main(["check", "letters"]) == 0
    assert messages.messages_main(["add", "letters"]) == 0
