"""The commands ``shoushan score`` and ``shoushan scheme check``: scoring alone, on files."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.scoring.cases import differences, load_cases
from shoushan.scoring.checking import findings
from shoushan.scoring.comparing import compare
from shoushan.scoring.dumping import dumped
from shoushan.scoring.engines import ENGINES, compiled
from shoushan.scoring.facts import Facts
from shoushan.scoring.loading import line_at, lines_of, load_scheme, read_yaml
from shoushan.scoring.readable import readable
from shoushan.scoring.results import Result, UnitResult
from shoushan.scoring.robustness import firmness, step_up
from shoushan.scoring.running import run
from shoushan.scoring.schema import json_schema
from shoushan.scoring.scheme import Scheme
from shoushan.scoring.snapshots import score_snapshot
from shoushan.scoring.versions import compared
from shoushan.scoring.whatif import what_if
from shoushan.scoring.wording import LANGUAGES, language_of, say, say_refusal
from shoushan.scoring.writing import number as number_of

REFUSED = 2


def score_main(argv: Sequence[str]) -> int:
    """Score units by a scheme: totals and ranks, or one unit's lines with their reasons."""
    parser = argparse.ArgumentParser(prog="shoushan score", description=score_main.__doc__)
    parser.add_argument("scheme", metavar="SCHEME", help="a scheme's file or its folder")
    parser.add_argument("facts", metavar="FACTS", help="facts: CSV (unit,group,fact,value), YAML by unit, or Parquet")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
    parser.add_argument("--json", action="store_true", help="print the whole run as JSON")
    parser.add_argument("--explain", metavar="UNIT", help="print every line of one unit with its reason")
    parser.add_argument("--out", metavar="FOLDER", type=Path, help="score Parquet facts by columns and write Parquet")
    parser.add_argument("--firm", metavar="SEED", type=int, help="how firm the ranks are, in draws of this seed")
    parser.add_argument(
        "--what-if", metavar="WHAT=NUMBER", action="append", help="UNIT/FACT=VALUE, or RULE or SECTION=WEIGHT; again"
    )
    parser.add_argument("--language", choices=sorted(LANGUAGES), default=language_of(os.environ))
    given = parser.parse_args(argv)
    try:
        scheme = load_scheme(given.scheme)
        compile_once(scheme, given.engine, os.environ)
        if given.out:
            return _written(scheme, Path(given.facts), given.out, given.language)
        if given.what_if:
            print("\n".join(_played(scheme, _facts(Path(given.facts)), given.what_if, given.engine)))
            return 0
        result = _scored(scheme, _facts(Path(given.facts)), given.engine)
        if given.json:
            print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
        elif given.explain:
            print("\n".join(_explained(scheme, _unit(result, given.explain), given.language)))
        elif given.firm is not None:
            print("\n".join(_firm(scheme, result, given.firm, given.language)))
        else:
            print("\n".join(_standings(scheme, result, given.language)))
    except Refusal as refusal:
        return _refuse(refusal, given.language)
    return 0


