"""Asking, answering and setting aside."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import override

from balai import audit
from balai.engines.questions import queries, rules
from balai.engines.questions.enums import QuestionState
from balai.engines.questions.errors import NotOpen
from balai.engines.questions.models import Question
from balai.government import current as government
from balai.kernel.case_number import RANDOM_DIGITS, make_case_number
from balai.kernel.names import short_name
from balai.kernel.references import Actor
from balai.kernel.sms_text import one_sms, sms_length
from balai.notify import actions as notify
from balai.notify.actions import Wording
from balai.notify.models import Address
from balai.region import queries as region
from balai.runtime import clock, ratelimit
from balai.runtime.transaction import is_open, lock, write_transaction
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Officer

KIND = "answer"
NUMBERS_TRIED = 5
STORED_LANGUAGE = "id"
# Nobody is signed in: the journal knows that a citizen asked, not which.
ASKER = Actor("citizen", "", "")


def random_digits() -> str:
    """Seven digits nobody can guess."""
    return f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"


def ask(
    *,
    id: UUID,
    text: str,
    from_address: str,
    sought: str = "",
    name: str = "",
    contact: str = "",
    office_code: str = "",
    digits: Callable[[], str] = random_digits,
) -> Question:
    """Keep a question and lay it before whoever answers; the same `id` and words again are one question.

    Other words under an `id` are another question: nobody comes by an id to what somebody else asked.

    `from_address` is counted only. Raises QuestionUnreadable, ContactUnreadable, TooMany.
    """
    words, to = rules.question_words(text), rules.address_of(contact)
    id = _own_id(id, words)
    earlier = Question.objects.filter(pk=id).first()
    if earlier is not None:
        return earlier
    ratelimit.hit("questions.address", from_address, limit=rules.PER_ADDRESS, seconds=rules.HOUR)
    if to is not None:
        ratelimit.hit("questions.contact", to.value, limit=rules.PER_CONTACT, seconds=rules.DAY)
    for left in reversed(range(NUMBERS_TRIED)):
        try:
            return _keep(
                id=id,
                words=words,
                to=to,
                sought=rules.line(sought, rules.LONGEST_SOUGHT),
                name=rules.line(name, rules.LONGEST_NAME),
                office_code=queries.office_of(office_code),
                digits=digits(),
            )
        except IntegrityError:  # the number is taken, or the same form arrived twice at once
            if is_open() or not left:
                raise
            id = _own_id(id, words)
            earlier = Question.objects.filter(pk=id).first()
            if earlier is not None:
                return earlier
    raise AssertionError("the last try returns or raises")


def _own_id(id: UUID, words: str) -> UUID:
    """The id of the form, or one of these words under it where it stands for others already."""
    asked = Question.objects.filter(pk=id).first()
    return id if asked is None or asked.text.clear == words else uuid5(id, words)


@write_transaction
def _keep(
    *, id: UUID, words: str, to: Address | None, sought: str, name: str, office_code: str, digits: str
) -> Question:
    at = clock.now()
    year = at.astimezone(government().tzinfo).year
    question = Question.objects.create(
        id=id,
        number=make_case_number(rules.NUMBER_PREFIX, year, digits),
        text=words,
        sought=sought,
        name=name,
        contact_kind=to.kind if to else "",
        contact=to.value if to else "",
        office_code=office_code,
        asked_at=at,
        due_at=rules.due(region.working_calendar(office_code), at),
    )
    with override(STORED_LANGUAGE):
        work.open_item(
            by=ASKER,
            subject=question.as_subject(),
            kind=KIND,
            title=_("Pertanyaan warga"),
            note=short_name(name) or _("Tanpa nama"),
            stage=_("Menjawab pertanyaan"),
            office_code=office_code,
            permission=rules.ANSWER,
            due_at=question.due_at,
            reference=question.number,
            at=at,
        )
    audit.record("questions.asked", by=ASKER, about=question.as_subject())
    return question


@write_transaction(locks=("question", "workitem"))
def answer(*, by: Officer, question: Question, text: str) -> Question:
    """Answer for the asker to read; she is told where she left a contact.

    Raises AnswerMissing, NotOpen, NotFound.
    """
    words = rules.answer_words(text)
    question = _ended(by, question, QuestionState.ANSWERED)
    question.answer = words
    question.save()
    audit.record("questions.answered", by=by.as_actor(), about=question.as_subject())
    notify.tell(
        owner=question.as_subject(),
        words={STORED_LANGUAGE: _wording(question, words)},
        key=f"questions.answered:{question.pk}",
        about=question.as_subject(),
    )
    return question


@write_transaction(locks=("question", "workitem"))
def set_aside(*, by: Officer, question: Question) -> Question:
    """Nothing that anybody could answer: an empty joke, an advertisement. Nobody is told.

    Raises NotOpen, NotFound.
    """
    question = _ended(by, question, QuestionState.SET_ASIDE)
    question.save()
    audit.record("questions.set_aside", by=by.as_actor(), about=question.as_subject())
    return question


@write_transaction
def note_reading(*, by: Officer, question: Question) -> None:
    """The officer has the question before her."""
    with override(STORED_LANGUAGE):
        audit.record_reading(
            by=by.as_actor(),
            about=question.as_subject(),
            what=_("Pertanyaan %(number)s") % {"number": question.number},
            purpose=_("Menjawab pertanyaan"),
            office=by.office_name,
        )


def _ended(by: Officer, question: Question, state: QuestionState) -> Question:
    question, at = lock(question), clock.now()
    queries.question_for_officer(by, question.pk)
    if question.state != QuestionState.OPEN:
        raise NotOpen()
    question.state, question.answered_at = state, at
    question.by_id, question.by_name = by.pk, by.name
    work.close_item(by=by.as_actor(), subject=question.as_subject(), kind=KIND, outcome=state.value, at=at)
    return question


def _wording(question: Question, answer: str) -> Wording:
    """The answer itself; where one SMS is too small for it, the way to it."""
    link = f"{settings.BALAI.public_url}/lacak/?nomor={question.number}"
    with override(STORED_LANGUAGE):
        subject = _("Jawaban atas pertanyaan %(number)s") % {"number": question.number}
        text = _("Anda bertanya: %(question)s\n\nJawaban kami: %(answer)s\n\n%(office)s") % {
            "question": question.text.clear,
            "answer": answer,
            "office": _office_name(question),
        }
        short = f"{question.number}: {answer}"
        if "\n" in answer or sms_length(short) > one_sms(short):
            short = _("Pertanyaan %(number)s sudah dijawab. Baca dengan PIN Anda di %(link)s") % {
                "number": question.number,
                "link": link,
            }
    return Wording(subject, text, short)


def _office_name(question: Question) -> str:
    office = region.office(question.office_code)
    return office.name if office else government().name
