"""Letters to the town: read by IMAP or from a maildir, once; answered in their thread, or left."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from balai.files import actions as files
from balai.files.models import Upload
from balai.files.tests import samples
from balai.kernel.references import SYSTEM, Subject
from balai.notify import actions, receiving, replies, tasks
from balai.notify.checks import check_channels
from balai.notify.mailbox import SomeUnread
from balai.notify.models import Address, Enclosure, Incoming, Message
from balai.notify.tests.imap_server import imap_server
from balai.notify.tests.smtp_sink import sink_at
from balai.notify.tests.test_letters import letter

pytestmark = pytest.mark.django_db
REPORT = Subject("pothole.report", "7")
HERE = "lapor@blitarkab.go.id"


@pytest.fixture
def sink(settings: Any) -> Iterator[Any]:
    with sink_at(settings) as handler:
        settings.BALAI = settings.BALAI.model_copy(update={"incoming_address": HERE})
        yield handler


@pytest.fixture
def potholes() -> Iterator[list[replies.Question]]:
    """A package that takes letters beginning with LUBANG."""
    asked: list[replies.Question] = []

    def take(question: replies.Question) -> replies.Reply:
        asked.append(question)
        ids = [each.upload_id for each in question.attachments]
        files.attach(by=SYSTEM, ids=ids, to=REPORT, owner=question.owner)
        return replies.Reply("Laporan Anda kami catat.", REPORT)

    replies.register("pothole.report", answer=take, words=("LUBANG",))
    yield asked
    replies.unregister("pothole.report")


def read(settings: Any, url: str) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"incoming_mailbox": SecretStr(url)})
    tasks.read_letters()


def with_photo(**headers: str) -> bytes:
    written = letter("Di depan pasar.", **headers)
    written.add_attachment(samples.jpeg(), maintype="image", subtype="jpeg", filename="lubang.jpg")
    return written.as_bytes()


def test_letter_by_imap_becomes_a_report_with_its_photo_and_is_answered_in_its_thread(
    sink, settings, run_jobs, potholes
) -> None:
    raw = with_photo(Subject="Re: LUBANG jalan berlubang", References="<x@y>")
    with imap_server([raw, letter(Precedence="list", Subject="Iklan").as_bytes()]) as server:
        read(settings, server.url)
        assert [each.flags for each in server.letters.values()] == [{"\\Seen"}]
        read(settings, server.url)
    run_jobs()
    [question] = potholes
    assert (question.channel, question.address) == ("email", Address("email", "siti@contoh.id"))
    assert (question.word, question.rest) == ("LUBANG", "jalan berlubang\nDi depan pasar.")
    assert (question.text, len(question.attachments)) == ("Di depan pasar.", 1)
    assert (Upload.objects.get().owner, Upload.objects.get().state) == (REPORT, "attached")
    [answer] = sink.received
    assert (answer["Subject"], answer["Reply-To"]) == ("Re: LUBANG jalan berlubang", HERE)
    assert (answer["In-Reply-To"], answer["References"]) == ("<a1@contoh.id>", "<x@y> <a1@contoh.id>")
    assert (answer["Auto-Submitted"], answer["To"]) == ("auto-replied", "siti@contoh.id")


def test_letter_in_a_maildir_that_nobody_understands_stays_for_a_person(
    sink, settings, run_jobs, tmp_path: Path
) -> None:
    box = mailbox.Maildir(tmp_path / "in")
    box.add(letter("Selamat pagi, mohon bantuannya.").as_bytes())
    read(settings, f"maildir://{tmp_path}/in")
    run_jobs()
    incoming = Incoming.objects.get()
    assert (incoming.outcome, incoming.needs_person, len(box)) == ("notify.help", True, 0)
    assert "akan dibaca petugas" in sink.received[0].get_content()
    stored = repr(list(Incoming.objects.values()))
    assert [word for word in ("siti", "bantuannya", "Lampu", "a1@contoh.id") if word in stored] == []
    assert actions.settle_incoming(by=SYSTEM, incoming=incoming) is True
    assert actions.settle_incoming(by=SYSTEM, incoming=incoming) is False


def test_same_letter_twice_is_taken_once(sink, run_jobs, potholes) -> None:
    raw = with_photo(Subject="LUBANG")
    assert [receiving.take(raw) for _twice in range(2)] == [True, True]
    run_jobs()
    assert (len(potholes), Upload.objects.count(), Incoming.objects.count()) == (1, 1, 1)
    other = letter("LUBANG lain", From="budi@contoh.id").as_bytes()
    assert receiving.take(other) is True
    assert Incoming.objects.count() == 2


def test_end_before_the_letter_was_noted_loses_and_doubles_nothing(
    sink, run_jobs, potholes, monkeypatch
) -> None:
    raw = with_photo(Subject="LUBANG")
    with monkeypatch.context() as patched:
        patched.setattr(actions, "take_in_letter", lambda **kept: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            receiving.take(raw)
    assert receiving.take(raw) is True
    run_jobs()
    assert [len(each.attachments) for each in potholes] == [1]
    assert sorted(Upload.objects.values_list("state", flat=True)) == ["attached", "staged"]


def test_file_that_is_not_taken_leaves_the_letter_in_the_mailbox_and_its_text_answered(
    sink, run_jobs, potholes
) -> None:
    written = letter("LUBANG dokumen terlampir")
    written.add_attachment(b"PK\x03\x04...", maintype="application", subtype="zip", filename="bukti.docx")
    assert receiving.take(written.as_bytes()) is False
    run_jobs()
    [question] = potholes
    assert [(each.name, each.code) for each in question.refused] == [("bukti.docx", "files.not_document")]


def test_letter_beyond_the_bound_is_taken_without_its_files(sink, run_jobs, potholes, monkeypatch) -> None:
    raw = with_photo(Subject="LUBANG")
    monkeypatch.setattr(receiving, "LARGEST_LETTER", len(raw) - 100)
    assert receiving.take(raw[: len(raw) - 100]) is False
    run_jobs()
    assert [each.code for each in potholes[0].refused] == ["files.too_large"]


def test_more_than_ten_an_hour_and_our_own_letters_stay_in_the_mailbox(sink, potholes) -> None:
    taken = [receiving.take(letter(Message_ID=f"<{n}@contoh.id>").as_bytes()) for n in range(12)]
    assert taken == [True] * 10 + [False] * 2
    assert receiving.take(letter(From=f"Balai <{HERE.upper()}>").as_bytes()) is False
    assert Incoming.objects.count() == 10


def test_letter_that_answers_our_mail_says_what_that_was_about_to_its_own_receiver_alone(
    sink, run_jobs, potholes
) -> None:
    sent = actions.send(
        to=Address("email", "siti@contoh.id"),
        subject="Laporan",
        text="Apakah sudah baik?",
        key="k",
        about=REPORT,
    )
    run_jobs()
    for number, sender in enumerate(("siti@contoh.id", "budi@contoh.id")):
        written = letter(
            "LUBANG belum",
            From=sender,
            Message_ID=f"<r{number}@x.id>",
            In_Reply_To=sink.received[0]["Message-ID"],
        )
        receiving.take(written.as_bytes())
    run_jobs()
    assert [each.about for each in potholes] == [REPORT, None]
    assert Message.objects.filter(pk=sent.pk).exists()


@pytest.mark.parametrize(
    ("subject", "text", "stops"),
    [
        ("BERHENTI", "", 1),
        ("Re: berhenti", "terima kasih", 1),
        ("", "Berhenti", 1),
        ("", "Berhenti kerja, bantu", 0),
    ],
)
def test_only_the_bare_word_of_a_letter_is_a_stop(
    sink, run_jobs, subject: str, text: str, stops: int
) -> None:
    from balai.notify.models import Standing  # noqa: PLC0415 - only here

    receiving.take(letter(text, Subject=subject).as_bytes())
    run_jobs()
    assert Standing.objects.filter(channel="email", stopped_at__isnull=False).count() == stops


def test_mailbox_that_is_away_is_only_logged_and_half_a_setting_refused(sink, settings, caplog) -> None:
    assert [error.id for error in check_channels(None)] == ["notify.E006"]
    read(settings, "imap://bounce:rahasia@127.0.0.1:1/INBOX")
    assert check_channels(None) == []
    assert caplog.records[-1].getMessage().endswith("mailbox.unreachable")
    assert Enclosure.objects.count() == 0


@pytest.mark.parametrize("kind", ["imap", "maildir"])
def test_letter_that_cannot_be_kept_now_holds_up_no_other_and_is_tried_again(
    sink, settings, tmp_path: Path, monkeypatch, kind: str
) -> None:
    raws = [letter(word, Message_ID=f"<{word}@x.id>").as_bytes() for word in ("satu", "dua", "tiga")]
    keep = actions.take_in_letter

    def keep_most(**given: Any) -> Incoming:
        return 1 / 0 if given["letter"].text == "satu" else keep(**given)

    box = mailbox.Maildir(tmp_path / "in")
    for raw in raws:
        box.add(raw)
    with imap_server(raws) as server, monkeypatch.context() as patched:
        url = server.url if kind == "imap" else f"maildir://{tmp_path}/in"
        patched.setattr(actions, "take_in_letter", keep_most)
        with pytest.raises(SomeUnread):
            read(settings, url)
        assert sorted(each.text.clear for each in Incoming.objects.all()) == ["dua", "tiga"]
        patched.undo()
        read(settings, url)
        assert Incoming.objects.count() == 3
