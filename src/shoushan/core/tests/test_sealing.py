"""What is sealed opens with its key at its place, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from shoushan.core.errors import Refusal
from shoushan.core.sealing import Key, Ring

PLACE = "petitions.identity|7|name"


def code_of(action: object, *given: object) -> str:
    with pytest.raises(Refusal) as refused:
        action(*given)  # type: ignore[operator]
    assert str(refused.value)
    return refused.value.code


def test_the_same_words_are_sealed_differently_each_time() -> None:
    key = Key.new()
    first, second = (key.seal("王".encode(), PLACE) for _ in range(2))
    assert first != second
    assert key.open(first, PLACE).decode() == key.open(second, PLACE).decode() == "王"


def test_moved_ciphertext_does_not_open() -> None:
    key = Key.new()
    assert code_of(key.open, key.seal(b"a", PLACE), "petitions.identity|8|name") == "sealed.altered"


@pytest.mark.parametrize("place", [5, 17, -1])
def test_an_altered_byte_does_not_open(place: int) -> None:
    key = Key.new()
    sealed = bytearray(key.seal(b"a", PLACE))
    sealed[place] ^= 1
    assert code_of(key.open, bytes(sealed), PLACE) == "sealed.altered"


@pytest.mark.parametrize("sealed", [b"", b"1234", b"x" * 20])
def test_what_no_key_of_ours_sealed_is_refused_in_words(sealed: bytes) -> None:
    assert code_of(Key.new().open, sealed, PLACE) == "sealed.other_key"


def test_cut_ciphertext_is_refused() -> None:
    key = Key.new()
    assert code_of(key.open, key.id + b"short", PLACE) == "sealed.altered"


def test_a_wrong_master_key_is_refused_and_never_blank() -> None:
    wrapped = Ring.new().wrap(Key.new(), PLACE)
    assert code_of(Ring.new().unwrap, wrapped, PLACE) == "sealed.other_key"


def test_a_turned_ring_opens_the_old_and_seals_with_the_new() -> None:
    ring, key = Ring.new(), Key.new()
    turned = ring.turned()
    old, new = ring.wrap(key, PLACE), turned.wrap(key, PLACE)

    assert turned.unwrap(old, PLACE).secret == turned.unwrap(new, PLACE).secret == key.secret
    assert (turned.is_present(old), turned.is_present(new)) == (False, True)
    assert code_of(turned.present_alone().unwrap, old, PLACE) == "sealed.other_key"


def test_marks_are_alike_for_like_words_and_one_ring_alone() -> None:
    ring = Ring.new()
    assert ring.mark_of(["a", "bc"]) == ring.turned().mark_of(["a", "bc"])
    assert ring.mark_of(["a", "bc"]) != ring.mark_of(["ab", "c"])
    assert ring.mark_of(["a"]) != Ring.new().mark_of(["a"])


def test_secrets_are_not_shown_by_accident() -> None:
    ring = Ring.new()
    assert ring.masters[0].secret.hex() not in repr(ring)
    assert ring.marks.hex() not in repr(ring)


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "petitions.keys"
    ring = Ring.made(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert Ring.made(path) == Ring.read(path) == ring
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_missing_open_or_spoilt_key_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "petitions.keys"
    assert code_of(Ring.read, path) == "sealed.no_keys"
    Ring.made(path)
    path.chmod(0o640)
    assert code_of(Ring.read, path) == "sealed.keys_open"
    for text in ("", "master zz\nmarks 00\n", "master\n", f"marks {'0' * 64}\n"):
        path.chmod(0o600)
        path.write_text(text, encoding="ascii")
        assert code_of(Ring.read, path) == "sealed.keys_spoilt"


def test_a_kept_ring_replaces_the_former_one(tmp_path: Path) -> None:
    path = tmp_path / "petitions.keys"
    turned = Ring.made(path).turned()
    turned.keep(path)
    assert Ring.read(path) == turned
    assert path.stat().st_mode & 0o777 == 0o600
