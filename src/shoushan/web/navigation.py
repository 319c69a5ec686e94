"""The register of pages in the left column: apps enter theirs in ``AppConfig.ready``; web knows none of them.

    navigation.add("verify", _("Verify"), "verify", permission="returns.verify", order=30,
                   count=lambda person: …, about=_("Check what units reported."))

Groups, from top to bottom: ``work`` (what is done daily), ``plan`` (what was promised), ``proof``
(ledger, help). ``top`` puts a link into the bar instead, for the year.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

GROUPS = ("work", "plan", "proof")
Count = Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as it is entered by its app."""

    key: str
    label: Any
    url_name: str
    permission: str = ""
    order: int = 50
    group: str = "work"
    count: Count | None = None
    about: Any = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One page as one person sees it; ``opens_group`` draws a rule above."""

    key: str
    label: Any
    url: str
    count: int | None = None
    current: bool = False
    opens_group: bool = False
    about: Any = field(default="", repr=False, compare=False)


_entries: dict[str, Entry] = {}
_district: list[Callable[[], str]] = []


def add(
    key: str,
    label: Any,
    url_name: str,
    permission: str = "",
    order: int = 50,
    group: str = "work",
    count: Count | None = None,
    about: Any = "",
) -> None:
    """Enter a page; ``permission`` decides who sees the link, ``count(person)`` is shown when above zero."""
    if group not in (*GROUPS, "top"):
        raise ValueError(f"Navigation has the groups {', '.join(GROUPS)} and top, not {group}.")
    _entries[key] = Entry(key, label, url_name, permission, order, group, count, about)


def name_district(ask: Callable[[], str]) -> None:
    """Tell the bar how to find the district's name."""
    _district[:] = [ask]


def district() -> str:
    return _district[0]() if _district else ""


def links(person: Any, path: str = "") -> list[Link]:
    """The pages this person may open, in order, with the present one marked."""
    return list(_visible(person, path, GROUPS))


def top(person: Any, path: str = "") -> list[Link]:
    """The links in the bar."""
    return list(_visible(person, path, ("top",)))


def _visible(person: Any, path: str, groups: tuple[str, ...]) -> Iterator[Link]:
    entries = [entry for entry in _entries.values() if entry.group in groups and _may_open(person, entry)]
    entries.sort(key=lambda entry: (groups.index(entry.group), entry.order, entry.key))
    found = [(entry, url) for entry in entries if (url := _url(entry))]
    present = _present([url for _, url in found], path)
    previous = ""
    for entry, url in found:
        count = entry.count(person) if entry.count else None
        opens = bool(previous) and entry.group != previous
        yield Link(entry.key, entry.label, url, count or None, url == present, opens, entry.about)
        previous = entry.group


def _may_open(person: Any, entry: Entry) -> bool:
    return not entry.permission or person.has_perm(entry.permission)


def _url(entry: Entry) -> str:
    """The address; an entry whose page is not in the address book is left out rather than broken."""
    try:
        return _reversed(entry.url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    except NoReverseMatch:
        return ""


@functools.lru_cache
def _reversed(url_name: str, _addresses: Any, _prefix: str) -> str:
    return reverse(url_name)


def _present(urls: list[str], path: str) -> str:
    """The entry whose address is the longest beginning of the present path; the root only matches itself."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")
