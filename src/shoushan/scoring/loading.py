"""Reading a scheme from YAML, exactly and strictly: no binary fractions, no second meaning of a word."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.scoring.protected import is_protected
from shoushan.scoring.questions import answered
from shoushan.scoring.scheme import Scheme
from shoushan.scoring.terms import UnsuitableError

# Larger than any published scheme; beyond it a file is refused before it is read.
LARGEST_FILE = 1_000_000
MOST_ALIASES = 100
MOST_NODES = 200_000
DEEPEST_NODE = 20


class _Loader(yaml.SafeLoader):
    """YAML with decimals instead of floats, and no key twice."""


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    written = str(loader.construct_scalar(node)).replace("_", "")
    try:
        value = Decimal(written)
    except ArithmeticError:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Refusal(
            "scheme.not_a_number",
            mark("Line %(line)s: %(written)s is not a number a rule can use."),
            params={"line": node.start_mark.line + 1, "written": written},
        )
    return value


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        where = {"line": key_node.start_mark.line + 1, "key": str(key_node.value)}
        if not isinstance(key, str):
            raise Refusal(
                "scheme.key",
                mark("Line %(line)s: YAML reads the key “%(key)s” as something other than a word."),
                hint=mark("Write it in quotes, or choose another word."),
                params=where,
            )
        if key in found:
            raise Refusal(
                "scheme.duplicate_key",
                mark("Line %(line)s: “%(key)s” is written twice in the same place."),
                hint=mark("Keep one of the two."),
                params=where,
            )
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(text: str, name: str) -> Any:
    """The YAML of a scheme or of its cases, refused with the line where it cannot be read."""
    try:
        _check_size(text, name)
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader with decimals
    except yaml.YAMLError as error:
        mark_ = getattr(error, "problem_mark", None)
        raise Refusal(
            "scheme.yaml",
            mark("%(file)s cannot be read as YAML at line %(line)s."),
            hint=mark("Check the indentation and the colons there."),
            params={"file": name, "line": mark_.line + 1 if mark_ else 1},
        ) from error


def _check_size(text: str, name: str) -> None:
    """Refuse a file that would grow beyond all measure when it is read: aliases of aliases, endless depth."""
    depth = aliases = 0
    too_much = len(text) > LARGEST_FILE
    for event in [] if too_much else yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        too_much = too_much or depth > DEEPEST_NODE or aliases > MOST_ALIASES
        if too_much:
            break
    if not too_much:
        root = yaml.compose(text, yaml.SafeLoader)
        too_much = root is not None and _nodes(root, {}) > MOST_NODES
    if too_much:
        raise Refusal(
            "scheme.too_large",
            mark("%(file)s is too large, too deep, or repeats itself too often to be a scheme."),
            hint=mark("Keep it under a million characters, twenty levels deep, with few aliases (*name)."),
            params={"file": name},
        )


def _nodes(node: yaml.Node, known: dict[int, int]) -> int:
    """How many nodes there are once every alias is written out."""
    if id(node) not in known:
        known[id(node)] = MOST_NODES  # one that holds itself never ends
        inner = [each for pair in node.value for each in pair] if isinstance(node, yaml.MappingNode) else node.value
        parts = inner if isinstance(node, yaml.CollectionNode) else []
        known[id(node)] = 1 + sum(_nodes(each, known) for each in parts)
    return known[id(node)]


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """The line of each place of a file, by its path of keys and numbers."""
    found: dict[tuple[str, ...], int] = {}

    def visit(node: yaml.Node, path: tuple[str, ...]) -> None:
        found.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                found[(*path, str(key.value))] = key.start_mark.line + 1
                visit(value, (*path, str(key.value)))
        elif isinstance(node, yaml.SequenceNode):
            for number, each in enumerate(node.value):
                visit(each, (*path, str(number)))

    root = yaml.compose(text, yaml.SafeLoader)
    if root is not None:
        visit(root, ())
    return found


def load_scheme(path: Path | str) -> Scheme:
    """Read and check a scheme from its file, or from the folder that holds ``scheme.yaml``."""
    file = Path(path)
    file = file / "scheme.yaml" if file.is_dir() else file
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal(
            "scheme.file",
            mark("%(file)s is not there, or is not a text in UTF-8."),
            hint=mark("Give the file of a scheme, or its folder with scheme.yaml inside."),
            params={"file": str(path)},
        ) from None
    try:
        return scheme_from(read_yaml(text, file.name), hashlib.sha256(content).hexdigest())
    except Refusal as refusal:
        _name_lines(refusal, file, text)
        raise


def _name_lines(refusal: Refusal, file: Path, text: str) -> None:
    """Write the file and the line into a refusal, where its place is known."""
    found = [each for each in (refusal.refusals if isinstance(refusal, Refusals) else [refusal]) if each.field]
    if found:
        written, lines = read_yaml(text, file.name), lines_of(text)
        for each in found:
            each.params["at"] = f"{file}:{line_at(each.field, written, lines)}"


def line_at(place: str, written: Any, lines: dict[tuple[str, ...], int]) -> int:
    """The line of a place such as ``roads.method.cap``, or of the nearest thing around it that is written."""
    rules = written.get("rules") if isinstance(written, dict) else None
    path = tuple(place.split("."))
    for number, rule in enumerate(rules if isinstance(rules, list) else []):
        name = str(rule.get("id", "")) if isinstance(rule, dict) else ""
        if name and (place == name or place.startswith(f"{name}.")):
            rest = tuple(place[len(name) + 1 :].split("."))
            method = next(iter(rule["method"]), "") if isinstance(rule.get("method"), dict) else ""
            inner = ("rules", str(number), "method", str(method), *rest[rest[0] == "method" :])
            path = inner if inner in lines else ("rules", str(number), *rest)
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def scheme_from(written: Any, sha256: str) -> Scheme:
    """A checked scheme from what its file says."""
    if not isinstance(written, dict):
        raise Refusal(
            "scheme.invalid",
            mark("A scheme is written as names with values, beginning with its key."),
            params={},
        )
    _check_sources(written)
    written = answered(written)
    try:
        scheme = Scheme.model_validate(written)
    except ValidationError as error:
        # rules of which each is refused are not “too few” as well
        found = [each for each in error.errors() if each["type"] != "too_short"] or error.errors()
        raise Refusals([_refusal(each, written) for each in found]) from error
    scheme._sha256 = sha256
    _check_nobody_is_counted(scheme)
    return scheme


def _check_sources(written: dict[str, Any]) -> None:
    missing = [
        Refusal(
            "scheme.no_source",
            mark("Rule %(number)s (%(rule)s) has no source; scores rest on published clauses."),
            hint=mark("Add document, clause and date."),
            params={"number": number, "rule": rule.get("id", "?")},
            field=f"rules.{number}",
        )
        for number, rule in enumerate(written.get("rules") or [], start=1)
        if isinstance(rule, dict) and not (rule.get("source") and rule.get("since"))
    ]
    if missing:
        raise Refusals(missing)


def _check_nobody_is_counted(scheme: Scheme) -> None:
    facts = {fact for fact in scheme.facts() if is_protected(fact)}
    labels = {rule.label for rule in scheme.rules if is_protected(rule.label)}
    for fact in sorted(facts | labels):
        raise Refusal(
            "goal.counts_people",
            mark("%(fact)s counts what people bring or how busy an office looks; it is not scored."),
            hint=mark("Use a figure of how well and how soon it was answered, such as “answered in time”."),
            params={"fact": fact},
        )


def _refusal(error: Any, written: dict[str, Any]) -> Refusal:
    place = [str(part) for part in error["loc"]]
    rule = ""
    if len(place) > 1 and place[0] == "rules" and place[1].isdigit():
        entry = written["rules"][int(place[1])]
        rule = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    where = ".".join([rule or "", *place[2:]] if rule else place) or "scheme"
    if error["type"] == "extra_forbidden":
        return Refusal(
            "scheme.unknown_key",
            mark("%(place)s is not a word of a scheme."),
            hint=mark("Check its spelling in the reference of schemes."),
            params={"place": where},
            field=where,
        )
    problem = error.get("ctx", {}).get("error")
    if isinstance(problem, UnsuitableError):
        hint = mark("Look at %(place)s.")
        return Refusal(
            "scheme.invalid", problem.message, hint=hint, params={**problem.params, "place": where}, field=where
        )
    return Refusal(
        "scheme.invalid",
        mark("%(place)s cannot be used: %(problem)s."),
        hint=mark("Compare it with the reference of schemes."),
        params={"place": where, "problem": error["msg"]},
        field=where,
    )