def scheme_main(argv: Sequence[str]) -> int:
    """Check schemes, read them out, compare two versions, write one anew, or give the schema for an editor."""
    parser = argparse.ArgumentParser(prog="shoushan scheme", description=scheme_main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check schemes and run their golden cases")
    check.add_argument("paths", metavar="PATH", nargs="*", help="schemes or folders of schemes; schemes/ by default")
    check.add_argument("--engine", choices=("duckdb", "sqlite"), default="sqlite")
    check.add_argument("--indicators", metavar="FILE", help="a list of indicators, one a line; others are pointed out")
    explain = commands.add_parser("explain", help="print a scheme as text, with its worked cases")
    compare = commands.add_parser("diff", help="what is different between two versions, in words")
    write = commands.add_parser("write", help="print a scheme anew, with every answer in its place")
    for each in (explain, compare, write):
        each.add_argument("path", metavar="SCHEME", help="a scheme's file or its folder")
    compare.add_argument("other", metavar="LATER", help="the later version")
    schema = commands.add_parser("schema", help="print the JSON Schema of schemes, for an editor")
    for each in (check, explain, compare, write, schema):
        each.add_argument(
            "--language", "--lang", choices=sorted(LANGUAGES), default=language_of(os.environ), dest="language"
        )
    given = parser.parse_args(argv)
    try:
        return _SCHEME_COMMANDS[given.command](given)
    except Refusal as refusal:
        return _refuse(refusal, given.language)


def _check(given: argparse.Namespace) -> int:
    files = _schemes([Path(path) for path in given.paths] or [Path("schemes")])
    indicators = _indicators(given.indicators) if given.indicators else frozenset()
    wrong = sum([_checked(file, given.engine, given.language, indicators) for file in files])
    return 1 if wrong else 0


def _indicators(path: str) -> frozenset[str]:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal(
            "scheme.file",
            mark("%(file)s is not there, or is not a text in UTF-8."),
            hint=mark("Give a list of indicators, one a line."),
            params={"file": path},
        ) from None
    return frozenset(line.partition(",")[0].strip() for line in text.splitlines() if line.strip())


def _explain(given: argparse.Namespace) -> int:
    path = Path(given.path)
    folder = path if path.is_dir() else path.parent
    print("\n".join(readable(load_scheme(path), load_cases(folder / "cases.yaml"), given.language)))
    return 0


def _diff(given: argparse.Namespace) -> int:
    for sentence, params in compared(load_scheme(given.path), load_scheme(given.other)):
        print(say(sentence, given.language, params))
    return 0


def _write(given: argparse.Namespace) -> int:
    print(dumped(load_scheme(given.path)), end="")
    return 0


def _schema(given: argparse.Namespace) -> int:
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0


_SCHEME_COMMANDS = {"check": _check, "explain": _explain, "diff": _diff, "write": _write, "schema": _schema}


def compile_once(scheme: Scheme, engine: str, environment: Mapping[str, str]) -> None:
    """Compile the query, or read it from the person's cache: compiling takes longer than scoring a district."""
    home = environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", tempfile.gettempdir())) / ".cache"
    with suppress(OSError):  # a cache that cannot be written only costs the time again
        compiled(scheme, engine, kept_in=Path(home) / "shoushan")


def compare_main(argv: Sequence[str]) -> int:
    """Compare two runs, each a folder with scheme.yaml and facts.csv or facts.parquet, and name every cause."""
    parser = argparse.ArgumentParser(prog="shoushan compare", description=compare_main.__doc__)
    parser.add_argument("before", metavar="RUN_A", type=Path)
    parser.add_argument("after", metavar="RUN_B", type=Path)
    parser.add_argument(
        "--corrected", metavar="UNIT/FACT", action="append", default=[], help="a corrected value; again"
    )
    parser.add_argument("--engine", choices=("duckdb", "sqlite"), default="duckdb")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default=language_of(os.environ))
    given = parser.parse_args(argv)
    corrected = [_pair(each) for each in given.corrected]
    try:
        found = compare(_case(given.before), _case(given.after), corrected=corrected, engine=given.engine)
    except Refusal as refusal:
        return _refuse(refusal, given.language)
    for unit in found.units:
        causes = [f"{say(CAUSE_WORDS[each.cause], given.language)} {_signed(each.points)}" for each in unit.effects]
        points, ranks = (" → ".join(_or_dash(each) for each in pair) for pair in (unit.points, unit.rank))
        print(f"{unit.unit}  {points}  ({ranks})  {'; '.join(causes)}".rstrip())
    return 0


CAUSE_WORDS = {
    "history": mark("units and groups"),
    "correction": mark("corrected values"),
    "fact": mark("values"),
    "rule": mark("rules"),
}


def _case(folder: Path) -> tuple[Scheme, Facts]:
    parquet = folder / "facts.parquet"
    return load_scheme(folder), _facts(parquet if parquet.is_file() else folder / "facts.csv")


def _pair(written: str) -> tuple[str, str]:
    unit, _, fact = written.rpartition("/")
    return unit, fact


def _or_dash(value: object) -> str:
    return "–" if value is None else str(value)


def _signed(points: Decimal | None) -> str:
    return "–" if points is None else f"{points:+f}"


