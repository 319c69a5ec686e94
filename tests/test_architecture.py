"""The rules of CONTRIBUTING.md that a program can hold: each test names one."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "shoushan"
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")

# The reader's vocabulary is Chinese by nature. Elsewhere a line that works on Chinese words, instead of saying them,
# gives its reason in a comment: `# han: the headings of published tables`.
# reading takes Chinese documents apart, and formulas have Chinese names
WORKS_ON_CHINESE = ("reading/", "scoring/formulas/")
REASON = "# han: "
SAYS_NOTHING_OF_ITS_CONTENT = {
    "utils",
    "helpers",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
    "info",
}
MOST_SCRIPT_LINES = 500


def modules() -> list[Path]:
    """The product's own modules, without tests, the makers for tests, and generated migrations."""
    apart = {"tests", "testing.py", "migrations"}
    return [file for file in sorted(SOURCE.rglob("*.py")) if not apart & set(file.parts)]


def templates() -> list[Path]:
    return sorted(SOURCE.glob("**/templates/**/*.*"))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def place(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def docstrings(module: ast.Module) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


def sentences(file: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are not documentation."""
    told = docstrings(tree(file))
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_what_python_says_is_english_and_translated() -> None:
    found = [
        f"{place(file)}:{line}: {text[:40]}"
        for file in modules()
        if not place(file).startswith(WORKS_ON_CHINESE)
        for line, text in sentences(file)
        if CHINESE.search(text) and not gives_reason(file, line)
    ]

    assert found == []


def gives_reason(file: Path, line: int) -> bool:
    """Whether the line, or the comment above it, says why there is Chinese in it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return any(REASON in text for text in lines[max(line - 2, 0) : line])


def test_what_templates_say_is_english_and_translated() -> None:
    found = [
        f"{place(file)}:{number}"
        for file in templates()
        for number, line in enumerate(without_comments(file.read_text(encoding="utf-8")).splitlines(), 1)
        if CHINESE.search(line)
    ]

    assert found == []


def without_comments(template: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", template, flags=re.DOTALL)


def test_templates_hold_no_script_and_no_style_of_their_own() -> None:
    # the content security policy would refuse them in the browser, where nobody is told
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    found = [
        f"{place(file)}: {hit[0]}"
        for file in templates()
        if file.suffix == ".html"
        for hit in inline.finditer(without_comments(file.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_our_scripts_stay_small() -> None:
    scripts = [file for file in SOURCE.glob("**/static/**/*.js") if ".min." not in file.name]
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in scripts)

    assert lines <= MOST_SCRIPT_LINES


def test_every_module_is_named_after_what_it_holds() -> None:
    assert [place(file) for file in modules() if file.stem in SAYS_NOTHING_OF_ITS_CONTENT] == []


def test_nothing_happens_by_signals() -> None:
    found = [
        place(file)
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith((".signals", "django.dispatch"))
    ]

    assert found == []


def test_no_model_changes_what_saving_means() -> None:
    found = [
        f"{place(file)}: {cls.name}"
        for file in modules()
        for cls in ast.walk(tree(file))
        if isinstance(cls, ast.ClassDef)
        for part in cls.body
        if isinstance(part, ast.FunctionDef) and part.name == "save"
    ]

    assert found == []


def test_no_rule_reads_the_clock() -> None:
    # the request's moment is taken once, in these; everything else is told `on=` or `at=`
    takes_the_time = ("web/clock.py", "ledger/moment.py", "config/")
    clocks = {
        "timezone.now()",
        "date.today()",
        "datetime.now",
        "datetime.utcnow()",
        "datetime.today()",
        "timezone.localdate()",
    }
    found = [
        f"{place(file)}:{node.lineno}: {ast.unparse(node)}"
        for file in modules()
        if not place(file).startswith(takes_the_time)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and {ast.unparse(node), ast.unparse(node.func)} & clocks
    ]

    assert found == []


def test_nothing_is_left_to_be_done_later() -> None:
    # spelt apart, so that this file does not find itself
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    files = [*modules(), *templates(), *sorted((ROOT / "tools").glob("*.py"))]
    found = [file.name for file in files if later.search(file.read_text(encoding="utf-8"))]

    assert found == []


def test_every_dependency_gives_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    block = lines[start + 1 : lines.index("]", start)]
    bare = [line.strip() for above, line in zip(["", *block], block, strict=False) if is_bare(above, line)]

    assert block
    assert bare == []


def is_bare(above: str, line: str) -> bool:
    return line.strip().startswith('"') and not above.strip().startswith("#")


def test_the_checks_run_on_the_versions_that_are_delivered() -> None:
    delivered, checked = pins("default"), pins("check")

    assert delivered
    assert {name: version for name, version in delivered.items() if checked.get(name) != version} == {}


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", text, flags=re.MULTILINE))


def test_every_locked_package_carries_its_digest() -> None:
    for lock in ("uv", "default", "check"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")

        bare = [name for name, rest in re.findall(r"^([\w.-]+)\S*==\S+(.*)$", text, re.MULTILINE) if "\\" not in rest]

        assert bare == [], lock


def test_the_default_install_holds_no_copyleft() -> None:
    # psycopg is LGPL: whoever runs PostgreSQL chooses it (the extra `postgres`)
    assert "psycopg" not in pins("default")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any("psycopg" in name for name in project["optional-dependencies"]["postgres"])


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    # spelt apart, so that this file does not find itself
    names = (
        "python" + "hosted",
        "pypi." + "org/simple",
        "/wo" + "rk/",
        "/ro" + "ot/",
        "/ho" + "me/",
        "find-" + "links",
    )
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = [
        f"{name} in {path}"
        for path in told.split("\0")
        if path and (ROOT / path).is_file() and (text := readable(ROOT / path))
        for name in names
        if name in text
    ]

    assert found == []


def readable(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_every_decision_is_listed_and_has_its_four_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    parts = ("## Context", "## Decision", "## Consequences", "## We looked at")

    for page in sorted(folder.glob("[0-9]*.md")):
        text = page.read_text(encoding="utf-8")
        assert f"({page.name})" in listed, page.name
        assert [part for part in parts if part not in text] == [], page.name
