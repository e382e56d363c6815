"""What a receiver is told of a hand-over."""

from __future__ import annotations

from balai.partners.lapor.enums import OutsideState
from balai.partners.lapor.models import HandOver, OutsideAnswer
from balai.partners.receivers import News

PARTNER = "lapor"


def of(row: HandOver, answer: OutsideAnswer | None) -> News:
    """That it went out, or this answer; the same each time for the same."""
    if answer is None:
        return News(
            id=str(row.pk),
            event="sent",
            partner=PARTNER,
            about=row.about,
            reference=row.reference,
            state=row.state,
            at=row.sent_at or row.created_at,
        )
    return News(
        id=str(answer.pk),
        event="answered",
        partner=PARTNER,
        about=row.about,
        reference=row.reference,
        state=row.state,
        at=answer.at,
        tracking_number=answer.tracking_number,
        outside_state=answer.state,
        outside_label=str(OutsideState(answer.state).label),
        text=answer.text.clear,
    )
