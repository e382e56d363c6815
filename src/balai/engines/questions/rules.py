"""What a question may be, and the PIN by which it is followed. Nothing here asks the database."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.engines.questions.errors import AnswerMissing, ContactUnreadable, QuestionUnreadable
from balai.government import current as government
from balai.kernel.calendars import Duration, WorkingCalendar
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.notify.models import Address
from balai.people.contacts import parse_contact
from balai.runtime.crypto import lookup_hash

ANSWER = "questions.answer"
PERMISSIONS = {ANSWER: _("Menjawab pertanyaan warga")}
NUMBER_PREFIX = "TANYA"
PIN_DIGITS = 6
SHORTEST, LONGEST = 10, 1000
LONGEST_ANSWER = 2000
LONGEST_NAME, LONGEST_SOUGHT = 100, 100
# A village office may ask for many who stand there; one contact asks a few times a day.
PER_ADDRESS, PER_CONTACT = 20, 5
HOUR, DAY = 3600, 24 * 3600


def question_words(text: str) -> str:
    """The question as it is kept; raises QuestionUnreadable."""
    words = _cleaned(text)
    if words is None or not SHORTEST <= len(words) <= LONGEST:
        raise QuestionUnreadable()
    return words


def answer_words(text: str) -> str:
    """The answer as it is kept; raises AnswerMissing."""
    words = _cleaned(text)
    if not words or len(words) > LONGEST_ANSWER:
        raise AnswerMissing()
    return words


def line(text: str, longest: int) -> str:
    """One line, cut where it is too long; what cannot be kept is left out."""
    try:
        return clean_text(text, multiline=False)[:longest]
    except ValueRefused:
        return ""


def address_of(contact: str) -> Address | None:
    """Where the answer is to go; None for nothing. Raises ContactUnreadable."""
    if not contact.strip():
        return None
    try:
        read = parse_contact(contact)
    except ValueRefused:
        raise ContactUnreadable() from None
    return Address(read.kind.value, read.value)


def due(calendar: WorkingCalendar, asked_at: datetime) -> datetime:
    """Until when the town has promised to answer."""
    return Duration(government().questions.answer_days, "working_days").due(calendar, asked_at)


def pin_of(question_id: UUID) -> str:
    """Six digits derived from the id, never stored, as those of a case are."""
    mark = lookup_hash(str(question_id), context="questions.pin")
    return f"{int(mark, 16) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def pin_fits(question_id: UUID, pin: str) -> bool:
    """Whether a typed PIN is the one that was given; in constant time."""
    return hmac.compare_digest(pin_of(question_id), pin.strip())


def _cleaned(text: str) -> str | None:
    try:
        return clean_text(text, multiline=True)
    except ValueRefused:
        return None
