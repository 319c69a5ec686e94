"""A notice is queued once, sent once, tried again while the way is down, and never lost in silence."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from shoushan.core.errors import Refusal, mark
from shoushan.notices import actions
from shoushan.notices.actions.delivering import LEASE, MOST_TRIES, claim, release_abandoned
from shoushan.notices.channels import dingtalk_sign
from shoushan.notices.models import Notice
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_district_unit, make_person, make_unit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 7, 1, tzinfo=UTC)
State = Notice.State


class Receiver(HTTPServer):
    """What was posted, and what is answered."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Posted)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.answer = 200, b'{"errcode": 0, "errmsg": "ok"}'

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send?access_token=x"


class Posted(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if 300 <= self.server.status < 400:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Sink(socketserver.TCPServer):
    """A mail server that takes everything, or refuses every message."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taken)
        self.messages: list[str] = []
        self.refuses = False


class Taken(socketserver.StreamRequestHandler):
    server: Sink

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                lines: list[str] = []
                while (part := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    lines.append(part)
                self.server.messages.append("\n".join(lines))
                self.say("250 taken")
            elif word == "RCPT" and self.server.refuses:
                self.say("451 greylisted")
            else:
                self.say("250 ok")
            if word == "QUIT":
                return


def running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    for _ in running(server):
        yield server


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    server = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    for _ in running(server):
        yield server


@pytest.fixture
def hexi() -> Unit:
    unit = make_unit("hexi", make_district_unit(), "河西街道")
    reporter = make_person(unit, "reporter")
    orgs.give_email(reporter, "hexi@district.example", by=reporter)
    return unit


def queue(unit: Unit, key: str = "test.thing:1:due") -> list[Notice]:
    return actions.queue(
        key=key,
        to=unit,
        subject=mark("%(month)s of %(unit)s is due today"),
        params={"month": "11月", "unit": unit.name},
        url="/returns/2026-11/hexi/",
        at=AT,
    )


def test_without_a_channel_a_notice_is_on_the_page_and_queued_once(hexi: Unit) -> None:
    assert [(it.channel, it.state) for it in queue(hexi)] == [("page", State.SENT)]
    assert queue(hexi) == []
    assert Notice.objects.get().subject == "河西街道的11月填报今天截止"


def test_a_webhook_gets_signed_json(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WEBHOOK, settings.NOTICE_WEBHOOK_SECRET = receiver.url, "secret"
    settings.NOTICE_ADDRESS = "https://shoushan.example"
    queue(hexi)
    assert actions.deliver(at=AT).sent == 1
    assert actions.deliver(at=AT + timedelta(days=1)).sent == 0

    _, headers, body = receiver.got[0]
    said = json.loads(body)
    assert (said["unit"], said["url"]) == ("hexi", "https://shoushan.example/returns/2026-11/hexi/")
    second = int(AT.timestamp())
    signed = hmac.new(b"secret", f"{second}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["Shoushan-Signature"] == f"t={second},v1={signed}"
    assert unquote(headers["Shoushan-Key"]) == said["key"] == "test.thing:1:due|webhook"


def test_a_wecom_group_gets_a_text_of_at_most_2048_bytes(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WECOM = receiver.url
    actions.queue(key="long", to=hexi, subject="题", body="长" * 3000, at=AT)
    actions.deliver(at=AT)
    said = json.loads(receiver.got[0][2])
    assert said["msgtype"] == "text"
    assert len(said["text"]["content"].encode()) <= 2048


def test_a_dingtalk_group_gets_a_signed_text(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_DINGTALK, settings.NOTICE_DINGTALK_SECRET = receiver.url, "SECx"
    queue(hexi)
    actions.deliver(at=AT)
    path, _, body = receiver.got[0]
    asked = parse_qs(urlsplit(path).query)
    milliseconds = int(AT.timestamp() * 1000)
    assert asked["timestamp"] == [str(milliseconds)]
    assert asked["sign"] == [unquote(dingtalk_sign("SECx", milliseconds))]
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "河西街道的11月填报今天截止"}}


def test_a_robot_that_refuses_is_tried_again(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WECOM = receiver.url
    receiver.answer = b'{"errcode": 45009, "errmsg": "api freq out of limit"}'
    queue(hexi)
    actions.deliver(at=AT)
    notice = Notice.objects.get()
    assert (notice.state, notice.tries, notice.next_try_at) == (State.QUEUED, 1, AT + timedelta(minutes=1))
    assert "45009" in notice.last_error
    receiver.answer = b'{"errcode": 0}'
    assert actions.deliver(at=AT + timedelta(minutes=1)).sent == 1


def test_no_redirect_is_followed(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WEBHOOK, receiver.status = receiver.url, 302
    queue(hexi)
    actions.deliver(at=AT)
    assert len(receiver.got) == 1
    assert Notice.objects.get().last_error == "HTTP 302"


def test_mail_goes_to_each_reporter_once(hexi: Unit, sink: Sink) -> None:
    queue(hexi)
    assert actions.deliver(at=AT).sent == 1
    assert actions.deliver(at=AT + timedelta(hours=1)).sent == 0
    assert len(sink.messages) == 1
    assert "To: hexi@district.example" in sink.messages[0]
    assert "Message-ID: <" in sink.messages[0]


def test_a_mail_server_that_is_down_loses_nothing(hexi: Unit, sink: Sink, settings: Settings) -> None:
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    queue(hexi)
    at = AT
    for _ in range(3):
        assert actions.deliver(at=at).waiting == 1
        at = Notice.objects.get().next_try_at or at
    settings.EMAIL_PORT = up
    assert actions.deliver(at=at).sent == 1
    assert (Notice.objects.get().state, len(sink.messages)) == (State.SENT, 1)


def test_a_refused_address_is_tried_until_it_is_given_up_and_a_person_sends_it_again(hexi: Unit, sink: Sink) -> None:
    sink.refuses = True
    queue(hexi)
    Notice.objects.update(tries=MOST_TRIES - 1)
    assert actions.deliver(at=AT).failed == 1
    sink.refuses = False
    person = Person.objects.get()
    notice = actions.send_again(Notice.objects.get(), at=AT, by=person)
    assert actions.deliver(at=AT).sent == 1
    with pytest.raises(Refusal) as refused:
        actions.send_again(notice, at=AT, by=person)
    assert refused.value.code == "notice.not_stuck"


def test_two_deliverers_never_take_the_same_notice(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WEBHOOK = receiver.url
    queue(hexi)
    assert claim(at=AT) is not None
    assert claim(at=AT) is None
    # also where the server's clock has stepped back meanwhile
    assert actions.deliver(at=AT - timedelta(hours=1)).sent == 0
    assert receiver.got == []


def test_what_a_killed_deliverer_held_is_perhaps_sent_and_never_sent_by_itself(
    hexi: Unit, receiver: Receiver, settings: Settings
) -> None:
    settings.NOTICE_WEBHOOK = receiver.url
    queue(hexi)
    claim(at=AT)
    assert release_abandoned(at=AT + LEASE) == 1
    assert actions.deliver(at=AT + timedelta(days=1)).sent == 0
    assert Notice.objects.get().state == State.UNSURE


def test_a_group_gets_at_most_twenty_a_minute(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WECOM = receiver.url
    for number in range(23):
        queue(hexi, f"test.thing:{number}:due")
    assert actions.deliver(at=AT).sent == 20
    assert actions.deliver(at=AT + timedelta(minutes=1)).sent == 3


def test_what_is_for_one_person_never_goes_to_a_group(hexi: Unit, receiver: Receiver, settings: Settings) -> None:
    settings.NOTICE_WECOM = receiver.url
    made = actions.queue(key="one", to=Person.objects.get(), subject="题", at=AT)
    assert [it.channel for it in made] == ["page"]
    assert mail.outbox == []


def test_the_outbox_shows_one_s_own_and_all_to_the_office(client: Client, hexi: Unit) -> None:
    queue(hexi)
    hedong = make_unit("hedong", Unit.objects.get(depth=1))
    client.force_login(make_person(hedong, "reporter", login="foreigner"), BACKEND)
    assert "河西街道" not in client.get("/notices/").content.decode()
    client.force_login(make_person(Unit.objects.get(depth=1), "supervisor"), BACKEND)
    assert "河西街道的11月填报今天截止" in client.get("/notices/").content.decode()
