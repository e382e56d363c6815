"""Handing a report over to SP4N-LAPOR!, and hearing what becomes of it there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from balai import audit
from balai.engines.reports.actions import moving
from balai.engines.reports.actions.moving import TRIAGE
from balai.engines.reports.actions.triage import forward_out
from balai.engines.reports.enums import ClockName, EventKind, ReportKind, ReportState, Visibility
from balai.engines.reports.errors import NoSuchOffice
from balai.engines.reports.models import Event, Evidence, Report, Voice
from balai.engines.reports.queries import definitions
from balai.kernel.references import SYSTEM
from balai.partners.lapor import actions as lapor
from balai.partners.lapor.enums import OutsideState
from balai.partners.lapor.package import LONGEST, MOST_ATTACHMENTS, LaporPackage
from balai.partners.receivers import News
from balai.runtime.transaction import lock, write_transaction
from balai.work import queries as work

if TYPE_CHECKING:
    from balai.people.models import Officer

NEEDS_US = frozenset(
    {OutsideState.ARCHIVED, OutsideState.NOT_THEIRS, OutsideState.REJECTED, OutsideState.DONE}
)
"""What LAPOR! says that somebody here must act upon."""


@write_transaction(locks="report")
def hand_to_lapor(*, by: Officer, report: Report, body: str, note: str = "") -> Report:
    """Forward it to the body in charge, by way of LAPOR!; its reference stands in the report.

    Raises NotYourReport, NoSuchOffice (no such body, or this government has no way to LAPOR!), Moved,
    PackageRefused, AlreadyHandedOver.
    """
    found = definitions.current().body(body)
    if found is None or not definitions.current().here.lapor or report.kind == ReportKind.WHISTLE:
        raise NoSuchOffice()
    package = package_of(report, found.name)
    handed = lapor.hand_over(by=by.as_actor(), subject=report.as_subject(), package=package)
    return forward_out(by=by, report=report, body=body, reference=handed.reference, note=note)


def package_of(report: Report, agency: str) -> LaporPackage:
    """The report as LAPOR!'s form asks for it; nothing in it says who reported."""
    category = definitions.current().any_category(report.category)
    is_secret = report.visibility == Visibility.SECRET
    words = report.words.clear if is_secret else report.public_text or report.words.clear
    pictures = Evidence.objects.filter(report=report, role="reported").order_by("at", "pk")
    return LaporPackage(
        title=report.title[: LONGEST["title"]],
        text=str(words),
        target_agency=agency[: LONGEST["target_agency"]],
        our_reference=report.number,
        category=(category.title if category else "")[: LONGEST["category"]],
        kind=report.kind,
        event_on=report.happened_on,
        place=moving.place_words(report)[: LONGEST["place"]],
        is_anonymous=Voice.objects.filter(report=report, is_first=True, hides_name=True).exists(),
        is_secret=is_secret,
        attachments=tuple(pictures.values_list("upload_id", flat=True)[:MOST_ATTACHMENTS]),
    )


def hear_from_outside(news: News) -> None:
    """What LAPOR! says stands in the timeline once, and what we must act upon in the reception's tray."""
    return _hear(news=news)


@write_transaction(locks="report")
def _hear(*, news: News) -> None:
    row = Report.objects.filter(pk=news.about.id).first()
    if row is None or Event.objects.filter(pk=UUID(news.id)).exists():
        return
    report = lock(row)
    Event.objects.create(
        id=UUID(news.id),
        report=report,
        at=max(news.at, report.filed_at),
        kind=EventKind.FORWARDED if news.event == "sent" else EventKind.ANSWERED,
        office_code=report.office_code,
        text=_words(news),
    )
    audit.record("reports.outside", by=SYSTEM, about=report.as_subject(), data={"state": news.outside_state})
    if news.event == "sent":
        return
    if news.tracking_number:
        report.body_reference = news.tracking_number[:100]
    _come_to_us(report, news, news.at)
    moving.keep(report, max(news.at, report.updated_at))
    moving.tell_voices(report, "stage", mark=news.id)


def _words(news: News) -> str:
    if news.event == "sent":
        return _("Diserahkan ke SP4N-LAPOR! dengan nomor %(number)s.") % {"number": news.reference}
    told = _("SP4N-LAPOR!: %(state)s.") % {"state": news.outside_label}
    if news.tracking_number:
        told = f"{told} {_('Nomor di sana: %(reference)s.') % {'reference': news.tracking_number}}"
    return f"{told} {news.text}".strip()


def _come_to_us(report: Report, news: News, at: datetime) -> None:
    """Finished, refused or not theirs: the reception looks at it once more."""
    is_ours = report.state == ReportState.FORWARDED and news.outside_state in NEEDS_US
    if is_ours and not work.items_of(report.as_subject()):
        due_at = moving.due_of(report, ClockName.ACKNOWLEDGE, at)
        moving.open_item(report, TRIAGE, by=SYSTEM, at=at, due_at=due_at, office=report.reception_code)