def _written(scheme: Scheme, facts: Path, out: Path, language: str) -> int:
    """Score a snapshot by columns; how many units and lines there are."""
    if facts.suffix != ".parquet" or not facts.is_file():
        raise Refusal(
            "run.not_parquet",
            mark("%(file)s is not a snapshot in Parquet."),
            hint=mark("Give a Parquet file with unit, group, fact, value; or score without --out."),
            params={"file": str(facts)},
        )
    found = score_snapshot(scheme, facts, out=out)
    params = {"units": found.units, "lines": found.lines, "out": str(out)}
    print(say(mark("%(units)s units with %(lines)s lines are scored in %(out)s."), language, params))
    return 0


def _played(scheme: Scheme, facts: Facts, asked: list[str], engine: str) -> list[str]:
    values: dict[tuple[str, str], Decimal] = {}
    weights: dict[str, Decimal] = {}
    for each in asked:
        what, _, number = each.rpartition("=")
        try:
            value = Decimal(number)
        except ArithmeticError:
            value = Decimal("NaN")
        if not what or not value.is_finite():
            raise Refusal(
                "whatif.form",
                mark("“%(asked)s” says nothing that can be changed."),
                hint=mark("Write UNIT/FACT=5, or RULE=5."),
                params={"asked": each},
            )
        if "/" in what:
            values[_pair(what)] = value
        else:
            weights[what] = value
    found = what_if(scheme, facts, values=values, weights=weights, engine=engine)
    return [
        f"{move.unit}  {_or_dash(move.points)} → {_or_dash(move.points_if)}"
        f"  ({_or_dash(move.rank)} → {_or_dash(move.rank_if)})"
        for move in found.moves
    ]


def _firm(scheme: Scheme, result: Result, seed: int, language: str) -> list[str]:
    said = []
    for each in firmness(scheme, result, seed=seed):
        words = [say(mark("as good as tied with %(units)s"), language, {"units": ", ".join(each.tied_with)})]
        step = step_up(scheme, result, each.unit)
        if step is not None:
            params = {"label": step.label, "points": number_of(step.points), "above": step.above}
            words.append(say(mark("%(points)s points more in %(label)s would pass %(above)s"), language, params))
        words = words if each.tied_with else words[1:]
        said.append(f"{each.rank:>4}  [{each.highest}–{each.lowest}]  {each.unit}  {'; '.join(words)}".rstrip())
    return said


def _scored(scheme: Scheme, facts: Facts, engine: str) -> Result:
    if engine != "postgres":
        return run(scheme, facts, engine=engine)
    try:
        import psycopg
    except ImportError:
        raise Refusal(
            "run.no_driver",
            mark("The driver of PostgreSQL is not installed."),
            hint=mark("Install shoushan with its extra “postgres”, or choose duckdb or sqlite."),
        ) from None
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return run(scheme, facts, engine=engine)
    with psycopg.connect(address) as connection:
        return run(scheme, facts, engine=engine, connection=connection)


def _facts(path: Path) -> Facts:
    if not path.is_file():
        raise Refusal(
            "facts.file",
            mark("%(file)s is not there."),
            hint=mark("Give a CSV file with unit,group,fact,value."),
            params={"file": str(path)},
        )
    if path.suffix in (".yaml", ".yml", ".json"):
        return _facts_by_unit(path)
    return Facts.from_parquet(path) if path.suffix == ".parquet" else Facts.from_csv(path)


def _facts_by_unit(path: Path) -> Facts:
    """Facts as YAML: each unit with its group and its facts."""
    written = read_yaml(path.read_text(encoding="utf-8-sig"), path.name)
    if not isinstance(written, dict) or not all(isinstance(facts, dict) for facts in written.values()):
        raise Refusal(
            "facts.by_unit",
            mark("%(file)s must name units, each with its facts."),
            hint=mark("Write “unit: {group: street, streets.roads.actual: 6}”."),
            params={"file": path.name},
        )
    return Facts.from_units(written)


