"""Asking once, answering once, and who may."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from balai.audit.models import Entry
from balai.engines.questions import actions, queries, rules
from balai.engines.questions.errors import AnswerMissing, ContactUnreadable, NotOpen, QuestionUnreadable
from balai.engines.questions.models import Question
from balai.kernel.uuid7 import uuid7
from balai.notify.models import Message
from balai.people.models import Officer
from balai.people.tests.factories import SAWENTAR, make_officer
from balai.runtime.errors import NotFound, TooMany
from balai.work import queries as work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 09.00 in Blitar
TEXT = "Bagaimana mengurus izin pasang tenda di jalan?"


def ask(
    *,
    id: UUID | None = None,
    text: str = TEXT,
    sought: str = "tenda jalan",
    name: str = "Siti Aminah",
    contact: str = "siti@warga.example",
    from_address: str = "127.0.0.1",
) -> Question:
    return actions.ask(
        id=id or uuid7(),
        text=text,
        sought=sought,
        name=name,
        contact=contact,
        from_address=from_address,
        office_code=SAWENTAR,
    )


def test_question_lies_in_the_tray_of_the_office_with_a_day_to_answer(
    operator: Officer, frozen_clock
) -> None:
    frozen_clock(NOW)
    question = ask()
    (item,) = work.items_of(question.as_subject())
    assert (item.office_code, item.permission, item.note) == (SAWENTAR, "questions.answer", "Siti A.")
    assert (item.reference, item.due_at) == (question.number, question.due_at)
    assert question.due_at.date().isoformat() == "2026-11-26"
    assert work.inbox(operator, "todo").items == [item]
    assert item.link == f"/meja/pertanyaan/{question.pk}/"


def test_question_sent_twice_is_asked_once(operator: Officer) -> None:
    key = uuid7()
    assert ask(id=key) == ask(id=key)
    assert Question.objects.count() == 1


def test_other_words_in_the_same_form_are_another_question(operator: Officer) -> None:
    """She went back and wrote better; and an id is no key to what somebody else asked."""
    first = ask()
    second = ask(id=first.pk, text="Bagaimana menutup jalan untuk hajatan?")
    assert (second.pk != first.pk, second.number != first.number) == (True, True)
    assert second.text.clear.startswith("Bagaimana menutup")


def test_what_she_wrote_and_who_she_is_lies_sealed(operator: Officer) -> None:
    ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, sought, name, contact FROM questions_question")
        stored = " ".join(cursor.fetchone())
    assert [word for word in ("tenda", "Siti", "siti@") if word in stored] == []
    journal = " ".join(f"{entry.note} {entry.data} {entry.by_name}" for entry in Entry.objects.all())
    assert [word for word in ("tenda", "Siti", "siti@") if word in journal] == []


def test_answer_reaches_her_by_her_contact_and_ends_the_work(operator: Officer) -> None:
    question = actions.answer(by=operator, question=ask(), text="Datang ke kantor kecamatan.")
    assert (question.state, question.by_name) == ("answered", operator.name)
    assert work.items_of(question.as_subject()) == []
    message = Message.objects.get()
    assert message.address.clear == "siti@warga.example"
    assert "Datang ke kantor kecamatan." in message.text.clear
    assert message.short.clear == f"{question.number}: Datang ke kantor kecamatan."


def test_answer_too_long_for_one_sms_is_said_to_be_there(operator: Officer) -> None:
    question = actions.answer(by=operator, question=ask(contact="081234567801"), text="Bawa KTP. " * 30)
    short = Message.objects.get().short.clear
    assert short.startswith(f"Pertanyaan {question.number} sudah dijawab.")
    assert len(short) <= 160


def test_question_without_a_contact_is_read_with_number_and_pin(operator: Officer) -> None:
    question = actions.answer(by=operator, question=ask(contact=""), text="Datang ke kantor kecamatan.")
    assert Message.objects.count() == 0
    pin = rules.pin_of(question.pk)
    assert queries.question_for_tracking(question.number, pin) == question
    wrong = f"{(int(pin) + 1) % 1_000_000:06}"
    assert queries.question_for_tracking(question.number, wrong) is None


def test_second_answer_is_refused(operator: Officer) -> None:
    question = actions.answer(by=operator, question=ask(), text="Ya.")
    with pytest.raises(NotOpen):
        actions.answer(by=operator, question=question, text="Tidak.")
    with pytest.raises(NotOpen):
        actions.set_aside(by=operator, question=question)


def test_officer_of_another_office_finds_no_question(operator: Officer) -> None:
    question = ask()
    stranger = make_officer(permissions=(rules.ANSWER,), office_code="35.05.10.1008")
    with pytest.raises(NotFound):
        actions.answer(by=stranger, question=question, text="Ya.")


def test_question_that_nobody_can_answer_is_set_aside_and_tells_nobody(operator: Officer) -> None:
    question = actions.set_aside(by=operator, question=ask(text="Jual pulsa murah!"))
    assert (question.state, Message.objects.count(), work.items_of(question.as_subject())) == (
        "set_aside",
        0,
        [],
    )


@pytest.mark.parametrize("text", ["", "Halo", "a" * 1001, "Apa kabar\x00 semua?"])
def test_question_that_cannot_be_read_is_refused(operator: Officer, text: str) -> None:
    with pytest.raises(QuestionUnreadable):
        ask(text=text)


def test_contact_that_cannot_be_reached_and_an_empty_answer_are_refused(operator: Officer) -> None:
    with pytest.raises(ContactUnreadable):
        ask(contact="12")
    with pytest.raises(AnswerMissing):
        actions.answer(by=operator, question=ask(), text=" \n ")


def test_one_contact_asks_five_times_a_day_and_one_address_twenty_an_hour(operator: Officer) -> None:
    for _ in range(5):
        ask()
    with pytest.raises(TooMany):
        ask()
    for number in range(14):
        ask(contact=f"warga{number}@warga.example")
    with pytest.raises(TooMany):
        ask(contact="lain@warga.example")


def test_office_that_nobody_answers_for_leaves_it_to_the_one_above(operator: Officer) -> None:
    operator.assignments.update(office_code="35.05.10")
    assert ask().office_code == "35.05.10"


def test_database_refuses_an_end_without_an_officer(operator: Officer) -> None:
    question = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(state="answered")
