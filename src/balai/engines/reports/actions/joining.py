"""Many people, one trouble: a citizen joins a report that is there, so that one hole has one clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from balai.engines.reports.actions import moving
from balai.engines.reports.actions.filing import Receipt, Who, add_voice, attach
from balai.engines.reports.enums import OPEN, EventKind, EvidenceRole, Visibility
from balai.engines.reports.errors import AlreadyJoined, NotJoinable
from balai.engines.reports.models import Report, Voice
from balai.engines.reports.rules import numbers
from balai.kernel.references import Actor, Subject
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash
from balai.runtime.transaction import lock, write_transaction

if TYPE_CHECKING:
    from balai.people.models import Citizen


@write_transaction(locks=("report", "upload"))
def join(
    *,
    by: Actor,
    report: Report,
    who: Who,
    citizen: Citizen | None = None,
    device: str = "",
    note: str = "",
    uploads: Sequence[UUID] = (),
    owner: Subject | None = None,
) -> Receipt:
    """Add a voice; the joiner gets the report's number with a PIN of her own.

    Her note and photos are for the officers. Raises NotJoinable (over, secret), AlreadyJoined (same citizen,
    or same device), FileRefused.
    """
    report, at = lock(report), clock.now()
    if report.state not in OPEN or report.visibility != Visibility.PUBLIC:
        raise NotJoinable()
    if _is_in(report, citizen, device):
        raise AlreadyJoined()
    note = note[: numbers.LONGEST_TEXT]
    voice = add_voice(report, who, citizen=citizen, device=device, at=at, note=note)
    attach(report, uploads, EvidenceRole.REPORTED, by=by, at=at, owner=owner, is_looked_at=False)
    Report.objects.filter(pk=report.pk).update(voices=F("voices") + 1, updated_at=at)
    text = _("Satu warga lagi ikut melaporkan ini.")
    moving.tell(report, EventKind.JOINED, by=by, at=at, text=text, automatic=True)
    report.refresh_from_db()
    return Receipt(report, report.number, numbers.pin_of(voice.pk), is_repeat=False)


def _is_in(report: Report, citizen: Citizen | None, device: str) -> bool:
    """Whether this person has a voice already."""
    voices = Voice.objects.filter(report=report)
    if citizen is not None and voices.filter(citizen=citizen).exists():
        return True
    mark = lookup_hash(device, context="reports.device") if device else ""
    return bool(mark) and voices.filter(device_hash=mark).exists()
