"""What the coordinating admin writes back by mail: never a citizen's report, always for a person."""

from __future__ import annotations

import re

from django.conf import settings

from balai.notify.replies import Question, Reply
from balai.partners.lapor import queries

_REFERENCE = re.compile(r"LPR-[0-9]{4}-[A-Z2-7]{8}")


def take(question: Question) -> Reply | None:
    """Keep it silently beside the hand-over that it names; None for anybody else's letter.

    Nothing is read out of it: a sender can be invented, so an officer enters what it says.
    """
    admin = settings.BALAI.lapor_mail_to.lower()
    if question.channel != "email" or not admin or question.address.value != admin:
        return None
    named = _REFERENCE.search(f"{question.subject} {question.text}".upper())
    row = queries.by_reference(named[0]) if named else None
    return Reply("", row.as_subject() if row else question.owner, needs_person=True)
