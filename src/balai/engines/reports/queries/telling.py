"""What is told of one report: its timeline, its promises beside what became of them, and its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from balai import government
from balai.engines.reports.enums import ClockName, EventKind, EvidenceRole, ReportKind, ReportState
from balai.engines.reports.models import Event, Evidence, Report, Voice
from balai.engines.reports.queries import definitions, promises
from balai.engines.reports.queries.promises import Promise
from balai.kernel import dates
from balai.region import queries as region
from balai.work import queries as work
from balai.work.models import Clock

PAUSED, STOPPED = "paused", "stopped"


@dataclass(frozen=True)
class Line:
    """One line of the timeline, as the component draws it."""

    title: str
    at: str
    by: str
    text: str
    state: str


@dataclass(frozen=True)
class Taken:
    """One promise beside what became of it, as the facts component draws it."""

    label: str
    value: str
    note: str
    tone: str


@dataclass(frozen=True)
class Picture:
    """A photo with words for whoever cannot see it."""

    evidence: Evidence
    url: str
    alt: str
    caption: str


def events(report: Report, *, voice: Voice | None = None) -> list[Event]:
    """What happened, oldest first; her own answers are there for whoever filed it alone."""
    shown = Event.objects.filter(report=report).order_by("id")
    is_filer = voice is not None and voice.is_first
    return [each for each in shown if each.public or (is_filer and each.kind == EventKind.REPLIED)]


def timeline(report: Report, *, voice: Voice | None = None) -> list[Line]:
    """The same in words, with the offices' names."""
    shown = events(report, voice=voice)
    offices = {code: region.office(code) for code in {each.office_code for each in shown}}
    lines = []
    for event, count in gathered(shown):
        office = offices.get(event.office_code)
        by = ", ".join(filter(None, (event.actor_name, office.name if office and event.actor_name else "")))
        state = "current" if event is shown[-1] and report.is_open else "done"
        text = event.text if count == 1 else joined_words(count)
        lines.append(Line(str(EventKind(event.kind).label), _instant(event.at), by, text, state))
    return lines


def gathered(events: Sequence[Event]) -> Iterator[tuple[Event, int]]:
    """Each event and how many it stands for: those who joined one after another are one line, the last.

    Forty neighbours would hide what was done. What one of them wrote to the officers stays a line of its own.
    """
    for is_one_more, group in groupby(events, key=lambda each: each.kind == EventKind.JOINED and each.public):
        if is_one_more:
            joined = list(group)
            yield joined[-1], len(joined)
        else:
            yield from ((each, 1) for each in group)


def joined_words(count: int) -> str:
    """What such a line says."""
    return _("%(n)s warga lagi ikut melaporkan ini.") % {"n": count}


def asked(report: Report) -> str:
    """What the officer wants to know from whoever filed it; "" where nothing is asked."""
    return _last_words(report, EventKind.ASKED) if report.state == ReportState.WAITING else ""


def said_done(report: Report) -> str:
    """In which words the agency last called it done; she reads them where she judges."""
    return _last_words(report, EventKind.RESOLVED)


def _last_words(report: Report, kind: EventKind) -> str:
    found = Event.objects.filter(report=report, kind=kind).order_by("id").last()
    return found.text if found else ""


def promises_taken(report: Report, now: datetime) -> list[Taken]:
    """Each promise in honest words: kept, late, running, waiting for her, or not begun."""
    category = definitions.current().any_category(report.category)
    if category is None:
        return []
    zone = ZoneInfo(government.current().zone)
    filed_on: date = report.filed_at.astimezone(zone).date()
    found = promises.promises_on(filed_on, category, ReportKind(report.kind))
    subject = report.as_subject()
    told = ((each, work.clock_of(subject, each.clock)) for each in found)
    return [_taken(each, clock, report, now) for each, clock in told if clock or report.is_open]


