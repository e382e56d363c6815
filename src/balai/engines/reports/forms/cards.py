"""The acts as the page offers them: in which order, under which words and keys, with which texts at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from balai.engines.reports.enums import ReportState
from balai.engines.reports.forms import officer as forms
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.sheets import Sheet
from balai.engines.reports.rules.acts import Act


@dataclass(frozen=True)
class Kind:
    """One act of the page: its form, where it is sent, its words, its key; offered for any of `acts`."""

    form: type[forms.SheetForm]
    acts: frozenset[Act]
    address: str
    key: str
    title: Any
    label: Any
    tone: str = ""
    has_files: bool = False


def _one(form: type[forms.SheetForm], act: Act, *given: Any, **more: Any) -> Kind:
    return Kind(form, frozenset({act}), *given, **more)


KINDS = (
    _one(
        forms.RecheckForm,
        Act.RECHECK,
        "periksa-ulang",
        "c",
        _("Periksa ulang di tempat"),
        _("Catat hasilnya"),
        has_files=True,
    ),
    _one(
        forms.ReturnForm, Act.COME_BACK, "kembali", "b", _("Kembali dari instansi lain"), _("Terima kembali")
    ),
    _one(forms.AnswerForm, Act.ANSWER, "jawab", "t", _("Jawab pelapor"), _("Kirim jawaban")),
    _one(
        forms.AnswerHereForm,
        Act.ANSWER_HERE,
        "jawab-sendiri",
        "t",
        _("Jawab sendiri, tanpa meneruskan"),
        _("Ambil alih dan kirim jawaban"),
    ),
    _one(
        forms.StageForm,
        Act.STAGE,
        "kabar",
        "p",
        _("Kabarkan perkembangan"),
        _("Catat perkembangan"),
        has_files=True,
    ),
    _one(
        forms.ResolveForm,
        Act.RESOLVE,
        "selesai",
        "s",
        _("Nyatakan selesai, dengan bukti"),
        _("Nyatakan selesai"),
        has_files=True,
    ),
    _one(forms.AskForm, Act.ASK, "tanya", "q", _("Tanya pelapor"), _("Kirim pertanyaan")),
    _one(forms.RouteForm, Act.ASSIGN, "teruskan", "o", _("Teruskan ke kantor lain"), _("Teruskan")),
    _one(
        forms.OutsideForm,
        Act.FORWARD,
        "keluar",
        "i",
        _("Bukan wewenang pemerintah ini"),
        _("Teruskan ke instansi itu"),
    ),
    _one(forms.MergeForm, Act.MERGE, "gabung", "g", _("Gabung dengan laporan yang sama"), _("Gabung")),
    _one(forms.SeparateForm, Act.SEPARATE, "pisah", "g", _("Gabungan ini keliru"), _("Pisahkan lagi")),
    Kind(
        forms.RefuseForm,
        frozenset({Act.REJECT, Act.ARCHIVE}),
        "tolak",
        "a",
        _("Tolak atau arsipkan"),
        _("Tutup laporan"),
        "danger",
    ),
    _one(forms.SplitForm, Act.SPLIT, "pecah", "l", _("Ada dua hal: pecah"), _("Buat bagian")),
    _one(forms.PublicForm, Act.EDIT, "sunting", "e", _("Sunting yang tampil untuk umum"), _("Simpan")),
)
WITH_TEXTS = ("answer", "here")


@dataclass(frozen=True)
class Text:
    """A standard text: a link that comes back with it in the box, and without a journey where scripts run."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Card:
    """One act ready to draw."""

    kind: Kind
    form: forms.SheetForm
    is_open: bool
    texts: list[Text] = field(default_factory=list)


def cards(
    sheet: Sheet, bound: forms.SheetForm | None, asked: Mapping[str, str], keep: Mapping[str, str]
) -> list[Card]:
    """What the officer may do now, as forms; `asked` is the page's query, `keep` what its links carry on."""
    wanted = bound.name if bound is not None else asked.get("buka", "") or first_open(sheet)
    return [
        Card(
            kind=kind,
            form=bound if bound is not None and bound.name == kind.form.name else _fresh(kind, sheet, asked),
            is_open=wanted == kind.form.name,
            texts=texts(sheet, kind.form.name, keep),
        )
        for kind in KINDS
        if kind.acts & sheet.acts
    ]


def first_open(sheet: Sheet) -> str:
    """What is most likely done next stands open."""
    if sheet.is_recheck_due and Act.RECHECK in sheet.acts:
        return forms.RecheckForm.name
    return forms.AnswerForm.name if sheet.report.state == ReportState.ASSIGNED else ""


def _fresh(kind: Kind, sheet: Sheet, asked: Mapping[str, str]) -> forms.SheetForm:
    form = kind.form(sheet)
    if asked.get("buka") == form.name and "text" in form.fields and asked.get("teks"):
        chosen = next((each for each in _listed(sheet, form.name) if each.code == asked["teks"]), None)
        form.initial["text"] = chosen.text if chosen else ""
    return form


def _listed(sheet: Sheet, name: str) -> Iterable[Any]:
    if name == forms.AskForm.name:
        return definitions.current().reasons.ask
    return sheet.texts if name in WITH_TEXTS else ()


def texts(sheet: Sheet, name: str, keep: Mapping[str, str]) -> list[Text]:
    """The standard texts of one act."""
    return [
        Text(each.title, each.text, f"?{urlencode({**keep, 'buka': name, 'teks': each.code})}#{name}")
        for each in _listed(sheet, name)
    ]
