"""The plug into the packages below: what portal, desk, work, files and notify may ask this engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from balai.catalogue import engine as catalogue_engine
from balai.catalogue.engine import Affair, Figure, Tone
from balai.catalogue.faults import CatalogueRefused, Fault
from balai.catalogue.schema.base import Part
from balai.catalogue.schema.listed import Entry
from balai.engines.reports import actions
from balai.engines.reports.actions import arriving
from balai.engines.reports.actions.answering import answer_status
from balai.engines.reports.enums import ReportState
from balai.engines.reports.forms.league import figures
from balai.engines.reports.models.report import SUBJECT_LABEL
from balai.engines.reports.models.voices import IDENTITY_LABEL
from balai.engines.reports.queries import definitions, examples, finding, reading
from balai.engines.reports.queries.silence import SILENCE_LABEL
from balai.engines.reports.queries.suggesting import entry_of
from balai.engines.reports.rules import access
from balai.engines.reports.rules.categories import Category, TownReports
from balai.engines.reports.rules.examples import ReportExample
from balai.engines.reports.rules.messages import STATUS_WORDS
from balai.engines.reports.views.parts import grant_url
from balai.files import readers
from balai.notify import addressees, replies
from balai.partners import receivers
from balai.partners.receivers import Receiver
from balai.people import permissions
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.work import subjects

if TYPE_CHECKING:
    from balai.government import Government
    from balai.people.models import Citizen

TONES: dict[ReportState, Tone] = {
    ReportState.RECEIVED: "waiting",
    ReportState.ASSIGNED: "waiting",
    ReportState.WORKING: "waiting",
    ReportState.WAITING: "attention",
    ReportState.FORWARDED: "waiting",
    ReportState.RESOLVED: "attention",
    ReportState.CLOSED: "done",
    ReportState.UNCONFIRMED: "neutral",
    ReportState.REJECTED: "neutral",
    ReportState.ARCHIVED: "neutral",
    ReportState.JOINED: "neutral",
    ReportState.WITHDRAWN: "neutral",
}


class ReportEngine(catalogue_engine.Engine):
    """Reports of what is wrong, with a clock and an answer."""

    code: ClassVar[str] = "reports"

    def affairs(self, citizen: Citizen) -> Sequence[Affair]:
        """The citizen's reports, newest first; one statement."""
        return [
            Affair(
                title=voice.report.title,
                number=voice.report.number,
                state_label=voice.report.state_label,
                tone=TONES[ReportState(voice.report.state)],
                url=f"/saya/laporan/{voice.report.number}/",
                updated_at=voice.report.updated_at,
            )
            for voice in reading.voices_of(citizen)
        ]

    def figures(self, today: date) -> Sequence[Figure]:
        """How fast reports are answered, and what is owed beyond its time; at most three statements."""
        return figures(clock.now())

    def track(self, number: str, pin: str) -> str | None:
        """Address of the page of whoever holds this slip. Whoever asks limits the guesses."""
        try:
            return grant_url(finding.voice_by_pin(number, pin))
        except NotFound:
            return None

    def entries(self, folder: Path, government: Government) -> Sequence[Entry]:
        """Every kind of trouble that may be reported here."""
        if not _has_kinds(folder):
            return ()
        found = definitions.load(folder, government)
        note = _("Laporkan di sini, kapan saja")
        return [replace(entry_of(each), note=note) for each in found.offered.values()]

    def check(self, folder: Path, government: Government) -> Iterable[Fault]:
        """Faults of services/reports and of the government's reports.toml."""
        return definitions.faults(folder, government) if _has_kinds(folder) else ()

    def walk_examples(self, folder: Path, government: Government) -> Iterable[Fault]:
        """What the examples of services/reports expect otherwise."""
        try:
            return list(examples.walk_all(folder, government)) if _has_kinds(folder) else ()
        except CatalogueRefused as refused:
            return refused.faults

    def schemas(self) -> Mapping[str, dict[str, Any]]:
        """Shapes of category.toml, of its examples, and of a government's reports.toml."""
        shapes: dict[str, type[Part]] = {
            "report-category": Category,
            "report-example": ReportExample,
            "town-reports": TownReports,
        }
        dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        return {name: {**dialect, **shape.model_json_schema(by_alias=True)} for name, shape in shapes.items()}


def _has_kinds(folder: Path) -> bool:
    """A catalogue of a test, or of a town that takes no reports, has none."""
    return (folder / definitions.FOLDER).is_dir()


def desk_link(report_id: str) -> str:
    """The officer's page of a report."""
    return f"/meja/laporan/{report_id}/"


def silence_link(silence_id: str) -> str:
    """Where the reception looks at the doors through which nothing came."""
    return "/meja/laporan/senyap/"


def can_read_file(request: HttpRequest, report_id: str) -> bool:
    """Photos that everybody sees are for everybody; all else for officers with a part, and who filed it."""
    asked = request.resolver_match.kwargs.get("upload_id") if request.resolver_match else None
    evidence = reading.evidence_by_upload(asked) if asked else None
    if evidence is not None and str(evidence.report_id) == report_id and reading.is_for_everybody(evidence):
        return True
    return reading.may_read_files(
        getattr(request, "citizen", None), getattr(request, "officer", None), report_id
    )


def plug_in() -> None:
    """Fill every registry; called once, when the app is ready."""
    for name, label in access.PERMISSIONS.items():
        permissions.register(name, label)
    catalogue_engine.register(ReportEngine)
    subjects.register(
        SUBJECT_LABEL,
        link=desk_link,
        permissions=access.TRAYS,
        on_clock_late=actions.promise_late,
        on_pause_over=actions.pause_over,
        hold=actions.hold,
        locks=("report",),
    )
    replies.register("reports.status", answer=answer_status, words=STATUS_WORDS, shares=True)
    subjects.register(SILENCE_LABEL, link=silence_link, permissions=(access.TRIAGE,))
    replies.register("reports.message", answer=actions.take_message, words=(arriving.WORD,))
    replies.register("reports.answer", answer=actions.take_answer)
    receivers.register(SUBJECT_LABEL, Receiver(told=actions.hear_from_outside, link=desk_link))
    readers.register(SUBJECT_LABEL, can_read_file)
    addressees.register(IDENTITY_LABEL, finding.addressee)
