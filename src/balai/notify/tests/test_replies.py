"""What people write to the town, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.audit.models import Entry
from balai.kernel.references import Subject
from balai.notify import replies
from balai.notify.channels.sms.simulator import SmsSimulator
from balai.notify.models import Incoming, Message, Standing
from balai.notify.reply_words import first_word
from balai.notify.tests.gateways import PHONE, call_back, fresh, tell
from balai.runtime import clock

FROM = "0812-3456-7801"


@pytest.fixture
def echo() -> Iterator[None]:
    """A package that answers ECHO."""

    def answer(question: replies.Question) -> replies.Reply | None:
        if not question.rest:
            return None
        return replies.Reply(f"Gema: {question.rest}", Subject("echo.thing", "1"))

    replies.register("echo.answer", answer=answer, words=("ECHO",))
    yield
    replies.unregister("echo.answer")


def write(simulator: SmsSimulator, text: str, remote_id: str = "i-1", sender: str = FROM):
    return call_back(simulator, simulator.reply(sender, text, remote_id))


@pytest.mark.django_db
def test_stop_stops_this_way_for_this_number_and_start_resumes(gateways, siti, run_jobs) -> None:
    write(gateways.sms, " berhenti. ")
    run_jobs()
    assert "tidak mengirim pemberitahuan lewat SMS" in gateways.sms.taken[0].text
    assert [(each.channel, each.address_hash) for each in Standing.objects.all()] == [("sms", PHONE.hash)]
    notice = tell()
    run_jobs()
    assert fresh(notice).channel == "whatsapp"
    write(gateways.sms, "Mulai", "i-2")
    run_jobs()
    assert Standing.objects.count() == 0


@pytest.mark.django_db
def test_stop_that_is_said_again_is_journalled_once(gateways, run_jobs) -> None:
    for number in range(3):
        write(gateways.sms, "STOP", f"i-{number}")
    run_jobs()
    assert Entry.objects.filter(event="notify.stopped").count() == 1


@pytest.mark.django_db
def test_same_message_twice_is_answered_once(gateways, run_jobs, echo) -> None:
    for _twice in range(2):
        assert write(gateways.sms, "echo satu").json() == {"taken": 1}
        run_jobs()
    assert Incoming.objects.count() == 1
    assert [taken.text for taken in gateways.sms.taken] == ["Gema: satu"]
    answer = Message.objects.get()
    assert (answer.category, answer.via, answer.about_label) == ("reply", "sms", "echo.thing")


@pytest.mark.django_db
def test_what_nobody_understands_gets_help_once_a_day(gateways, run_jobs, frozen_clock, echo) -> None:
    moving = frozen_clock(clock.now())
    for number, text in enumerate(["selamat pagi", "🙏", "echo"]):
        write(gateways.sms, text, f"i-{number}")
        run_jobs()
    assert [taken.text[:16] for taken in gateways.sms.taken] == ["Ini nomor otomat"]
    assert len(gateways.sms.taken[0].text) <= 160
    outcomes = list(Incoming.objects.order_by("received_at", "id").values_list("outcome", flat=True))
    assert outcomes == ["notify.help", "notify.not_understood", "notify.not_understood"]
    moving.move(days=1, seconds=1)
    write(gateways.sms, "halo", "i-9")
    run_jobs()
    assert len(gateways.sms.taken) == 2


@pytest.mark.django_db
def test_a_machine_that_answers_answers_is_left_alone_but_may_stop(gateways, run_jobs, echo) -> None:
    for number in range(12):
        write(gateways.sms, f"echo {number}", f"i-{number}")
    write(gateways.sms, "STOP", "i-stop")
    run_jobs()
    assert len(gateways.sms.taken) == 10
    assert Standing.objects.filter(stopped_at__isnull=False).count() == 1


@pytest.mark.django_db
def test_short_codes_and_names_get_no_answer(gateways, run_jobs) -> None:
    assert write(gateways.sms, "Pulsa Anda hampir habis", sender="TSEL").json() == {"taken": 0}
    run_jobs()
    assert (Incoming.objects.count(), gateways.sms.taken) == (0, [])


@pytest.mark.django_db
def test_answer_on_whatsapp_goes_as_text_within_the_day(gateways, run_jobs, echo) -> None:
    call_back(gateways.whatsapp, gateways.whatsapp.reply("+6281234567801", "Echo halo", "wamid.IN1"))
    run_jobs()
    assert [taken.text for taken in gateways.whatsapp.taken] == ["Gema: halo"]
    assert gateways.sms.taken == []


@pytest.mark.django_db
def test_what_was_written_is_sealed_and_forgotten(gateways, run_jobs, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    write(gateways.sms, "NIK saya 3505105708950001", remote_id="in-81234567801")
    rows = repr(list(Incoming.objects.values()))
    assert [text for text in ("3505105708950001", "81234567801") if text in rows] == []
    moving.move(days=30, seconds=1)
    from balai.notify import tasks  # noqa: PLC0415 - only this test forgets

    tasks.forget_old()
    assert Incoming.objects.count() == 0


def asked_of(word: str) -> list[str]:
    """Who is asked after those who are before everybody."""
    return [each.label for each in replies.handlers(word) if not each.is_first]


def test_a_word_belongs_to_one_label(echo) -> None:
    with pytest.raises(ValueError, match=r"\['ECHO'\] belongs to echo.answer"):
        replies.register("other.answer", answer=lambda question: None, words=("echo",))


def test_a_word_is_shared_with_who_takes_only_its_own(echo) -> None:
    replies.register("echo.shared", answer=lambda question: None, words=("echo",), shares=True)
    try:
        assert asked_of("ECHO")[:2] == ["echo.shared", "echo.answer"]
    finally:
        replies.unregister("echo.shared")


def test_who_is_first_is_asked_whatever_the_word(echo) -> None:
    replies.register("echo.first", answer=lambda question: None, is_first=True)
    try:
        every = [each.label for each in replies.handlers("ECHO")]
        assert every.index("echo.first") < every.index("echo.answer")
        assert "echo.first" in [each.label for each in replies.handlers("")]
    finally:
        replies.unregister("echo.first")


def test_handlers_without_words_are_asked_last(echo) -> None:
    replies.register("echo.rest", answer=lambda question: None)
    try:
        asked = asked_of("ECHO")
        assert (asked[0], asked[-1]) == ("echo.answer", "echo.rest")
        assert "echo.answer" not in [each.label for each in replies.handlers("")]
    finally:
        replies.unregister("echo.rest")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STATUS SKU-2026-4831-7762", ("STATUS", "SKU-2026-4831-7762")),
        ("status: sku 2026", ("STATUS", "sku 2026")),
        ("  *Berhenti*  ", ("BERHENTI", "")),
        ("ＳＴＯＰ", ("STOP", "")),
        ("STATUS123", ("STATUS", "123")),
        ("berhentilah", ("BERHENTILAH", "")),
        ("\U00010858 satu", ("", "\U00010858 satu")),  # a numeral that is no digit
        ("123 STATUS", ("", "123 STATUS")),
        ("", ("", "")),
    ],
)
def test_first_word_is_read_as_people_type_it(text: str, expected: tuple[str, str]) -> None:
    assert first_word(text) == expected


@given(st.text(max_size=200))
def test_any_text_has_a_word_of_letters_in_capitals_or_none(text: str) -> None:
    word, rest = first_word(text)
    assert word == word.upper()
    assert all(character.isalpha() or not character.isalnum() for character in word)
    assert rest == rest.strip()


@given(
    st.sampled_from(["STATUS", "BERHENTI", "MULAI"]),
    st.sampled_from(["", " ", "  ", "*", "\n", "'", "- "]),
    st.sampled_from([" ", ": ", ".", "\n", " - ", "#"]),
    st.from_regex(r"[A-Z]{2,5}-20[0-9]{2}-[0-9]{4}-[0-9]{4}( [0-9]{6})?", fullmatch=True),
    st.booleans(),
)
def test_word_and_number_survive_how_phones_write(word, before, between, rest, is_small) -> None:
    typed = f"{before}{word.lower() if is_small else word}{between}{rest}"
    assert first_word(typed) == (word, rest)