def _taken(promise: Promise, clock: Clock | None, report: Report, now: datetime) -> Taken:
    promised = _("Dijanjikan %(within)s") % {"within": promise.within}
    if clock is None:
        return Taken(promise.label, promised, _("dihitung sejak diteruskan ke dinas"), "")
    if clock.state == STOPPED and clock.stopped_at is not None:
        is_met = _is_met(promise.clock, report)
        if not is_met:
            return Taken(promise.label, promised, _("tidak dihitung lagi"), "")
        kept = clock.was_in_time
        word = _("tepat waktu") if kept else _("lewat dari janji")
        return Taken(
            promise.label, _instant(clock.stopped_at), f"{promised}: {word}", "good" if kept else "late"
        )
    if clock.state == PAUSED:
        return Taken(
            promise.label, promised, _("waktu berhenti sambil menunggu jawaban pelapor"), "attention"
        )
    if clock.due_at < now:
        value = _("Seharusnya %(at)s") % {"at": _instant(clock.due_at)}
        return Taken(promise.label, value, f"{promised}: {_('sudah lewat dari janji')}", "late")
    return Taken(promise.label, _("Paling lambat %(at)s") % {"at": _instant(clock.due_at)}, promised, "")


def _is_met(clock: ClockName, report: Report) -> bool:
    """Whether what was promised happened; a report that was refused stops its clocks too."""
    if clock == ClockName.ACKNOWLEDGE:
        return True
    if clock == ClockName.FIRST_RESPONSE:
        return report.answered_at is not None
    return report.resolved_at is not None


def pictures(report: Report, *, voice: Voice | None = None) -> list[Picture]:
    """Its photos in the order of their arrival: public ones, and all of them for whoever filed it."""
    rows = Evidence.objects.filter(report=report, is_picture=True).order_by("at", "id")
    if voice is None or not voice.is_first:
        rows = rows.filter(is_public=True) if report.is_listed else rows.none()
    return [_picture(report, each, at) for at, each in enumerate(rows, start=1)]


def documents(report: Report, voice: Voice) -> list[Evidence]:
    """What is no picture, for whoever filed it."""
    if not voice.is_first:
        return []
    return list(Evidence.objects.filter(report=report, is_picture=False).order_by("at", "id"))


def _picture(report: Report, each: Evidence, at: int) -> Picture:
    role = EvidenceRole(each.role)
    words = {
        EvidenceRole.REPORTED: _("Keadaan yang dilaporkan"),
        EvidenceRole.STAGE: _("Perkembangan pekerjaan"),
        EvidenceRole.PROOF: _("Bukti selesai"),
        EvidenceRole.RECHECK: _("Pemeriksaan ulang"),
        EvidenceRole.DISPUTE: _("Keadaan menurut pelapor"),
    }[role]
    taken = _("%(metres)s m dari letak laporan") % {"metres": each.metres} if each.metres is not None else ""
    day = dates.format_date(each.at.astimezone(ZoneInfo(government.current().zone)).date())
    caption = ", ".join(filter(None, (words, day, taken)))
    alt = _("Foto %(at)s: %(words)s, %(title)s") % {"at": at, "words": words.lower(), "title": report.title}
    return Picture(each, f"{report.get_absolute_url()}foto/{each.upload_id}/", alt, caption)


def beside_proof(shown: Sequence[Picture]) -> tuple[Picture, Picture] | None:
    """What was reported beside what proves it mended; None where either is missing."""
    first = next((each for each in shown if each.evidence.role == EvidenceRole.REPORTED), None)
    proof = next((each for each in reversed(shown) if each.evidence.role == EvidenceRole.PROOF), None)
    return (first, proof) if first is not None and proof is not None else None


def place_words(report: Report) -> str:
    """Where it is, as far as everybody may know: by village alone where it is sensitive."""
    category = definitions.current().any_category(report.category)
    village = region.area_path(report.area_code) if report.area_code else ""
    if category is None or category.sensitive:
        return village
    return ", ".join(filter(None, (report.place_note, report.road_name, village)))


def office_name(report: Report) -> str:
    """Who has it in hand."""
    office = region.office(report.office_code)
    return office.name if office else ""


def point_shown(report: Report) -> tuple[float, float] | None:
    """The point, where it may be shown exactly."""
    category = definitions.current().any_category(report.category)
    if category is None or category.sensitive or report.lat is None or report.lon is None:
        return None
    return report.lat, report.lon


def _instant(at: datetime) -> str:
    return dates.format_datetime(at, ZoneInfo(government.current().zone))
