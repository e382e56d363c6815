"""Drawing the officer's page of one report, with nothing typed lost and every opening journalled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from balai.engines.reports import actions
from balai.engines.reports.enums import ReportState
from balai.engines.reports.forms import cards, story
from balai.engines.reports.forms import officer as forms
from balai.engines.reports.forms.attachments import Sent
from balai.engines.reports.models import Identity, Report, Voice
from balai.engines.reports.queries import sheets
from balai.engines.reports.queries.sheets import Sheet
from balai.engines.reports.rules.acts import Act
from balai.people.requests import OfficerRequest
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.errors import CitizenError
from balai.threads import queries as notes
from balai.threads.enums import Audience
from balai.work.enums import Box

ALWAYS = (forms.NoteForm.name, forms.IdentifyForm.name)
LOOKED, LOOK_SECONDS = "reports.looked", 3600


def draw(
    request: OfficerRequest,
    report: Report,
    *,
    status: int = 200,
    refusal: CitizenError | None = None,
    bound: forms.SheetForm | None = None,
    sent: Sent | None = None,
    revealed: tuple[Voice, Identity | None] | None = None,
) -> HttpResponse:
    """The page; the form that was sent is drawn as it was typed."""
    sheet = sheets.sheet(report, request.officer, clock.now())
    context = context_of(request, sheet, bound=bound, sent=sent)
    opened = {"voice": revealed[0], "known": revealed[1]} if revealed else None
    context |= {"refusal": refusal, "revealed": opened, "box": box_of(request), "from": ""}
    return render(request, "reports/officer/page.html", context, status=refusal.status if refusal else status)


def context_of(
    request: OfficerRequest,
    sheet: Sheet,
    *,
    bound: forms.SheetForm | None = None,
    sent: Sent | None = None,
    keep: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """What the pieces of the page ask for, on its own and beside the list of what came in.

    `keep` is the part of the query that the page's own links carry on.
    """
    note_reading(request, sheet.report)
    report, at = sheet.report, clock.now()
    drawn = cards.cards(sheet, bound, request.GET.dict(), keep)
    offered = {card.form.name: card.form for card in drawn}
    has_form = bound is None or bound.name in (*offered, *ALWAYS)
    return {
        "report": report,
        "sheet": sheet,
        "acts": {act.value for act in sheet.acts},
        "cards": drawn,
        "sent": sent or Sent(),
        "unsaved": [] if has_form or bound is None else list(_unsaved(bound)),
        "tone": story.TONES[report.state],
        "place": story.place_rows(report, sheet.suggestion),
        "promises": [story.promise_row(each, at) for each in sheet.promises],
        "timeline": story.timeline(sheet.events, report, _office_names(sheet)),
        "notes": notes.notes(report.as_subject(), Audience.INTERNAL),
        "note_form": bound if isinstance(bound, forms.NoteForm) else forms.NoteForm(sheet),
        "identify_form": bound if isinstance(bound, forms.IdentifyForm) else forms.IdentifyForm(sheet),
        "alike": sheets.alike_to(sheet) if Act.MERGE in sheet.acts else [],
        **_suggested(sheet, offered),
    }


def _suggested(sheet: Sheet, offered: Mapping[str, forms.SheetForm]) -> dict[str, Any]:
    """The suggestion stands on top as long as nobody has routed the report."""
    found = sheet.suggestion
    is_new = sheet.report.state == ReportState.RECEIVED
    return {
        "suggests": is_new and "route" in offered and (found.office is not None or found.body is not None),
        "suggested": found.office,
    }


def _office_names(sheet: Sheet) -> dict[str, str]:
    codes = {event.office_code for event in sheet.events}
    known = {office.code: office.name for office in (sheet.office, sheet.reception) if office is not None}
    return known if codes <= set(known) else {office.code: office.name for office in region.offices()}


def _unsaved(bound: forms.SheetForm) -> Iterator[dict[str, str]]:
    """Words typed into a form that the page has no more."""
    for field in bound.visible_fields():
        if field.value() and isinstance(field.value(), str):
            yield {"label": str(field.label), "value": str(field.value())}


def box_of(request: OfficerRequest) -> str:
    """The box that the officer came from; an unknown one is the first."""
    name = request.POST.get("kotak") or request.GET.get("kotak", "")
    return name if name in set(Box) else Box.TODO.value


def note_reading(request: OfficerRequest, report: Report) -> None:
    """Journal that this officer read a report, once an hour: each act draws the page again."""
    now, key = int(clock.now().timestamp()), str(report.pk)
    looked = {name: at for name, at in request.session.get(LOOKED, {}).items() if now - at < LOOK_SECONDS}
    if key not in looked:
        actions.note_reading(by=request.officer, report=report)
        request.session[LOOKED] = looked | {key: now}
