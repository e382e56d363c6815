"""The officers' forms: verdicts, decision, shelf, hand-over, proof of identity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from balai.catalogue import forms as catalogue_forms
from balai.catalogue import kinds
from balai.catalogue.forms import ShownAnswer, ShownRow
from balai.catalogue.kinds.areas import government_areas
from balai.catalogue.schema import Reason, ServiceDefinition
from balai.engines.cases.actions import Taker, VerdictGiven
from balai.engines.cases.enums import IdentityCard, Outcome, Relation, TargetKind
from balai.engines.cases.models import Case
from balai.engines.cases.queries import CheckLine
from balai.files.models import Upload
from balai.government.texts import of_town
from balai.kernel.dates import format_date
from balai.kernel.email import mask_email
from balai.kernel.nik import mask
from balai.kernel.phone import mask_phone
from balai.people.enums import Purpose
from balai.people.facts import FACTS, REQUIRED_FACTS, label, shown
from balai.region import queries as region

OK, FAULT = "ok", "fault"
MASKS: Mapping[str, Callable[[str], str]] = {
    "nik": mask,
    "kk": mask,
    "phone": mask_phone,
    "email": mask_email,
}


@dataclass(frozen=True)
class SheetLine:
    """One line of the checking sheet as it is drawn: the thing, its answer or files, and what was chosen."""

    name: str
    line: CheckLine
    is_field: bool
    answer: str
    rows: tuple[ShownRow, ...]
    uploads: tuple[Upload, ...]
    outcome: str
    reason_code: str
    note: str
    row: str
    """Number of the row that the fault is about; "" for the whole answer."""
    page: str
    """Title of the form's page on which an answer was given; "" of a requirement."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Reasons that the officer may choose for this line."""
        return self.line.reasons

    @property
    def is_judged(self) -> bool:
        """Whether there is something to judge now; what is shown at the counter is seen when she comes."""
        asked = self.line.requirement
        return asked is None or (
            asked.is_upload and bool(self.uploads or self.line.letter or self.line.needed)
        )

    @property
    def is_shown_at_counter(self) -> bool:
        """ "KTP asli": nothing was sent, and nothing could have been."""
        return self.line.requirement is not None and not self.line.requirement.is_upload


def sheet(
    lines: Iterable[CheckLine],
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Mapping[Any, Upload],
    posted: QueryDict | None = None,
    *,
    revealed: bool = False,
) -> list[SheetLine]:
    """The lines ready to draw; what was just posted wins over what is stored.

    Identifiers are masked until the officer opens them for a purpose (`revealed`).
    """
    masks = {} if revealed else MASKS
    shown = {row.field: row for row in catalogue_forms.shown_answers(service, answers, masks=masks)}
    titles = {spec.id: page.title for page in service.page for spec in page.field}
    return [_sheet_line(line, shown.get(line.target.id), uploads, posted, titles) for line in lines]


def masked_labels(service: ServiceDefinition, answers: Mapping[str, Any]) -> list[str]:
    """Answers that open together with the applicant's NIK, each a reading of its own."""
    clear = catalogue_forms.shown_answers(service, answers)
    masked = catalogue_forms.shown_answers(service, answers, masks=MASKS)
    own = {spec.id for spec in service.fields if spec.fact == "nik"}
    return [
        label
        for one, other in zip(clear, masked, strict=True)
        if one.field not in own
        for label in _differing(one, other)
    ]


def _differing(clear: ShownAnswer, masked: ShownAnswer) -> list[str]:
    """Labels of what is hidden in an answer: its own, or those in its rows, with the row."""
    if not clear.rows:
        return [clear.label] if clear.text != masked.text else []
    return [
        f"{one.label} ({row.title})"
        for row, behind in zip(clear.rows, masked.rows, strict=True)
        for one, other in zip(row.answers, behind.answers, strict=True)
        if one.text != other.text
    ]


def _sheet_line(
    line: CheckLine,
    shown: ShownAnswer | None,
    uploads: Mapping[Any, Upload],
    posted: QueryDict | None,
    titles: Mapping[str, str],
) -> SheetLine:
    name = str(line.target)
    verdict = line.verdict
    stored = {
        "outcome": verdict.outcome if verdict else "",
        "reason": verdict.reason_code if verdict else "",
        "note": verdict.note_text if verdict else "",
        "row": str(verdict.row or "") if verdict else "",
    }
    chosen = stored if posted is None else {key: posted.get(f"{key}:{name}", "") for key in stored}
    return SheetLine(
        name=name,
        line=line,
        is_field=line.target.kind == TargetKind.FIELD,
        answer=shown.text if shown else "",
        rows=shown.rows if shown else (),
        uploads=tuple(uploads[each] for each in line.uploads if each in uploads),
        outcome=chosen["outcome"],
        reason_code=chosen["reason"],
        note=chosen["note"],
        row=chosen["row"],
        page=titles.get(line.target.id, "") if line.target.kind == TargetKind.FIELD else "",
    )


