import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static" / "web"
TEMPLATES = sorted(Path(__file__).parent.parent.parent.rglob("templates/**/*.html"))


def test_styles_stay_within_forty_kilobytes() -> None:
    assert sum(file.stat().st_size for file in STATIC.glob("*.css")) <= 40 * 1024


def test_our_own_scripts_stay_within_five_hundred_lines() -> None:
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in STATIC.glob("*.js")) <= 500


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_holds_styles_or_scripts(template: Path) -> None:
    written = template.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|<script(?![^>]*src=)|\son[a-z]+=\"", written)


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.js")), ids=lambda file: file.name)
def test_scripts_neither_build_html_nor_run_text(file: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|new Function", file.read_text(encoding="utf-8")
    )
