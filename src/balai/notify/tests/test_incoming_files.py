"""Photos that people send by WhatsApp: fetched, looked into, handed to whoever understands the message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from balai.files import actions as files
from balai.files import queries as stored
from balai.files.models import Upload
from balai.files.tests import samples
from balai.kernel.references import SYSTEM, Subject
from balai.notify import replies, tasks
from balai.notify.channels.whatsapp.arriving import received
from balai.notify.models import Enclosure, Incoming
from balai.notify.tests.gateways import call_back
from balai.runtime import clock
from balai.runtime.jobs import run_due

pytestmark = pytest.mark.django_db
FROM = "+6281234567801"
REPORT = Subject("pothole.report", "7")


@pytest.fixture
def potholes() -> Iterator[list[replies.Question]]:
    """A package without words that takes what has a photo or begins with LUBANG."""
    asked: list[replies.Question] = []

    def take(question: replies.Question) -> replies.Reply | None:
        asked.append(question)
        ids = [each.upload_id for each in question.attachments]
        files.attach(by=SYSTEM, ids=ids, to=REPORT, owner=question.owner)
        return replies.Reply(f"Terima kasih, {len(ids)} foto.", REPORT)

    replies.register("pothole.words", answer=take, words=("LUBANG",))
    replies.register("pothole.rest", answer=lambda question: take(question) if question.attachments else None)
    yield asked
    replies.unregister("pothole.words")
    replies.unregister("pothole.rest")


def send(gateways: Any, content: bytes, caption: str = "", remote_id: str = "wamid.P1", **more: str) -> Any:
    return call_back(gateways.whatsapp, gateways.whatsapp.file(FROM, content, caption, remote_id, **more))


def test_photo_with_a_caption_reaches_the_handler_cleaned_and_once(gateways, run_jobs, potholes) -> None:
    photo = samples.jpeg(60, 40)
    for _twice in range(2):
        assert send(gateways, photo, "LUBANG jalan berlubang").json() == {"taken": 1}
        run_jobs()
    [question] = potholes
    assert (question.word, question.rest, question.channel) == ("LUBANG", "jalan berlubang", "whatsapp")
    [attachment] = question.attachments
    upload = Upload.objects.get()
    assert (attachment.upload_id, attachment.media_type) == (upload.pk, "image/jpeg")
    assert (upload.owner, upload.state, upload.expires_at) == (REPORT, "attached", None)
    assert stored.open_content(upload)[:3] == b"\xff\xd8\xff"
    assert [taken.text for taken in gateways.whatsapp.taken] == ["Terima kasih, 1 foto."]


def test_photo_without_a_word_goes_to_whoever_takes_the_rest(gateways, run_jobs, potholes) -> None:
    send(gateways, samples.png())
    run_jobs()
    assert [(each.word, each.text, len(each.attachments)) for each in potholes] == [("", "", 1)]


@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (b"GIF89a....", {}, "files.not_document"),
        (b"", {}, "files.empty"),
        (samples.jpeg()[:200], {}, "files.broken"),
        (b"OggS", {"kind": "audio", "mime_type": "audio/ogg; codecs=opus"}, "files.not_document"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence_and_the_text_still_answered(
    gateways, run_jobs, potholes, content: bytes, more: dict[str, str], code: str
) -> None:
    send(gateways, content, "LUBANG ini suaranya", **more)
    run_jobs()
    [question] = potholes
    assert [(each.code, bool(each.reason)) for each in question.refused] == [(code, True)]
    assert (question.attachments, Upload.objects.count()) == ((), 0)


def test_too_many_bytes_are_never_read(gateways, run_jobs, potholes, monkeypatch) -> None:
    from balai.notify import enclosures  # noqa: PLC0415 - its bound is changed here

    monkeypatch.setattr(enclosures, "MOST_BYTES", 100)
    send(gateways, samples.jpeg(60, 40), "LUBANG")
    run_jobs()
    assert [each.code for each in potholes[0].refused] == ["files.too_large"]


def test_gateway_that_is_down_is_asked_again_and_the_photo_comes(gateways, potholes, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    send(gateways, samples.jpeg(), "LUBANG")
    gateways.whatsapp.fault.mode = "500"
    run_due()
    assert potholes == []
    gateways.whatsapp.fault.mode = "none"
    moving.move(seconds=6)
    run_due()
    assert [len(each.attachments) for each in potholes] == [1]


def test_gateway_that_stays_down_leaves_the_text_with_a_word_about_the_photo(
    gateways, potholes, frozen_clock
) -> None:
    moving = frozen_clock(clock.now())
    send(gateways, samples.jpeg(), "LUBANG lampu mati")
    gateways.whatsapp.fault.mode = "500"
    for _try in range(9):
        run_due()
        moving.move(hours=2)
    [question] = potholes
    assert (question.rest, [each.code for each in question.refused]) == ("lampu mati", ["notify.not_fetched"])


def test_end_between_storing_and_noting_stores_the_photo_once(gateways, run_jobs, potholes) -> None:
    send(gateways, samples.jpeg(), "LUBANG")
    row = Enclosure.objects.get()
    from balai.notify import enclosures  # noqa: PLC0415 - the step before the end

    enclosures.keep(row.incoming.as_subject(), row, gateways.whatsapp.files["500"])
    run_jobs()
    assert (Upload.objects.count(), len(potholes[0].attachments)) == (1, 1)


def test_photo_that_nobody_takes_stays_for_a_person_as_long_as_its_message(
    gateways, run_jobs, frozen_clock
) -> None:
    moving = frozen_clock(clock.now())
    send(gateways, samples.jpeg())
    run_jobs()
    incoming, upload = Incoming.objects.get(), Upload.objects.get()
    assert (incoming.outcome, incoming.needs_person) == ("notify.help", True)
    assert upload.expires_at == incoming.received_at + timedelta(days=30)
    moving.move(days=30, seconds=1)
    tasks.forget_old()
    files.expire_staged(by=SYSTEM, moment=clock.now())
    assert (Incoming.objects.count(), Upload.objects.get().state) == (0, "discarded")


def test_album_beyond_the_answers_of_an_hour_is_kept_for_a_person(gateways, run_jobs, potholes) -> None:
    for number in range(12):
        send(gateways, samples.jpeg(), "", f"wamid.A{number}")
        run_jobs()
    assert (len(potholes), Incoming.objects.filter(needs_person=True).count()) == (10, 2)


def test_answer_to_a_message_of_ours_says_what_that_was_about(gateways, run_jobs, potholes) -> None:
    first = gateways.whatsapp.said(FROM, "wamid.Q1", type="text", text={"body": "LUBANG satu"})
    call_back(gateways.whatsapp, first)
    run_jobs()
    ours = gateways.whatsapp.taken[-1].id
    for sender, number in ((FROM, 2), ("+6281234567802", 3)):
        again = gateways.whatsapp.said(
            sender, f"wamid.Q{number}", type="text", text={"body": "LUBANG dua"}, context={"id": ours}
        )
        call_back(gateways.whatsapp, again)
    run_jobs()
    assert [each.about for each in potholes] == [None, REPORT, None]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            {"type": "location", "location": {"latitude": -8.0983, "longitude": 112.1681}},
            "geo:-8.098300,112.168100",
        ),
        ({"type": "location", "location": {"latitude": "x"}}, ""),
        ({"type": "image", "image": {"id": "1", "caption": "Lubang"}}, "Lubang"),
        ({"type": "sticker", "sticker": {"id": "1"}}, ""),
        ({"type": ["x"], "text": {"body": 3}}, "3"),
        ({}, ""),
    ],
)
def test_every_kind_of_message_is_a_text(message: dict[str, Any], text: str) -> None:
    arrived = received({"id": "i", "from": "62812", **message})
    assert arrived is not None
    assert arrived.text == text


def test_address_of_the_bytes_must_be_safe(gateways, run_jobs, potholes, monkeypatch) -> None:
    from balai.notify.channels.whatsapp import media  # noqa: PLC0415 - only here

    assert media._is_safe("http://127.0.0.1:1/x") is True
    assert [media._is_safe(url) for url in ("http://lookaside.example/x", "ftp://a/b", "", "https:///x")] == [
        False
    ] * 4
    assert media._is_safe("https://lookaside.example/x") is True