def verdicts_given(lines: Iterable[CheckLine], posted: QueryDict) -> list[VerdictGiven]:
    """What the officer said. A question needs no verdict unless it is faulty, or was faulty before.

    One that was repaired and is not marked again has passed: its earlier fault must not stand for ever.
    """
    given = []
    for line in lines:
        outcome = posted.get(f"outcome:{line.target}", "")
        was_fault = line.verdict is not None and line.verdict.outcome == Outcome.FAULT
        if outcome == FAULT:
            reason, note = posted.get(f"reason:{line.target}", ""), posted.get(f"note:{line.target}", "")
            row = posted.get(f"row:{line.target}", "")
            number = int(row) if row.isdecimal() and len(row) <= 2 else None
            given.append(VerdictGiven(line.target, is_ok=False, reason_code=reason, note=note, row=number))
        elif outcome == OK or (line.target.kind == TargetKind.FIELD and (was_fault or line.is_new)):
            given.append(VerdictGiven(line.target, is_ok=True))
    return given


class RejectForm(forms.Form):
    """A rejection: a reason from the service's list, and words for the citizen."""

    reason_code = forms.ChoiceField(label=_("Alasan penolakan"))
    note = forms.CharField(
        label=_("Keterangan untuk pemohon"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, service: ServiceDefinition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(reason.code, reason.title) for reason in service.reject_reason]
        self.fields["reason_code"].choices = [("", _("Pilih alasan")), *reasons]  # type: ignore[attr-defined]  # a ChoiceField


class ShelfForm(forms.Form):
    """Where the signed letter stands."""

    shelf_number = forms.CharField(
        label=_("Nomor rak"),
        help_text=_("Misalnya A-12. Warga menyebutkannya saat mengambil."),
        max_length=20,
        error_messages={"required": _("Isi nomor rak, supaya suratnya mudah dicari.")},
    )


class TakerForm(forms.Form):
    """Who takes the letter, and which card the officer saw."""

    name = forms.CharField(
        label=_("Nama pengambil"), max_length=100, error_messages={"required": _("Isi nama pengambil.")}
    )
    relation = forms.ChoiceField(label=_("Hubungan dengan pemohon"), choices=Relation.choices)
    card = forms.ChoiceField(label=_("Kartu identitas yang dilihat"), choices=IdentityCard.choices)
    card_number = forms.CharField(
        label=_("Nomor kartu"),
        help_text=_("Hanya empat angka terakhir yang disimpan."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Isi nomor kartu yang Anda lihat.")},
    )

    def taker(self) -> Taker:
        """What was typed, for `actions.hand_over`."""
        return Taker(**self.cleaned_data)


class NoteForm(forms.Form):
    """A message to the citizen, or a note for colleagues."""

    text = forms.CharField(
        label=_("Pesan atau catatan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.ChoiceField(
        label=_("Untuk siapa"),
        choices=[("internal", _("Catatan petugas")), ("citizen", _("Pesan untuk warga"))],
        widget=forms.RadioSelect,
        initial="internal",
    )


class RevealForm(forms.Form):
    """Opening a masked value needs a purpose from the list; the citizen will read it."""

    purpose = forms.ChoiceField(label=_("Untuk keperluan"), choices=Purpose.choices)


class ProofForm(forms.Form):
    """What the applicant's card says, for `people.actions.prove_at_counter`."""

    seen = forms.BooleanField(
        label=_("Saya melihat orangnya dan kartu aslinya, dan keduanya cocok."),
        error_messages={"required": _("Cocokkan dahulu orang dan kartunya.")},
    )

    def __init__(self, known: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = {fact: _fact_field(fact) for fact in FACTS if fact in known or fact in REQUIRED_FACTS}
        self.fields = {**facts, "seen": self.fields["seen"]}
        self.initial = dict(known)
        area = known.get("area_code", "")
        if area:
            stated = _("Menurut permohonan: %(area)s.") % {"area": region.area_path(area)}
            self.fields["area_code"].help_text = stated

    def facts(self) -> dict[str, str]:
        """The card's facts as typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen" and value}


def _fact_field(fact: str) -> forms.Field:
    if fact == "area_code":
        areas = [("", of_town(_("Pilih desa atau kelurahan"))), *government_areas()]
        return forms.ChoiceField(label=label(fact), required=fact in REQUIRED_FACTS, choices=areas)
    choices = FACTS[fact].choices
    if choices is not None:
        return forms.ChoiceField(label=label(fact), required=False, choices=[("", "—"), *choices.choices])
    return forms.CharField(label=label(fact), required=fact in REQUIRED_FACTS, max_length=300)


def facts_of_answers(case: Case, service: ServiceDefinition) -> dict[str, str]:
    """What the applicant stated of the facts on a card, to be compared with the card itself."""
    answers = case.answers.clear
    return {
        spec.fact: kinds.kind(spec.kind).typed(answers[spec.id])
        for spec in service.fields
        if spec.fact and answers.get(spec.id)
    }


def fact_text(fact: str, value: str) -> str:
    """A fact as an officer reads it: days in words, places and listed values by their names."""
    if fact == "birth_on":
        return format_date(date.fromisoformat(value))
    return region.area_path(value) if fact == "area_code" else shown(fact, value)
