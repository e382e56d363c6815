"""E-mail that comes back: sent over SMTP to a sink, reported to a mailbox, read by IMAP or from a maildir."""

from __future__ import annotations

import base64
import mailbox
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from balai.kernel.references import SYSTEM
from balai.notify import actions, addressees, tasks
from balai.notify.addressees import Addressee
from balai.notify.bounces import read_bounce
from balai.notify.channels.verp import envelope_sender, reference_of
from balai.notify.models import Address, Message, Standing
from balai.notify.references import Reference
from balai.notify.tests.gateways import MAIL, SITI, fresh, tell, ways
from balai.notify.tests.imap_server import imap_server
from balai.notify.tests.smtp_sink import sink_at
from balai.runtime.crypto import lookup_hash

MESSAGE_ID = UUID("01990000-0000-7000-8000-000000000001")
HANDED_OVER = Reference(MESSAGE_ID, 2, "0a1b")
BOUNCE = "bounce@blitarkab.go.id"


def report(to: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery report (RFC 3464) as mail servers write it."""
    fields = (
        "Reporting-MTA: dns; mx.contoh.id\n\n"
        f"Final-Recipient: rfc822; siti@contoh.id\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 siti@contoh.id: no such user\n"
    )
    edge = "=edge="
    return (
        f"Return-Path: <>\nTo: {to}\nFrom: MAILER-DAEMON@mx.contoh.id\nSubject: Undelivered\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; "
        f'boundary="{edge}"\n\n'
        f"--{edge}\nContent-Type: text/plain\n\nYour mail could not be delivered.\n\n"
        f"--{edge}\nContent-Type: message/delivery-status\n\n{fields}\n"
        f"--{edge}\nContent-Type: text/rfc822-headers\n\nSubject: Berkas\n\n--{edge}--\n"
    ).encode()


@pytest.fixture
def sink(settings):
    with sink_at(settings) as handler:
        settings.BALAI = settings.BALAI.model_copy(update={"bounce_address": BOUNCE})
        yield handler


def bounced(settings, sink, url: str) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"bounce_mailbox": SecretStr(url)})
    tasks.read_bounces()


@pytest.mark.django_db
def test_bounce_read_by_imap_fails_the_message_and_doubts_the_address(sink, siti, settings, run_jobs) -> None:
    message = tell()
    run_jobs()
    assert (fresh(message).state, len(sink.received)) == ("sent", 1)
    assert reference_of(sink.senders[0]) == Reference(message.pk, 1, MAIL.hash[:4])
    letters = [report(sink.senders[0]), b"Subject: Iklan\nTo: bounce@blitarkab.go.id\n\nMurah!\n"]
    with imap_server(letters) as server:
        bounced(settings, sink, server.url)
        assert [(each.raw[:14], each.flags) for each in server.letters.values()] == [
            (b"Subject: Iklan", {"\\Seen"})
        ]
        bounced(settings, sink, server.url)
    run_jobs()
    found = fresh(message)
    assert (found.state, found.fault) == ("failed", "smtp.bounced_5.1.1")
    assert [(each.channel, each.fault) for each in Standing.objects.all()] == [
        ("email", "smtp.bounced_5.1.1")
    ]


@pytest.mark.django_db
def test_bounce_in_a_maildir_sends_by_the_next_way(
    sink, gateways, siti, settings, run_jobs, tmp_path: Path
) -> None:
    settings.NOTIFY_CHANNELS = ("email", "sms")
    from balai.notify.tests.test_routing import choose  # noqa: PLC0415 - the one test that prefers e-mail

    choose("email", "sms")
    message = tell()
    run_jobs()
    box = mailbox.Maildir(tmp_path / "bounces")
    box.add(report(sink.senders[0]))
    box.add(b"Subject: Iklan\n\nMurah!\n")
    bounced(settings, sink, f"maildir://{tmp_path}/bounces")
    run_jobs()
    assert (fresh(message).state, fresh(message).channel) == ("sent", "sms")
    assert ways(message) == [("email", "failed", "smtp.bounced_5.1.1"), ("sms", "accepted", "")]
    left = mailbox.Maildir(tmp_path / "bounces")
    assert [(each["Subject"], each.get_flags()) for each in left] == [("Iklan", "S")]


@pytest.mark.django_db
@pytest.mark.parametrize("is_old_form", [False, True])
@pytest.mark.parametrize("has_moved", [False, True])
def test_bounce_of_an_earlier_round_fails_and_doubts_nothing_of_the_later(
    sink, siti, run_jobs, is_old_form: bool, has_moved: bool
) -> None:
    message = tell()
    run_jobs()
    if has_moved:
        addressees.unregister(SITI.label)
        addressees.register(SITI.label, lambda key: Addressee((Address("email", "siti@baru.id"),), "Siti"))
    actions.resend(by=SYSTEM, message=message)
    run_jobs()
    tasks.bounces.take(report(old_sender(message.pk) if is_old_form else sink.senders[0]))
    run_jobs()
    assert (fresh(message).state, len(sink.received), Standing.objects.count()) == ("sent", 2, 0)
    tasks.bounces.take(report(sink.senders[1]))
    run_jobs()
    assert (fresh(message).state, Standing.objects.count()) == ("failed", 1)


@pytest.mark.django_db
def test_bounce_of_one_address_leaves_another_of_the_same_round_alone(sink, siti, run_jobs) -> None:
    other = Address("email", "siti@baru.id")
    addressees.unregister(SITI.label)
    addressees.register(SITI.label, lambda key: Addressee((MAIL, other), "Siti"))
    message = tell()
    run_jobs()
    for each in range(2):
        tasks.bounces.take(report(sink.senders[0]))
        run_jobs()
        assert (fresh(message).state, len(sink.received)) == ("sent", 2), each
    assert [each.address_hash for each in Standing.objects.all()] == [MAIL.hash]


@pytest.mark.django_db
def test_bounce_of_a_mail_from_before_tokens_named_a_round_is_read(sink, siti, run_jobs) -> None:
    message = tell()
    run_jobs()
    assert tasks.bounces.take(report(old_sender(message.pk))) is True
    run_jobs()
    assert (fresh(message).state, Standing.objects.count()) == ("failed", 1)


def old_sender(message_id: UUID) -> str:
    """As it was made before tokens named a round."""
    token = base64.b32encode(message_id.bytes).decode().rstrip("=").lower()
    return f"bounce+{token}{lookup_hash(str(message_id), context='notify.verp')[:12]}@blitarkab.go.id"


@pytest.mark.django_db
def test_full_mailbox_fails_without_a_doubt(sink, siti, run_jobs) -> None:
    message = tell()
    run_jobs()
    tasks.bounces.take(report(sink.senders[0], status="5.2.2"))
    run_jobs()
    assert (fresh(message).fault, Standing.objects.count()) == ("smtp.bounced_5.2.2", 0)


@pytest.mark.django_db
def test_mailbox_that_is_away_is_only_logged(sink, settings, caplog) -> None:
    bounced(settings, sink, "imap://bounce:rahasia@127.0.0.1:1/INBOX")
    with imap_server([]) as server:
        bounced(settings, sink, server.url.replace("rahasia", "salah"))
    bounced(settings, sink, "maildir:///nowhere/at/all")
    said = [record.getMessage().rpartition(" ")[2] for record in caplog.records]
    assert said == ["mailbox.unreachable", "mailbox.refused", "mailbox.no_folder"]
    assert "salah" not in caplog.text


@pytest.mark.django_db
def test_bounce_of_a_forgotten_message_is_understood_and_changes_nothing(sink) -> None:
    assert tasks.bounces.take(report(envelope_sender(HANDED_OVER, BOUNCE))) is True
    assert Message.objects.count() == 0


@pytest.mark.parametrize("header", ["To", "Delivered-To", "X-Original-To"])
def test_message_is_named_by_whichever_header_holds_the_address(header: str) -> None:
    raw = report("bounce@blitarkab.go.id").replace(
        b"Subject: Undelivered", f"{header}: <{envelope_sender(HANDED_OVER, BOUNCE)}>".encode(), 1
    )
    if header == "To":
        raw = raw.replace(b"To: bounce@blitarkab.go.id\n", b"", 1)
    bounce = read_bounce(raw)
    assert bounce is not None
    assert (bounce.reference, bounce.status) == (HANDED_OVER, "5.1.1")


@pytest.mark.parametrize(
    "raw",
    [
        report(envelope_sender(HANDED_OVER, BOUNCE), action="delayed", status="4.4.1"),
        report(envelope_sender(HANDED_OVER, BOUNCE), action="delivered", status="2.0.0"),
        report(envelope_sender(HANDED_OVER, BOUNCE)[:-20] + "x" + "@blitarkab.go.id"),
        report(f"bounce+{'a' * 26}{'0' * 12}@blitarkab.go.id"),
        report(f"bounce+{'a' * 39}@blitarkab.go.id"),
        f"To: {envelope_sender(HANDED_OVER, BOUNCE)}\nAuto-Submitted: auto-replied\n\nSaya cuti.\n".encode(),
        b"",
        b"\xff\xfe\x00",
    ],
)
def test_delays_holidays_forgeries_and_junk_mean_nothing(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_envelope_sender_fits_and_comes_back_whatever_case_servers_make_of_it() -> None:
    sender = envelope_sender(HANDED_OVER, f"{'b' * 24}@blitarkab.go.id")
    assert len(sender.partition("@")[0]) <= 64
    assert reference_of(sender.upper()) == reference_of(sender) == HANDED_OVER


@given(st.binary(max_size=400), st.booleans())
def test_no_letter_makes_the_reader_fall(raw: bytes, is_inside: bool) -> None:
    whole = report(envelope_sender(HANDED_OVER, BOUNCE))
    read_bounce(whole[: len(whole) // 2] + raw + whole[len(whole) // 2 :] if is_inside else raw)


def test_report_is_a_letter_that_python_itself_can_write() -> None:
    letter = EmailMessage()
    letter["To"] = envelope_sender(HANDED_OVER, BOUNCE)
    letter.set_content("5.1.1 but no report")
    assert read_bounce(letter.as_bytes()) is None
