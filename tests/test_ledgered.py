"""Nothing changes without a trace: every model of ours answers to the ledger, or says here why it does not."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

from shoushan.ledger.models import Ledgered

SOURCE = Path(__file__).resolve().parent.parent / "src" / "shoushan"
# the ledger itself, forms already taken and work under way (no facts of the district's work)
APART = {"ledger.event", "ledger.leaf", "ledger.pending", "web.submission", "web.job"}


def test_every_model_is_in_the_ledger() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("shoushan.")]

    outside = {model._meta.label_lower for model in ours if not issubclass(model, Ledgered)}

    assert outside == APART


def test_what_a_model_keeps_out_of_the_ledger_is_a_field_of_it() -> None:
    for model in apps.get_models():
        if issubclass(model, Ledgered):
            names = {field.name for field in model._meta.concrete_fields}
            assert model.unledgered <= names, model
            assert model.sealed <= names, model


def test_nothing_is_saved_outside_of_actions() -> None:
    """`.save(`, `.create(`, `.update(` and `.delete(` on models stand in actions only."""
    writing = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
    found = []
    for file in SOURCE.rglob("*.py"):
        parts = file.relative_to(SOURCE).parts
        is_django = parts[0] not in {"reading", "scoring", "core", "exchange", "web", "config"}
        if not is_django or "actions" in file.with_suffix("").parts or {"tests", "migrations"} & set(parts):
            continue
        if file.name == "testing.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing:
                found.append(f"{file.relative_to(SOURCE)}:{node.lineno}")

    assert found == []