def _unit(result: Result, name: str) -> UnitResult:
    try:
        return result.unit(name)
    except KeyError:
        raise Refusal(
            "run.no_unit",
            mark("The facts say nothing of %(unit)s."),
            hint=mark("There are: %(units)s."),
            params={"unit": name, "units": ", ".join(unit.unit for unit in result.units)},
        ) from None


STATUS_WORDS = {
    "scored": mark("scored"),
    "not_evaluable": mark("not evaluable"),
    "not_applicable": mark("not applicable"),
    "vetoed": mark("vetoed"),
}


def _standings(scheme: Scheme, result: Result, language: str) -> list[str]:
    """Units group by group, in the order of their ranks."""
    said = [f"{scheme.title} ({scheme.key} {scheme.version})"]
    for group in dict.fromkeys(unit.group for unit in result.units):
        said += ["", scheme.groups.get(group, group)]
        units = [unit for unit in result.units if unit.group == group]
        for unit in sorted(units, key=lambda unit: unit.rank or len(units) + 1):
            points = "–" if unit.points is None else str(unit.points)
            words = [unit.grade or "", "" if unit.status == "scored" else say(STATUS_WORDS[unit.status], language)]
            said.append(f"{unit.rank or '–':>4}  {points:>8}  {unit.unit}  {' '.join(filter(None, words))}".rstrip())
    return said


def _explained(scheme: Scheme, unit: UnitResult, language: str) -> list[str]:
    """Every line of one unit: points, the arithmetic, and the clause it rests on."""
    params = {"unit": unit.unit, "points": "–" if unit.points is None else str(unit.points)}
    params |= {"rank": str(unit.rank or "–"), "grade": unit.grade or "–"}
    said = [scheme.title, say(mark("%(unit)s: %(points)s points, rank %(rank)s, grade %(grade)s"), language, params)]
    sections = {section.id: section.label for section in scheme.sections}
    for line in unit.lines:
        points = say(STATUS_WORDS[line.status], language) if line.points is None else str(line.points)
        section = sections.get(line.section, "")
        said += ["", f"{section + ' · ' if section else ''}{line.label}  {points} / {plain(line.full)}"]
        said.append("  " + say(line.why, language, line.params))
        if line.counted is not None and line.counted != line.points:
            said.append("  " + say(mark("It adds %(counted)s to the total."), language, {"counted": line.counted}))
        said.append(f"  {line.source} ({line.since})")
    for each in unit.proposals:
        said += ["", f"{each.label}  ({each.source})"]
    return said


def _schemes(paths: list[Path]) -> list[Path]:
    found = []
    for path in paths:
        found += sorted(path.glob("**/scheme.yaml")) if path.is_dir() else [path]
    if not found:
        raise Refusal(
            "scheme.none",
            mark("There is no scheme in %(paths)s."),
            hint=mark("A scheme is a file scheme.yaml in a folder of its own."),
            params={"paths": ", ".join(map(str, paths))},
        )
    return found


def _checked(file: Path, engine: str, language: str, indicators: frozenset[str]) -> int:
    """Check one scheme and print its doubts and what its cases gave; how many there are of both."""
    scheme = load_scheme(file)
    doubts = findings(scheme, indicators)
    text = file.read_text(encoding="utf-8-sig")
    written, lines = read_yaml(text, file.name), lines_of(text)
    cases = load_cases(file.with_name("cases.yaml"))
    found = [each for case in cases for each in differences(scheme, case, engine=engine)]
    params = {"title": scheme.title, "rules": len(scheme.rules), "cases": len(cases), "wrong": len(found)}
    print(say(mark("%(title)s: %(rules)s rules, %(cases)s cases, %(wrong)s differences"), language, params))
    for each in found:
        sentence = mark("  %(case)s: %(unit)s has %(what)s %(found)s, expected %(expected)s because %(because)s")
        print(say(sentence, language, each.model_dump()))
    for doubt in doubts:
        print(f"{file}:{line_at(doubt.place, written, lines)}: {say(doubt.sentence, language, doubt.params)}")
    return len(found) + len(doubts)


def _refuse(refusal: Refusal, language: str) -> int:
    for each in refusal.refusals if isinstance(refusal, Refusals) else [refusal]:
        print(say_refusal(each, language), file=sys.stderr)
    return REFUSED
