"""A report in the words and colours of the desk: state, place, promises, time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from balai.engines.reports.enums import OVER, ReportState
from balai.engines.reports.models import Event, Report
from balai.engines.reports.queries.routes import Suggestion
from balai.engines.reports.queries.sheets import Promise
from balai.engines.reports.queries.telling import gathered, joined_words
from balai.government import current as government
from balai.government.texts import of_town
from balai.kernel.dates import format_datetime
from balai.region import queries as region
from balai.region.enums import RoadStatus

TONES: dict[str, str] = {
    ReportState.RECEIVED: "attention",
    ReportState.ASSIGNED: "attention",
    ReportState.WORKING: "calm",
    ReportState.WAITING: "calm",
    ReportState.FORWARDED: "calm",
    ReportState.RESOLVED: "good",
    ReportState.CLOSED: "good",
    ReportState.UNCONFIRMED: "calm",
    ReportState.REJECTED: "late",
    ReportState.ARCHIVED: "calm",
    ReportState.JOINED: "calm",
    ReportState.WITHDRAWN: "calm",
}


@dataclass(frozen=True)
class PromiseRow:
    """One clock for the page: its name, the meter, and what to know beside it."""

    title: str
    label: str
    share: int
    tone: str
    note: str


def promise_row(promise: Promise, at: datetime) -> PromiseRow:
    """The meter of one clock, with its deadline, its pause and its round."""
    clock = promise.clock
    notes = [_("batas %(time)s") % {"time": _instant(clock.due_at)}]
    if promise.is_paused and clock.resumes_at is not None:
        notes.append(_("menunggu paling lama sampai %(time)s") % {"time": _instant(clock.resumes_at)})
    if clock.round > 1:
        notes.append(_("putaran ke-%(n)s") % {"n": clock.round})
    return PromiseRow(
        title=str(promise.name.label),
        label=_label(promise, at),
        share=promise.share,
        tone=_tone(promise),
        note=", ".join(notes),
    )


def _label(promise: Promise, at: datetime) -> str:
    clock = promise.clock
    if promise.is_paused:
        return _("waktu berhenti")
    if clock.stopped_at is not None:
        if promise.is_late:
            return _("lewat %(time)s") % {"time": span_words(clock.stopped_at - clock.due_at)}
        return _("tepat waktu")
    if promise.is_late:
        return _("lewat %(time)s") % {"time": span_words(at - clock.due_at)}
    return _("%(time)s lagi") % {"time": span_words(clock.due_at - at)}


def _tone(promise: Promise) -> str:
    if promise.is_late:
        return "late"
    if promise.is_paused:
        return "paused"
    return "attention" if promise.is_running and promise.share >= 75 else "good"


def span_words(span: timedelta) -> str:
    """So many minutes, hours or days."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)s jam", "%(n)s jam", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s hari", "%(n)s hari", minutes // 1440) % {"n": minutes // 1440}


def place_rows(report: Report, suggestion: Suggestion) -> list[dict[str, str]]:
    """Where it is and whose it is, with the source of what is said."""
    rows = [{"label": of_town(_("Desa atau kelurahan")), "value": region.area_path(report.area_code)}]
    if report.place_note:
        rows.append({"label": _("Patokan"), "value": report.place_note})
    if report.lat is not None and report.lon is not None:
        rows.append({"label": _("Titik"), "value": f"{report.lat:.5f}, {report.lon:.5f}"})
    if report.road_name or report.road_status:
        rows.append({"label": _("Jalan"), "value": _road(report)})
    place = suggestion.place
    if place.owner_name:
        rows.append({"label": _("Pemilik lahan"), "value": place.owner_name})
    source = place.source or report.in_charge_by
    if source:
        rows.append({"label": _("Menurut"), "value": source})
    return [row for row in rows if row["value"]]


def _road(report: Report) -> str:
    known = report.road_status in RoadStatus.values
    status = region.road_words(report.road_status) if known else _("status jalan belum diketahui")
    return f"{report.road_name} ({status})" if report.road_name else status


def timeline(events: list[Event], report: Report, offices: dict[str, str]) -> list[dict[str, Any]]:
    """What happened, oldest first; who is not a citizen is named."""
    is_over = report.state in OVER
    return [
        {
            "title": event.get_kind_display(),
            "at": _instant(event.at),
            "by": f"{event.actor_name}, {offices.get(event.office_code, '')}" if event.actor_name else "",
            "text": _said(event, count),
            "state": "current" if event is events[-1] and not is_over else "done",
        }
        for event, count in gathered(events)
    ]


def _said(event: Event, count: int) -> str:
    text = event.text if count == 1 else joined_words(count)
    return text if event.public else f"{text} ({_('tidak tampil untuk umum')})"


def _instant(at: datetime) -> str:
    return format_datetime(at, government().tzinfo)
