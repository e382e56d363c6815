"""The officers' forms: route, answer, ask, say a stage, finish, refuse, join, split, edit, look again."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.routes import Groups, offices_to_choose
from balai.engines.reports.queries.sheets import Sheet
from balai.people.enums import Purpose
from balai.ui import widgets
from balai.ui.points import DevicePointInput, PointField

LONGEST_ANSWER, LONGEST_NOTE = 4000, 500
BLANK = re.compile(r"\[[^\[\]\n]{2,60}\]")
"""What a standard text leaves for the officer to fill in: [tanggal]."""
PURPOSES = (Purpose.CONTACT, Purpose.CORRECTION, Purpose.LEGAL_DUTY)


class SheetForm(forms.Form):
    """A form on the page of one report. `version` is what the officer read; ids carry the form's name."""

    name: ClassVar[str] = ""
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sheet: Sheet, data: Any = None, **given: Any) -> None:
        given.setdefault("initial", {})["version"] = sheet.report.version
        super().__init__(data, auto_id=f"{self.name}_%s", **given)
        self.sheet = sheet
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["required"] = _t("Pilih salah satu.")
        self.prepare()

    def prepare(self) -> None:
        """Set choices that depend on the report."""

    def choose(self, field: str, choices: Any) -> None:
        """Set the choices of one field."""
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def said_field(label: Any, help_text: Any = "", rows: int = 5) -> forms.CharField:
    """A box for what the reporter will read."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_ANSWER,
        widget=widgets.Paragraph(attrs={"rows": rows}),
        error_messages={"required": _("Tulis dulu apa yang dibaca pelapor.")},
    )


def without_blanks(text: str) -> str:
    """The text; refused while it holds what a standard text left to fill in."""
    found = BLANK.search(text)
    if found is not None:
        raise forms.ValidationError(
            _t("Isi dulu bagian %(blank)s, atau hapus bila tidak perlu.") % {"blank": found.group()}
        )
    return text


def office_choices(groups: Groups, empty: str) -> list[Any]:
    """Offices as a list with headings."""
    listed = [(label, [(office.code, office.name) for office in offices]) for label, offices in groups]
    return [("", empty), *listed]


class RouteForm(SheetForm):
    """To which office; a word for the colleagues there stays inside."""

    name = "route"
    office = forms.ChoiceField(label=_("Kantor yang menangani"), widget=widgets.Select)
    note = forms.CharField(
        label=_("Catatan untuk kantor itu"),
        help_text=_("Tidak dibaca pelapor."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=widgets.TextInput,
    )

    def prepare(self) -> None:
        """Offices near the place, the present one left out."""
        self.choose("office", office_choices(offices_to_choose(self.sheet.report), _t("Pilih kantor")))


class ReturnForm(RouteForm):
    """The other body sent it back: to which office of ours."""

    name = "return"


class OutsideForm(SheetForm):
    """Which body outside, and its own number for it."""

    name = "outside"
    body = forms.ChoiceField(label=_("Instansi yang berwenang"), widget=widgets.Select)
    reference = forms.CharField(
        label=_("Nomor laporan di sana"), required=False, max_length=100, widget=widgets.TextInput
    )
    note = forms.CharField(
        label=_("Catatan untuk rekan"), required=False, max_length=LONGEST_NOTE, widget=widgets.TextInput
    )
    by_lapor = forms.BooleanField(
        label=_("Serahkan ke SP4N-LAPOR!"),
        help_text=_("Laporan, tempat, dan fotonya ikut; siapa pelapornya tidak."),
        required=False,
        widget=widgets.Checkbox,
    )
    field_order = ("body", "by_lapor", "reference", "note")

    def prepare(self) -> None:
        """All bodies that the government names; by way of LAPOR! where the government has that way."""
        if not definitions.current().here.lapor:
            del self.fields["by_lapor"]
        bodies = definitions.current().here.body
        self.choose("body", [("", _t("Pilih instansi")), *((each.code, each.name) for each in bodies)])


class RefuseForm(SheetForm):
    """Why nothing is done, from the list; the reporter reads the reason's words and the note."""

    name = "refuse"
    reason = forms.ChoiceField(label=_("Alasan"), widget=widgets.Select)
    note = forms.CharField(
        label=_("Tambahan untuk pelapor"),
        help_text=_("Dibaca pelapor sesudah alasannya; pada laporan publik dibaca semua orang."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=widgets.Paragraph(attrs={"rows": 2}),
    )

    def prepare(self) -> None:
        """What cannot be done, and what is laid aside; each only while the report may go there."""
        known, acts = definitions.current().reasons, self.sheet.acts
        groups = (
            ("reject", _t("Tidak dapat ditangani"), known.reject),
            ("archive", _t("Diarsipkan"), known.archive),
        )
        listed = [
            (label, [(f"{act}:{each.code}", each.title) for each in reasons])
            for act, label, reasons in groups
            if act in acts
        ]
        self.choose("reason", [("", _t("Pilih alasan")), *listed])


class AnswerForm(SheetForm):
    """What the reporter and, for a public report, everybody reads."""

    name = "answer"
    text = said_field(_("Jawaban"), _("Dibaca pelapor; pada laporan publik dibaca semua orang."))

    def clean_text(self) -> str:
        """A standard text must be finished."""
        return without_blanks(str(self.cleaned_data["text"]))


class AnswerHereForm(AnswerForm):
    """The same at the reception, for what it knows itself."""

    name = "here"


class AskForm(SheetForm):
    """What only the reporter knows; the clock of completion waits for her."""

    name = "ask"
    text = said_field(
        _("Pertanyaan"),
        _("Waktu berhenti sampai pelapor menjawab. Pada laporan publik dibaca semua orang."),
        rows=3,
    )


class SeveralPhotos(widgets.PhotoInput):
    """More than one photo at once; `attachments.take` reads the list."""

    allow_multiple_selected = True


class SeveralPapers(widgets.DocumentInput):
    """More than one paper or photo at once."""

    allow_multiple_selected = True


class ProofFields(forms.Form):
    """Photos or papers, and where the device was when they were attached."""

    attached = forms.FileField(label=_("Foto"), required=False, widget=SeveralPhotos({"multiple": True}))
    place = PointField(label=_("Lokasi ponsel saat foto diambil"), required=False, widget=DevicePointInput)


class StageForm(SheetForm, ProofFields):
    """How far it is, by a stage of its kind."""

    name = "stage"
    stage = forms.ChoiceField(label=_("Perkembangan"), widget=widgets.Radios)
    text = forms.CharField(
        label=_("Keterangan"), required=False, max_length=LONGEST_NOTE, widget=widgets.TextInput
    )
    field_order = ("stage", "text", "attached", "place")

    def prepare(self) -> None:
        """The stages of the kind of report."""
        category = self.sheet.category
        stages = category.stage if category else ()
        self.choose("stage", [(each.code, _stage_words(each.title, each.photo)) for each in stages])


def _stage_words(title: str, photo: bool) -> str:
    return _t("%(title)s (dengan foto)") % {"title": title} if photo else title


class ResolveForm(SheetForm, ProofFields):
    """It is done, with proof; without a place of the photo the reason is read by everybody."""

    name = "resolve"
    text = said_field(_("Apa yang sudah dikerjakan"), rows=3)
    attached = forms.FileField(label=_("Bukti"), required=False, widget=SeveralPapers({"multiple": True}))
    no_place = forms.CharField(
        label=_("Bila foto tidak diambil di tempatnya, mengapa?"),
        help_text=_("Dibaca semua orang. Kosongkan bila lokasi ponsel sudah tercatat."),
        required=False,
        max_length=200,
        widget=widgets.TextInput,
    )
    field_order = ("text", "attached", "place", "no_place")

    def clean_text(self) -> str:
        """A standard text must be finished."""
        return without_blanks(str(self.cleaned_data["text"]))


class MergeForm(SheetForm):
    """Into which report: one of those suggested, or a number."""

    name = "merge"
    number = forms.CharField(
        label=_("Nomor laporan yang sama"), max_length=30, widget=widgets.CaseNumberInput
    )


class SplitForm(SheetForm):
    """The second matter that a report holds."""

    name = "split"
    category = forms.ChoiceField(label=_("Jenis bagian itu"), widget=widgets.Select)
    text = forms.CharField(
        label=_("Isi bagian itu"), max_length=LONGEST_ANSWER, widget=widgets.Paragraph(attrs={"rows": 3})
    )
    office = forms.ChoiceField(
        label=_("Kantor"),
        help_text=_("Kosongkan bila belum tahu; bagian itu masuk lagi untuk diperiksa."),
        required=False,
        widget=widgets.Select,
    )

    def prepare(self) -> None:
        """Kinds that the town takes, and offices near the place."""
        self.choose("category", category_choices(_t("Pilih jenis")))
        self.choose("office", office_choices(offices_to_choose(self.sheet.report), _t("Belum tahu")))


def category_choices(empty: str) -> list[Any]:
    """The kinds of reports that the town takes, under their groups."""
    found = definitions.current()
    listed = []
    for group in found.groups:
        kinds = [(each.slug, each.title) for each in found.offered.values() if each.group == group.code]
        if kinds:
            listed.append((group.title, kinds))
    return [("", empty), *listed]


class PublicForm(SheetForm):
    """What everybody reads of the report: without names, insults, faces and plates."""

    name = "public"
    title = forms.CharField(label=_("Judul"), max_length=160, widget=widgets.TextInput)
    text = forms.CharField(
        label=_("Isi yang tampil"),
        help_text=_("Hapus nama orang dan kata kasar. Tulisan asli pelapor tidak berubah."),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=widgets.Paragraph(attrs={"rows": 4}),
    )
    shown = forms.MultipleChoiceField(label=_("Foto yang tampil"), required=False, widget=widgets.Checks)

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        pictures = [each for each in sheet.files if each.evidence.is_picture]
        shown = [str(each.upload.pk) for each in pictures if each.evidence.is_public]
        report = sheet.report
        initial = {"title": report.title, "text": report.public_text, "shown": shown}
        self.pictures = pictures
        super().__init__(sheet, data, initial=initial)

    def prepare(self) -> None:
        """The report's pictures by their number; without any the question goes."""
        words = _t("Foto %(n)s: %(role)s")
        listed = [
            (str(each.upload.pk), words % {"n": n, "role": each.evidence.get_role_display()})
            for n, each in enumerate(self.pictures, start=1)
        ]
        self.choose("shown", listed)
        if not listed:
            del self.fields["shown"]


class RecheckForm(SheetForm, ProofFields):
    """What an inspector found on the spot."""

    name = "recheck"
    found = forms.ChoiceField(
        label=_("Apa yang ditemukan"),
        choices=[("done", _("Benar sudah selesai")), ("not", _("Belum selesai, dibuka lagi"))],
        widget=widgets.Radios,
    )
    note = forms.CharField(
        label=_("Keterangan"), max_length=LONGEST_NOTE, widget=widgets.Paragraph(attrs={"rows": 2})
    )
    field_order = ("found", "note", "attached", "place")


class SeparateForm(SheetForm):
    """Nothing to fill in: a merge was wrong."""

    name = "separate"


class NoteForm(SheetForm):
    """A word among colleagues."""

    name = "note"
    text = forms.CharField(
        label=_("Catatan untuk rekan"), max_length=2000, widget=widgets.Paragraph(attrs={"rows": 2})
    )


class IdentifyForm(SheetForm):
    """Whose identity is opened, and what for; the purpose is kept."""

    name = "identify"
    voice = forms.CharField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("Untuk apa identitas dibuka?"),
        choices=[("", _("Pilih keperluan")), *((each.value, each.label) for each in PURPOSES)],
        widget=widgets.Select,
    )


class CheckedForm(forms.Form):
    """What somebody found who looked."""

    note = forms.CharField(
        label=_("Apa yang ditemukan"), max_length=300, widget=widgets.Paragraph(attrs={"rows": 2})
    )
