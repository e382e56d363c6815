"""The officer's report of a visit: the form of a `[[report]]`, and what it says when it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms as django_forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from balai.catalogue import kinds
from balai.catalogue.forms import AnswersForm, FieldFault, FormErrors
from balai.catalogue.forms.answers import form_faults
from balai.catalogue.kinds import FormContext
from balai.catalogue.kinds.sentences import sentence
from balai.catalogue.schema import Report, ServiceDefinition
from balai.catalogue.schema.form import is_upload
from balai.engines.cases.actions import Found
from balai.engines.cases.enums import Opinion
from balai.engines.cases.forms.attaching import shown_upload, store_files_of
from balai.engines.cases.forms.register import DayField
from balai.engines.cases.models import CaseStep
from balai.engines.cases.rules import access, home
from balai.files import queries as files
from balai.files.models import Upload
from balai.government import current as government
from balai.kernel.errors import ValueRefused
from balai.people.today import local_today
from balai.ui import widgets

if TYPE_CHECKING:
    from balai.people.models import Officer

NOTE = django_forms.Textarea(attrs={"rows": 3})


class OpinionForm(django_forms.Form):
    """What somebody who was asked says, in three words and in her own."""

    opinion = django_forms.ChoiceField(
        label=_("Pendapat Anda"),
        widget=widgets.Radios,
        error_messages={"required": _("Pilih pendapat Anda.")},
    )
    note = django_forms.CharField(
        label=_("Catatan untuk pemutus"),
        help_text=_("Wajib bila bukan “ya”: alasan atau syaratnya. Warga tidak membaca catatan ini."),
        required=False,
        max_length=2000,
        widget=NOTE,
    )

    def __init__(self, step: CaseStep, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].choices = choices_of(step.act)  # type: ignore[attr-defined]  # a ChoiceField
        if access.stands_in_for_rt(step.act, step.permission):
            note = self.fields["note"]
            note.required, note.label = True, _("Dari mana Anda tahu?")
            note.help_text = _(
                "Anda memberi keterangan menggantikan ketua RT. Warga tidak membaca catatan ini."
            )
            note.error_messages["required"] = _("Tulis dari mana Anda tahu.")


def choices_of(act: str) -> list[tuple[str, Any]]:
    """The opinions that can be given at a step of this act, in its words."""
    if act == "attest":
        return [
            (Opinion.YES.value, _("Benar, warga saya dan keterangannya sesuai")),
            (Opinion.NO.value, _("Tidak dapat saya benarkan")),
        ]
    return list(Opinion.choices)


class PlanForm(django_forms.Form):
    """When somebody comes."""

    day = DayField(label=_("Hari kunjungan"), widget=widgets.TextInput(attrs={"placeholder": "24-11-2026"}))
    hour = django_forms.RegexField(
        r"^\s*([01]?\d|2[0-3])[.:]([0-5]\d)\s*$",
        label=_("Jam"),
        widget=widgets.TextInput(attrs={"placeholder": "09.00", "class": "input digits medium"}),
        error_messages={"invalid": _("Tulis jam seperti 09.00.")},
    )

    def planned_at(self) -> datetime:
        """The instant, on the town's wall clock."""
        hour, _dot, minute = self.cleaned_data["hour"].replace(":", ".").strip().partition(".")
        at = time(int(hour), int(minute), tzinfo=government().tzinfo)
        return datetime.combine(self.cleaned_data["day"], at)


class NoteOnlyForm(django_forms.Form):
    """The report of a visit for which the definition asks nothing in particular."""

    note = django_forms.CharField(
        label=_("Hasil kunjungan"),
        help_text=_("Apa yang Anda lihat dan lakukan. Warga tidak membaca catatan ini."),
        max_length=2000,
        widget=NOTE,
    )


@dataclass(frozen=True)
class ShownReport:
    """A visit's report, or an opinion, for reading."""

    step: CaseStep
    title: str
    opinion: str
    rows: tuple[dict[str, str], ...]
    photos: tuple[Upload, ...]

    @property
    def tone(self) -> str:
        """The colour beside the word."""
        tones = {Opinion.YES.value: "good", Opinion.NO.value: "late", Opinion.CONDITIONS.value: "attention"}
        return tones.get(self.step.opinion, "calm")


def report_form(
    service: ServiceDefinition,
    report: Report,
    data: QueryDict | None = None,
    uploads: MultiValueDict[str, Any] | None = None,
    *,
    stored: Sequence[str] = (),
) -> AnswersForm:
    """Every page of the report as one form."""
    return AnswersForm(
        service,
        report.page,
        context=FormContext(local_today()),
        before={},
        stored_uploads=list(stored),
        data=data,
        files=uploads,
    )


