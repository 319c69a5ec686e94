"""The mail server, from one address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where messages are handed over, and as whom; without a host there is no e-mail."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def mail_server(address: str) -> MailServer:
    """Read an address; another scheme ends the start, since mail would be lost in silence.

    >>> mail_server("smtps://clerk:p%40ss@mail.example").port
    465
    """
    if not address:
        return MailServer()
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("SHOUSHAN_MAIL is smtp://, smtp+tls:// or smtps:// and a host")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )
