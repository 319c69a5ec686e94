from pathlib import Path

from shoushan.core.files import keep_whole


def test_a_file_is_kept_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "a.bin"
    keep_whole(file, b"1")
    keep_whole(file, b"2")

    assert file.read_bytes() == b"2"
    assert [each.name for each in file.parent.iterdir()] == ["a.bin"]
