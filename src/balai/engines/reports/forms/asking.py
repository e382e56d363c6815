"""The three pages of a report: what, where, and what shows it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balai.catalogue.kinds.areas import government_areas
from balai.catalogue.kinds.choices import AreaField
from balai.catalogue.kinds.sentences import sentence
from balai.engines.reports.enums import ReportKind, Residency
from balai.engines.reports.forms.intake import MOST_PHOTOS, Intake
from balai.engines.reports.forms.photos import PhotosField
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import numbers
from balai.engines.reports.rules.categories import Category
from balai.government.texts import of_town_lazy
from balai.kernel.errors import ValueRefused
from balai.kernel.nik import Nik
from balai.kernel.text import clean_text
from balai.people.contacts import Contact, parse_contact
from balai.ui import widgets
from balai.ui.points import PointField

_NO_AREA = _("Pilih desa atau kelurahan dari daftar.")
OPEN, HIDDEN, SECRET = "terbuka", "anonim", "rahasia"


class WhatForm(forms.Form):
    """What happened in her words, and which kind of trouble that is."""

    cerita = forms.CharField(
        label=_("Cerita Anda"),
        help_text=_("Ceritakan dengan kata sehari-hari. Jangan tulis nama, NIK, atau nomor telepon orang."),
        widget=widgets.Paragraph({"rows": 5}),
        max_length=numbers.LONGEST_TEXT,
        error_messages={
            "required": _("Ceritakan apa yang terjadi, paling sedikit beberapa kata."),
            "max_length": _("Ceritanya terlalu panjang. Paling banyak %(limit_value)s huruf."),
        },
    )
    jenis = forms.ChoiceField(
        label=_("Ini laporan tentang apa?"),
        widget=widgets.Radios,
        error_messages={"required": _("Pilih yang paling mirip."), "invalid_choice": _("Pilih dari daftar.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jenis: Any = self.fields["jenis"]
        jenis.choices = [(slug, each.title) for slug, each in definitions.current().offered.items()]

    def ask_who(self) -> None:
        """In a report about officers, office and name are the point; others ask for no names."""
        self["cerita"].help_text = _(
            "Tulis kantor mana, kapan, apa yang terjadi, dan siapa petugasnya bila tahu. "
            "Hanya inspektorat yang membacanya."
        )

    def clean_cerita(self) -> str:
        """Enough words that somebody can go and look."""
        return said(self.cleaned_data["cerita"], least=numbers.SHORTEST_TEXT)


class WhereForm(forms.Form):
    """A point, or a village and something that people know near by."""

    titik = PointField(label=_("Titik tempatnya"), required=False)
    desa = AreaField(
        government_areas,
        label=of_town_lazy(_("Desa atau kelurahan")),
        widget=widgets.AreaSelect(),
        required=False,
        error_messages=dict.fromkeys(("required", "invalid_choice"), of_town_lazy(_NO_AREA)),
    )
    dekat = forms.CharField(
        label=_("Dekat apa?"),
        help_text=_("Tempat yang dikenal orang, misalnya sekolah, masjid, atau jembatan."),
        widget=widgets.TextInput({"autocomplete": "off"}),
        max_length=200,
        required=False,
        error_messages={
            "required": _("Sebut tempat yang dikenal orang di dekatnya, atau pakai lokasi ponsel.")
        },
    )
    jalan = forms.CharField(
        label=_("Nama jalan"),
        help_text=_("Bila tahu. Dari namanya kami tahu siapa yang berwenang."),
        widget=widgets.TextInput({"autocomplete": "off"}),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category = category
        if not category.by_road:
            del self.fields["jalan"]
        if not self.data.get("titik_lat"):
            self.fields["desa"].required = True
            self.fields["dekat"].required = category.place == "point"

    def clean_dekat(self) -> str:
        """One line of it."""
        return _line(self.cleaned_data["dekat"])


class PhotoForm(forms.Form):
    """Photos before any word."""

    foto = PhotosField(_("Foto"))


class LastForm(forms.Form):
    """Photos, and what she says of herself; all of it may stay empty unless this town asks for it."""

    foto = PhotosField(_("Foto"))
    siapa = forms.ChoiceField(
        label=_("Siapa yang boleh tahu?"),
        widget=widgets.Radios,
        initial=OPEN,
        choices=[
            (OPEN, _("Terbuka: laporan tampil untuk umum, nama Anda hanya diketahui petugas penerima.")),
            (HIDDEN, _("Anonim: laporan tampil, nama Anda disembunyikan dari umum dan dinas.")),
            (
                SECRET,
                _("Rahasia: laporan tidak tampil sama sekali, hanya petugas yang menanganinya membaca."),
            ),
        ],
        error_messages={
            "required": _("Pilih siapa yang boleh tahu."),
            "invalid_choice": _("Pilih dari daftar."),
        },
    )
    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("Bentuknya saja yang diperiksa. Disimpan tersandi dan terpisah dari laporan."),
        widget=widgets.NikInput(),
        required=False,
        max_length=40,
    )
    kontak = forms.CharField(
        label=_("Nomor HP atau e-mail untuk kabar"),
        help_text=_("Supaya Anda tahu saat dijawab. Tanpa ini, ikuti dengan nomor dan PIN."),
        widget=widgets.ContactInput(),
        required=False,
        max_length=200,
    )
    warga = forms.ChoiceField(
        label=_("Apakah Anda tinggal di sini?"),
        widget=widgets.Radios,
        choices=[(Residency.DECLARED.value, _("Ya")), (Residency.ELSEWHERE.value, _("Tidak"))],
        error_messages={"required": _("Pilih ya atau tidak."), "invalid_choice": _("Pilih dari daftar.")},
    )

    def __init__(
        self, *args: Any, intake: Intake, category: Category, has_account: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        town = definitions.current().here
        foto: Any = self.fields["foto"]
        foto.most_files, foto.attached = MOST_PHOTOS, ()
        self.fields["nik"].required = town.identity == "nik"
        self.fields["nik"].error_messages["required"] = _("Isi NIK Anda. Nama Anda dapat disembunyikan.")
        if town.identity == "phone" and category.kind != ReportKind.WHISTLE:
            self.fields["kontak"].required = True
            self.fields["kontak"].error_messages["required"] = _("Isi nomor HP atau e-mail Anda.")
        for name in _unasked(category, has_account=has_account):
            del self.fields[name]

    def clean_nik(self) -> Nik | None:
        """Read in form only; it proves nothing."""
        typed = self.cleaned_data["nik"].strip()
        return _read(Nik.parse, typed) if typed else None

    def clean_kontak(self) -> Contact | None:
        """A phone number or an e-mail address."""
        typed = self.cleaned_data["kontak"].strip()
        return read_contact(typed) if typed else None


def _unasked(category: Category, *, has_account: bool) -> list[str]:
    """Questions that this kind, this town or an account answers already."""
    town = definitions.current().here
    is_whistle = category.kind == ReportKind.WHISTLE
    names = [] if town.identity == "nik" and not is_whistle else ["nik"]
    if not town.residents_only or is_whistle:
        names.append("warga")
    if category.secret:
        names.append("siapa")
    if has_account:
        names += ["nik", "kontak"]
    return list(dict.fromkeys(names))


def read_contact(typed: str) -> Contact:
    """A phone number or an e-mail address; raises ValidationError with a sentence."""
    contact: Contact = _read(parse_contact, typed)
    return contact


def _read(reader: Any, typed: str) -> Any:
    try:
        return reader(typed)
    except ValueRefused as refused:
        raise ValidationError(sentence(refused.code, **refused.params)) from None


def said(text: str, *, least: int = 1) -> str:
    """Several lines without anything that cannot be kept."""
    try:
        cleaned = clean_text(text, multiline=True)
    except ValueRefused:
        raise ValidationError(sentence("text.control")) from None
    if len(cleaned) < least:
        raise ValidationError(_("Ceritakan sedikit lebih banyak, supaya petugas tahu apa yang dicari."))
    return cleaned


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())