def store_photos(report: Report, uploads: MultiValueDict[str, Any], by: Officer) -> tuple[Any, Any]:
    """Keep what the officer sent: ids by question, and why others were refused."""
    kept: dict[str, list[str]] = {}
    refused: dict[str, str] = {}
    for page in report.page:
        more, wrong = store_files_of(page, uploads, by=by.as_actor(), owner=by.as_subject())
        kept |= more
        refused |= wrong
    return kept, refused


def show_kept(form: AnswersForm, kept: Mapping[str, Sequence[str]]) -> None:
    """Say beside each question which photo is there already."""
    rows = files.uploads([each for ids in kept.values() for each in ids])
    for name, ids in kept.items():
        row = rows.get(UUID(ids[0])) if ids else None
        if row is not None and name in form.fields:
            form.fields[name].current = shown_upload(row)  # type: ignore[attr-defined]  # for the template
    form.kept = [(f"kept:{name}", each) for name, ids in kept.items() for each in ids]  # type: ignore[attr-defined]  # for the template


def found_of(answers: Mapping[str, Any], kept: Mapping[str, Sequence[str]], note: str = "") -> Found:
    """What `actions.report_visit` takes."""
    return Found(answers, {name: [UUID(each) for each in ids] for name, ids in kept.items()}, note)


def clean_report(service: ServiceDefinition, report: Report, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers of a report from JSON; raises FormErrors with every fault, photos aside."""
    specs = {spec.id: spec for spec in report.fields if not is_upload(spec)}
    texts: dict[str, Any] = {}
    faults: dict[str, tuple[FieldFault, ...]] = {}
    for name, value in raw.items():
        try:
            if name not in specs:
                raise ValueRefused("json.unknown_field")
            texts[name] = kinds.kind(specs[name].kind).text_of(value, specs[name])
        except ValueRefused as refused:
            faults[name] = (FieldFault(refused.code, sentence(refused.code, **refused.params)),)
    photos = [spec.id for spec in report.fields if is_upload(spec)]
    form = report_form(service, report, _posted(texts), MultiValueDict(), stored=photos)
    if not form.is_valid():
        faults = {**form_faults(form), **faults}
    if faults:
        raise FormErrors(faults)
    return form.answers


def _posted(texts: Mapping[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, text in texts.items():
        data[name] = text
    return data


def shown_reports(service: ServiceDefinition, steps: Sequence[CaseStep]) -> list[ShownReport]:
    """Opinions and reports as whoever decides reads them; one query for all photos."""
    ids = [each for step in steps for each in _ids(step)]
    rows = files.uploads(ids) if ids else {}
    titles = {step.id: step.title for step in (*service.step, home.STEP)}
    return [
        ShownReport(
            step=step,
            title=titles.get(step.step_id, ""),
            opinion=_opinion(step),
            rows=tuple(report_rows(service, step)),
            photos=tuple(rows[each] for each in _ids(step) if each in rows),
        )
        for step in steps
    ]


def _ids(step: CaseStep) -> list[UUID]:
    return [UUID(each) for ids in _uploads(step).values() for each in ids]


def _opinion(step: CaseStep) -> str:
    return str(dict(choices_of(step.act)).get(step.opinion, ""))


def _uploads(step: CaseStep) -> dict[str, list[str]]:
    return step.report.clear["uploads"] if step.report else {}


def report_asked(
    service: ServiceDefinition, open_steps: Sequence[CaseStep], step_id: str = ""
) -> Report | None:
    """The report of the open visit of this id, or of the first; None where it asks nothing in particular."""
    visits = [row.step_id for row in open_steps if row.act == "visit" and step_id in ("", row.step_id)]
    planned = next((step for step in service.step if visits and step.id == visits[0]), None)
    return service.report_of(planned.report) if planned is not None and planned.report else None


def report_rows(service: ServiceDefinition, step: CaseStep) -> list[dict[str, str]]:
    """Question and answer of a report, as people read them."""
    planned = next((each for each in service.step if each.id == step.step_id), None)
    if not step.report or planned is None or planned.report is None:
        return []
    answers = step.report.clear["answers"]
    return [
        {"label": spec.label, "value": kinds.kind(spec.kind).display(answers[spec.id], spec)}
        for spec in service.report_of(planned.report).fields
        if spec.id in answers
    ]
