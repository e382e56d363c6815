"""Reading hand-overs: of one thing, those that wait, and the whole outbox."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balai.kernel.references import Subject
from balai.partners.lapor.enums import HandOverState, Way
from balai.partners.lapor.models import HandOver, OutsideAnswer
from balai.runtime.errors import NotFound


def hand_overs_of(subject: Subject) -> list[HandOver]:
    """Every hand-over of this thing, the newest first."""
    return list(
        HandOver.objects.filter(about_label=subject.label, about_id=subject.id).order_by("-created_at")
    )


def waiting() -> QuerySet[HandOver]:
    """What has not gone out yet, the oldest first."""
    return HandOver.objects.filter(state=HandOverState.WAITING).order_by("created_at", "pk")


def waiting_for_hands() -> QuerySet[HandOver]:
    """What waits for an officer who downloads and enters it, the oldest first."""
    return waiting().filter(way=Way.BUNDLE)


def hand_over(hand_over_id: UUID | str) -> HandOver:
    """One hand-over; raises NotFound."""
    found = HandOver.objects.filter(pk=hand_over_id).first()
    if found is None:
        raise NotFound(hand_over_id)
    return found


def by_reference(reference: str) -> HandOver | None:
    """The hand-over with this reference of ours."""
    return HandOver.objects.filter(reference=reference).first()


def answers(row: HandOver) -> list[OutsideAnswer]:
    """What LAPOR! said, the latest first."""
    return list(row.answers.order_by("-at", "-pk"))


def answer(answer_id: UUID | str) -> OutsideAnswer | None:
    """One answer with its hand-over, or None."""
    return OutsideAnswer.objects.select_related("hand_over").filter(pk=answer_id).first()


def outbox(
    *, state: str = "", way: str = "", is_stopped: bool = False, words: str = ""
) -> QuerySet[HandOver]:
    """All hand-overs, newest first; `words` is a number of ours or of theirs."""
    rows = HandOver.objects.order_by("-created_at", "-pk")
    for name, value in (("state", state), ("way", way)):
        rows = rows.filter(**{name: value}) if value else rows
    if is_stopped:
        rows = rows.filter(stopped_at__isnull=False)
    if words:
        rows = rows.filter(
            Q(reference__iexact=words) | Q(our_reference__iexact=words) | Q(tracking_number__iexact=words)
        )
    return rows


def counts() -> dict[str, int]:
    """How many there are in each state, every state is there; and "stopped" among those that wait."""
    rows = HandOver.objects.values("state").annotate(count=Count("id")).order_by()
    counted = {row["state"]: row["count"] for row in rows}
    stopped = HandOver.objects.filter(stopped_at__isnull=False).count()
    return {state.value: counted.get(state.value, 0) for state in HandOverState} | {"stopped": stopped}
