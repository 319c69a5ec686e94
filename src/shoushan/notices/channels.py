"""The ways out: e-mail, a signed webhook, and the group robots of WeCom and DingTalk.

Where each leads stands in the settings alone; no address that a user typed is ever called. Nothing follows a redirect,
and nothing waits longer than ten seconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from shoushan.notices.models import Notice

SECONDS = 10
LONGEST_ANSWER = 65_536
# developer.work.weixin.qq.com/document/path/91770: a text has at most 2,048 bytes
WECOM_BYTES = 2_048
DINGTALK_BYTES = 20_000


class NotSentError(Exception):
    """It certainly did not leave: another try may follow."""


class PerhapsSentError(Exception):
    """The line broke after it may have left: sending again could say it twice."""


def configured() -> set[str]:
    """The channels this installation has."""
    given = {
        Notice.Channel.MAIL: settings.EMAIL_HOST,
        Notice.Channel.WEBHOOK: settings.NOTICE_WEBHOOK,
        Notice.Channel.WECOM: settings.NOTICE_WECOM,
        Notice.Channel.DINGTALK: settings.NOTICE_DINGTALK,
    }
    return {str(channel) for channel, address in given.items() if address}


def send(notice: Notice, *, stamp: datetime) -> None:
    """Send one notice; ``stamp`` is the real time, which signatures are checked against."""
    if notice.channel not in configured():
        raise NotSentError("the channel is not configured any more")
    WAYS[notice.channel](notice, stamp)


def text_of(notice: Notice) -> str:
    """Subject, text and the page's full address, where the settings name one."""
    return "\n".join(filter(None, (notice.subject, notice.body, link_of(notice))))


def link_of(notice: Notice) -> str:
    return f"{settings.NOTICE_ADDRESS.rstrip('/')}{notice.url}" if settings.NOTICE_ADDRESS and notice.url else ""


def mail(notice: Notice, stamp: datetime) -> None:
    """One message to one address; its Message-ID follows from the key, so that a second copy is known as one."""
    assert notice.person is not None  # noqa: S101 - held by a constraint
    if not notice.person.email:
        raise NotSentError("the person has no address any more")
    name = hashlib.sha256(notice.key.encode()).hexdigest()[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    connection = get_connection(timeout=SECONDS)
    message = EmailMessage(
        subject=" ".join(notice.subject.split()),
        body=text_of(notice),
        to=[notice.person.email],
        headers={"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(said(error)) from error
    try:
        message.send()
    except smtplib.SMTPResponseException as error:
        raise NotSentError(said(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSentError(said(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise PerhapsSentError(said(error)) from error
    finally:
        connection.close()


def webhook(notice: Notice, stamp: datetime) -> None:
    """JSON to a program of the district's, signed. Its key lets the receiver drop what it has, so a broken line is
    tried again."""
    body = json.dumps(
        {
            "key": notice.key,
            "unit": notice.unit.code if notice.unit else "",
            "subject": notice.subject,
            "text": notice.body,
            "url": link_of(notice) or notice.url,
            "queued_at": notice.queued_at.isoformat(),
        },
        ensure_ascii=False,
    ).encode()
    headers = {"Shoushan-Key": quote_plus(notice.key)}
    if settings.NOTICE_WEBHOOK_SECRET:
        headers["Shoushan-Signature"] = signature(body, settings.NOTICE_WEBHOOK_SECRET, int(stamp.timestamp()))
    try:
        post(settings.NOTICE_WEBHOOK, body, headers)
    except PerhapsSentError as error:
        raise NotSentError(str(error)) from error


def signature(body: bytes, secret: str, second: int) -> str:
    """``t=<second>,v1=<HMAC-SHA256 of “second.body”>``: a replayed message shows its age."""
    signed = hmac.new(secret.encode(), f"{second}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={second},v1={signed}"


def wecom(notice: Notice, stamp: datetime) -> None:
    """A text to a WeCom group (企业微信群机器人)."""
    _robot(settings.NOTICE_WECOM, _text(notice, WECOM_BYTES))


def dingtalk(notice: Notice, stamp: datetime) -> None:
    """A text to a DingTalk group (钉钉自定义机器人), signed with the second setting where the robot asks for it."""
    url, secret = settings.NOTICE_DINGTALK, settings.NOTICE_DINGTALK_SECRET
    if secret:
        milliseconds = int(stamp.timestamp() * 1000)
        url += f"&timestamp={milliseconds}&sign={dingtalk_sign(secret, milliseconds)}"
    _robot(url, _text(notice, DINGTALK_BYTES))


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """HMAC-SHA256 of ``milliseconds\\nsecret`` with the secret as its key, in Base64, escaped for an address."""
    said_ = f"{milliseconds}\n{secret}".encode()
    return quote_plus(base64.b64encode(hmac.new(secret.encode(), said_, hashlib.sha256).digest()))


def _text(notice: Notice, most: int) -> bytes:
    content = text_of(notice).encode()[:most].decode(errors="ignore")
    return json.dumps({"msgtype": "text", "text": {"content": content}}, ensure_ascii=False).encode()


def _robot(url: str, body: bytes) -> None:
    """Both robots answer 200 and say in ``errcode`` whether they took it."""
    try:
        answer: Any = json.loads(post(url, body, {}))
    except ValueError as error:
        raise PerhapsSentError("the answer is not JSON") from error
    if not isinstance(answer, dict) or answer.get("errcode") != 0:
        told = answer if isinstance(answer, dict) else {}
        raise NotSentError(f"errcode {told.get('errcode')}: {told.get('errmsg', '')}"[:300])


def post(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Post JSON to an address of the settings: no redirect, no proxy, ten seconds."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotSentError("the address in the settings is not one of http or https")
    connection = (
        http.client.HTTPSConnection(parts.hostname, parts.port, timeout=SECONDS, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    )
    try:
        try:
            connection.connect()
        except OSError as error:
            raise NotSentError(said(error)) from error
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8", **headers})
            response = connection.getresponse()
            answer = response.read(LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise PerhapsSentError(said(error)) from error
    finally:
        connection.close()
    if not 200 <= response.status < 300:
        raise NotSentError(f"HTTP {response.status}")
    return answer


def said(error: Exception) -> str:
    """An error in a line, without the address, which may hold a key."""
    return f"{type(error).__name__}: {error}"[:300]


WAYS: dict[str, Callable[[Notice, datetime], None]] = {
    Notice.Channel.MAIL: mail,
    Notice.Channel.WEBHOOK: webhook,
    Notice.Channel.WECOM: wecom,
    Notice.Channel.DINGTALK: dingtalk,
}
