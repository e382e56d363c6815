"""E-mail through a real SMTP server on this machine."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from balai.kernel.references import Subject
from balai.notify import actions, channels
from balai.notify.channels import Outgoing, PermanentFailure, TemporaryFailure
from balai.notify.channels.email import compose, is_dead
from balai.notify.channels.smtp_server import SmtpServer, SmtpUrlRefused
from balai.notify.models import Address, Message, Standing
from balai.notify.tests.smtp_sink import sink_at
from balai.runtime.jobs import run_due
from balai.runtime.models import Job

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
OUTGOING = Outgoing(
    id=UUID("01990000-0000-7000-8000-000000000001"),
    kind="email",
    address="siti@contoh.id",
    recipient_name="Siti Aminah, S.Pd.",
    subject="Kode masuk – Balai",
    text="123456 adalah kode Anda.\nJangan berikan kepada siapa pun.",
    created_at=NOON,
)


@pytest.fixture
def sink(settings):
    with sink_at(settings) as handler:
        yield handler


def send(key: str = "k", **options) -> Message:
    return actions.send(
        to=Address("email", "siti@contoh.id"),
        subject="Kode masuk",
        text="123456 adalah kode Anda.",
        key=key,
        about=Subject("people.challenge", "1"),
        **options,
    )


@pytest.mark.django_db
def test_message_arrives_and_is_marked_sent(sink, run_jobs):
    message = send(recipient_name="Siti Aminah")
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.channel) == ("sent", "email")
    (received,) = sink.received
    assert received["To"] == "Siti Aminah <siti@contoh.id>"
    assert received["From"] == "Kabupaten Blitar <balai@blitarkab.go.id>"
    assert received["Subject"] == "Kode masuk"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Message-ID"] == f"<{message.pk}@blitarkab.go.id>"
    assert received.get_content().strip() == "123456 adalah kode Anda."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "fault"),
    [({"rcpt": "550 no such user"}, "smtp.recipient_550"), ({"data": "554 spam"}, "smtp.content_554")],
)
def test_permanent_refusal_marks_the_message_failed(sink, run_jobs, answers, fault):
    vars(sink).update(answers)
    message = send()
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.fault) == ("failed", fault)
    assert Job.objects.count() == 0
    assert Standing.objects.count() == (1 if "rcpt" in answers else 0)


@pytest.mark.parametrize(
    ("answer", "words", "dead"),
    [
        (550, b"5.1.1 no such user", True),
        (550, b"5.7.1 policy", False),
        (550, b"no such user", True),
        (552, b"5.2.2 full", False),
        (554, b"5.2.1 disabled", True),
        (554, b"no", False),
    ],
)
def test_refusal_is_about_the_address_only_where_the_server_says_so(answer, words, dead):
    assert is_dead(answer, words) is dead


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "code"),
    [({"rcpt": "450 greylisted"}, "smtp.recipient_450"), ({"data": "452 full"}, "smtp.content_452")],
)
def test_temporary_refusal_is_tried_again_and_then_arrives(sink, run_jobs, frozen_clock, answers, code):
    clock = frozen_clock(NOON)
    vars(sink).update(answers)
    message = send()
    run_due()
    message.refresh_from_db()
    assert message.state == "queued"
    assert code in Job.objects.get().last_error
    vars(sink).update(rcpt="", data="")
    assert run_due() == 0
    clock.move(seconds=5)
    run_jobs()
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(sink.received) == 1


@pytest.mark.django_db
def test_message_that_every_attempt_failed_is_marked_failed(sink, frozen_clock):
    clock = frozen_clock(NOON)
    sink.rcpt = "450 later"
    message = send()
    for _ in range(25):
        run_due()
        clock.move(hours=2)
    message.refresh_from_db()
    assert (message.state, message.fault) == ("failed", "notify.gave_up")


@pytest.mark.django_db
def test_code_that_has_run_out_is_not_delivered(sink, run_jobs, frozen_clock):
    clock = frozen_clock(NOON)
    message = send(expires_at=NOON + timedelta(minutes=10))
    clock.move(minutes=10)
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.fault) == ("failed", "notify.too_late")
    assert sink.received == []


@pytest.mark.django_db
def test_address_without_a_channel_is_marked_failed(sink, run_jobs):
    message = actions.send(
        to=Address("phone", "+6281234567801"), subject="x", text="y", key="k", about=Subject("a.b", "1")
    )
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.fault) == ("failed", "notify.no_channel")


def test_server_that_is_away_is_a_temporary_failure(sink, settings):
    settings.BALAI = settings.BALAI.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"})
    with pytest.raises(TemporaryFailure, match=r"smtp\.unreachable"):
        channels.for_kind("email").deliver(OUTGOING)


def test_server_without_starttls_gets_no_message_in_the_clear(sink, settings):
    url = settings.BALAI.smtp_url + "?tls=starttls"
    settings.BALAI = settings.BALAI.model_copy(update={"smtp_url": url})
    with pytest.raises(TemporaryFailure):
        channels.for_kind("email").deliver(OUTGOING)
    assert sink.received == []


def test_refused_login_is_our_mistake_and_temporary(sink, settings):
    url = settings.BALAI.smtp_url.replace("//", "//user:wrong@")
    settings.BALAI = settings.BALAI.model_copy(update={"smtp_url": url})
    with pytest.raises(TemporaryFailure):
        channels.for_kind("email").deliver(OUTGOING)


def test_failure_never_carries_what_the_server_said(sink):
    sink.rcpt = "550 siti@contoh.id unknown"
    with pytest.raises(PermanentFailure) as failed:
        channels.for_kind("email").deliver(OUTGOING)
    assert "siti" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_odd_names_and_letters_survive_the_headers():
    message = email.message_from_bytes(
        compose(OUTGOING, sender="balai@blitarkab.go.id", sender_name="Kabupaten Blitar").as_bytes(),
        policy=email.policy.default,
    )
    assert message["To"].addresses[0].display_name == "Siti Aminah, S.Pd."
    assert message["Subject"] == "Kode masuk – Balai"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.go.id", SmtpServer("mail.go.id", 587, "", "", "starttls")),
        ("smtp://a%40b:p%3Aw@mail.go.id:2525", SmtpServer("mail.go.id", 2525, "a@b", "p:w", "starttls")),
        ("smtps://mail.go.id", SmtpServer("mail.go.id", 465, "", "", "ssl")),
        ("smtp://mail.go.id:465", SmtpServer("mail.go.id", 465, "", "", "ssl")),
        ("smtp://mail.go.id?tls=none", SmtpServer("mail.go.id", 25, "", "", "none")),
        ("smtp://127.0.0.1:1025", SmtpServer("127.0.0.1", 1025, "", "", "none")),
    ],
)
def test_mail_server_is_read_from_its_address(url, expected):
    assert SmtpServer.parse(url) == expected


@pytest.mark.parametrize("url", ["", "http://mail.go.id", "smtp://", "smtp://h:99999", "smtp://h?tls=maybe"])
def test_mail_server_of_another_shape_is_refused(url):
    with pytest.raises(SmtpUrlRefused):
        SmtpServer.parse(url)
