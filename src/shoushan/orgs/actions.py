"""Founding units, registering people, appointing them, and their API tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.orgs.models import Person, Post, Token, Unit

TOKEN_DAYS = 365


@transaction.atomic
def found_unit(
    *, code: str, name: str, kind: str, under: Unit | None, by: Person | None, full_name: str = "", from_on: date
) -> Unit:
    """Found a unit under another, or the district itself when ``under`` is None."""
    given = {"code": code, "name": name, "kind": kind, "full_name": full_name, "from_on": from_on}
    unit: Unit = (
        Unit.objects.add_root(given) if under is None else Unit.objects.add_child(Unit.objects.get(pk=under.pk), given)
    )
    ledger.record("founded", unit, by=by)
    return unit


@transaction.atomic
def merge_unit(unit: Unit, into: Unit, *, on: date, by: Person | None) -> Unit:
    """Merge a unit into its successor; ``on`` is the last day it exists. What it entered stays under its name."""
    # both, in one order, so that two units are never merged into each other at once
    held: dict[int, Unit] = {
        it.pk: it for it in Unit.objects.select_for_update().filter(pk__in=[unit.pk, into.pk]).order_by("pk")
    }
    merged, into = held[unit.pk], held[into.pk]
    _check_ends(merged, on)
    if into.pk == merged.pk or into.to_on is not None:
        raise Refusal(
            "unit.successor",
            mark("%(unit)s cannot carry this on: it must be another unit, and one that stays."),
            hint=mark("Choose the unit that stays."),
            params={"unit": into.name},
            field="into",
        )
    ledger.change("merged", merged, {"to_on": on, "successor": into}, by=by)
    return merged


def _check_ends(unit: Unit, on: date) -> None:
    """Refuse to end what has ended, what others stand below, or what had not begun."""
    if unit.to_on is not None:
        raise Refusal(
            "unit.ended",
            mark("%(unit)s has an end already: %(day)s."),
            hint=mark("Look at its page to see who carries it on."),
            params={"unit": unit.name, "day": unit.to_on},
        )
    if Unit.objects.filter(path__startswith=unit.path, to_on__isnull=True).exclude(pk=unit.pk).exists():
        raise Refusal(
            "unit.has_below",
            mark("Other units stand below %(unit)s."),
            hint=mark("Merge those first, each into the unit that carries it on."),
            params={"unit": unit.name},
        )
    if on < unit.from_on:
        raise Refusal(
            "unit.before_start",
            mark("%(unit)s exists since %(day)s, so it cannot end before."),
            hint=mark("Choose its last day."),
            params={"unit": unit.name, "day": unit.from_on},
            field="on",
        )


@transaction.atomic
def give_email(person: Person, email: str, *, by: Person) -> Person:
    """The office address that reminders go to; an empty one means pages only."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = {"email": person.email}
    person.email = email
    person.save(update_fields=["email"])
    ledger.record("changed", person, by=by, before=before)
    return person


@transaction.atomic
def register_person(*, login: str, name: str, password: str | None, by: Person | None) -> Person:
    """Register a person; without a password they cannot sign in with one."""
    person = Person(login=login, name=name)
    person.set_password(password)
    person.save()
    ledger.record("registered", person, by=by)
    return person


@transaction.atomic
def appoint(
    person: Person, unit: Unit, role: str, *, title: str = "", line: str = "", from_on: date, by: Person | None
) -> Post:
    """Give a person a role at a unit from a day on."""
    post = Post.objects.create(person=person, unit=unit, role=role, title=title, line=line, from_on=from_on)
    person.ask_for_posts_again()
    ledger.record("appointed", post, by=by)
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: Person) -> Post:
    """A person leaves a post; ``on`` is the last day they hold it."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    before = {"to_on": post.to_on}
    post.to_on = on
    post.save(update_fields=["to_on"])
    post.person.ask_for_posts_again()
    ledger.record("left", post, by=by, before=before)
    return post


@transaction.atomic
def open_district(*, name: str, login: str, person_name: str, password: str, on: date) -> Person:
    """The first start of an empty installation: the district and its first administrator."""
    if Person.objects.exists():
        raise Refusal(
            "sign_in.not_first",
            mark("This district already has an administrator."),
            hint=mark("Sign in, or ask the administrator for an account."),
        )
    administrator = register_person(login=login, name=person_name, password=password, by=None)
    district = found_unit(code="district", name=name, kind=Unit.Kind.DISTRICT, under=None, by=administrator, from_on=on)
    appoint(administrator, district, Post.Role.ADMINISTRATOR, from_on=on, by=administrator)
    return administrator


@transaction.atomic
def issue_token(person: Person, *, label: str, only_calendar: bool = False, by: Person) -> tuple[Token, str]:
    """Issue a key for the API, or for one's calendar alone; the secret is returned once and never kept."""
    secret = secrets.token_urlsafe(32)
    now = moment.current().at
    token = Token.objects.create(
        person=person,
        label=label,
        only_calendar=only_calendar,
        digest=digest_of(secret),
        issued_at=now,
        ends_on=now.date() + timedelta(days=TOKEN_DAYS),
    )
    ledger.record("issued", token, by=by)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Person) -> Token:
    token = Token.objects.select_for_update().get(pk=token.pk)
    before = {"revoked_at": token.revoked_at}
    token.revoked_at = moment.current().at
    token.save(update_fields=["revoked_at"])
    ledger.record("revoked", token, by=by, before=before)
    return token


def digest_of(secret: str) -> str:
    """What is kept of a token: the secret has 256 random bits, so one SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
