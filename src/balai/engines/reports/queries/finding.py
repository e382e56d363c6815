"""Single reports, and who may open them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from balai.engines.reports.enums import Visibility
from balai.engines.reports.models import Report, Voice
from balai.engines.reports.rules import access, numbers
from balai.kernel.case_number import parse_case_number
from balai.kernel.errors import ValueRefused
from balai.notify.addressees import Addressee
from balai.notify.models import Address
from balai.people.contacts import Contact
from balai.people.enums import ContactKind
from balai.runtime.errors import NotFound

if TYPE_CHECKING:
    from balai.people.models import Citizen, Officer

MOST_VOICES = 200
"""So many are asked whose phone this is; the rest show their PIN."""


def report_by_id(id: str | UUID) -> Report | None:
    """A report, for the town's own work; whoever asks for a person asks one of those below."""
    return Report.objects.filter(pk=id).first()


def report_by_number(number: str) -> Report:
    """A report that everybody may read, however its number is typed; raises NotFound for any other."""
    found = Report.objects.filter(number=_canonical(number), is_listed=True).first()
    if found is None:
        raise NotFound(number)
    return found


def report_with_number(number: str) -> Report | None:
    """A report of any state by its canonical number; whoever asks says who may know."""
    return Report.objects.filter(number=number).first()


def is_reached_at(report: Report, kind: str, value: str, *, only_filer: bool = False) -> bool:
    """Whether somebody behind the report is told at this address: left with it, or her account's."""
    sender = Contact(ContactKind(kind), value)
    voices = Voice.objects.filter(report=report).select_related("citizen", "identity")
    asked = voices.filter(is_first=True) if only_filer else voices
    return any(_is_hers(voice, sender) for voice in asked[:MOST_VOICES])


def _is_hers(voice: Voice, sender: Contact) -> bool:
    if voice.citizen is not None and voice.citizen.contact_hash == sender.hash:
        return True
    identity = getattr(voice, "identity", None)
    return (
        identity is not None
        and identity.contact_kind == sender.kind
        and identity.contact.clear == sender.value
    )


def voice_of_citizen(citizen: Citizen, number: str) -> Voice:
    """A citizen's own part in a report, whatever its state; raises NotFound."""
    voices = Voice.objects.select_related("report").filter(citizen=citizen)
    found = voices.filter(report__number=_canonical(number)).first()
    if found is None:
        raise NotFound(number)
    return found


def voice_by_pin(number: str, pin: str) -> Voice:
    """The part in a report that a slip names; raises NotFound. Whoever asks limits the guesses."""
    report = Report.objects.filter(number=_canonical(number)).first()
    if report is not None:
        mark = numbers.pin_hash(report.pk, pin)
        found = Voice.objects.filter(report=report, pin_hash=mark).first()
        if found is not None:
            found.report = report
            return found
    raise NotFound(number)


def voice_by_id(id: str | UUID) -> Voice | None:
    """A part in a report, for a browser that has shown before that it is hers."""
    return Voice.objects.select_related("report").filter(pk=id).first()


def first_voice(report: Report) -> Voice:
    """The part of whoever filed it."""
    return Voice.objects.select_related("report").get(report=report, is_first=True)


def is_number(number: str) -> bool:
    """Whether this could be the number of a report, however it is typed."""
    try:
        return parse_case_number(number).startswith(f"{numbers.PREFIX}-")
    except ValueRefused:
        return False


def report_for_officer(officer: Officer, id: str | UUID) -> Report:
    """A report that the officer has a part in; raises NotFound."""
    found = report_by_id(id)
    if found is None or not access.may_see(officer, found):
        raise NotFound(str(id))
    return found


def report_of_officer_by_number(officer: Officer, number: str) -> Report:
    """The same by its number, however it is typed; raises NotFound."""
    found = Report.objects.filter(number=_canonical(number)).first()
    if found is None or not access.may_see(officer, found):
        raise NotFound(number)
    return found


def report_to_join(number: str) -> Report:
    """A report that anybody may join, though not everybody reads it yet; raises NotFound."""
    found = Report.objects.filter(number=_canonical(number), visibility=Visibility.PUBLIC).first()
    if found is None:
        raise NotFound(number)
    return found


def voices_to_tell(report: Report, *, only_filer: bool) -> QuerySet[Voice]:
    """Those behind the report, and behind what was joined to it, who left a way to be reached."""
    mine = (
        Q(report=report)
        if only_filer
        else Q(report=report) | Q(report__parent=report, report__state="joined")
    )
    reachable = Q(citizen__isnull=False) | Q(identity__contact__isnull=False)
    voices = Voice.objects.filter(mine & reachable).select_related("citizen", "identity").order_by("at", "pk")
    return voices.filter(is_first=True) if only_filer else voices


def addressee(voice_id: str) -> Addressee | None:
    """Where somebody without an account asked to be told; None when she left nothing."""
    try:
        key = UUID(voice_id)
    except ValueError:
        return None
    voice = Voice.objects.select_related("identity").filter(pk=key).first()
    identity = getattr(voice, "identity", None)
    if identity is None or not identity.contact:
        return None
    return Addressee((Address(identity.contact_kind, identity.contact.clear),), "")


def _canonical(number: str) -> str:
    try:
        return parse_case_number(number)
    except ValueRefused:
        raise NotFound(number) from None
