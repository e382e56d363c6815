"""The three small forms of the portal: who are you, the code, and number with PIN."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.kernel.case_number import parse_case_number
from balai.kernel.errors import ValueRefused
from balai.ui import widgets

_NOT_DIGITS = re.compile(r"\D+")


class DoorForm(forms.Form):
    """NIK and a contact. Both are read by `people`, so that one rule decides what is well formed."""

    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("16 angka di bagian atas KTP atau di Kartu Keluarga."),
        max_length=40,
        widget=widgets.NikInput,
        error_messages={"required": _("Isi NIK Anda.")},
    )
    contact = forms.CharField(
        label=_("Nomor HP atau e-mail"),
        help_text=_("Kode untuk masuk dikirim ke sini."),
        max_length=254,
        widget=widgets.ContactInput,
        error_messages={"required": _("Isi nomor HP atau alamat e-mail.")},
    )


class CodeForm(forms.Form):
    """The six digits that were sent."""

    code = forms.CharField(
        label=_("Kode 6 angka"),
        max_length=20,
        widget=widgets.CodeInput,
        error_messages={"required": _("Isi kode yang Anda terima.")},
    )

    def clean_code(self) -> str:
        """Digits only: people copy blanks and dashes along."""
        code = _NOT_DIGITS.sub("", self.cleaned_data["code"])
        if len(code) != 6:
            raise forms.ValidationError(_("Kode terdiri atas 6 angka. Periksa lagi pesan yang Anda terima."))
        return code


class TrackForm(forms.Form):
    """Case number and PIN from the slip, read as forgivingly as they are typed."""

    number = forms.CharField(
        label=_("Nomor berkas"),
        help_text=_("Tertulis di slip, misalnya SKU-2026-4831-7762. Tanda hubung boleh tidak ditulis."),
        max_length=60,
        widget=widgets.CaseNumberInput,
        error_messages={"required": _("Isi nomor berkas.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("Angka di bawah nomor berkas."),
        max_length=20,
        widget=widgets.CodeInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Isi PIN.")},
    )

    def clean_number(self) -> str:
        """The canonical number; a slip of the finger is told apart from an unknown case."""
        try:
            return parse_case_number(self.cleaned_data["number"])
        except ValueRefused as refused:
            raise forms.ValidationError(_SENTENCES[refused.code]) from None

    def clean_pin(self) -> str:
        """Digits only."""
        pin = _NOT_DIGITS.sub("", self.cleaned_data["pin"])
        if not pin:
            raise forms.ValidationError(_("PIN hanya berisi angka."))
        return pin


_SENTENCES: dict[str, Any] = {
    "case_number.shape": _("Nomor berkas belum lengkap. Contohnya SKU-2026-4831-7762."),
    "case_number.check": _("Ada angka yang keliru pada nomor ini. Cocokkan lagi dengan slip."),
}
