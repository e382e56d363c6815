"""What is typed or chosen at the page: a code, or a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.documents.verification.codes import tidy_code
from balai.ui import widgets


class CodeInput(widgets.CaseNumberInput):
    """The code of a letter; capitals, no corrections."""


class PdfInput(widgets.FileInput):
    """A PDF."""

    accept = "application/pdf,.pdf"


class CodeForm(forms.Form):
    """The code that is printed on a letter."""

    kode = forms.CharField(
        label=_("Kode di surat"),
        help_text=_(
            "12 huruf dan angka di dekat kode QR, misalnya 7K3M-9QXA-24TB. Tanda hubung boleh tidak ditulis."
        ),
        max_length=60,
        widget=CodeInput,
        error_messages={"required": _("Isi kode yang tertulis di surat.")},
    )

    def clean_kode(self) -> str:
        """The code as it is on record."""
        code = tidy_code(self.cleaned_data["kode"])
        if not code:
            raise forms.ValidationError(
                _("Kode surat terdiri atas 12 huruf dan angka. Periksa lagi di surat Anda.")
            )
        return code


class FileForm(forms.Form):
    """The file itself."""

    berkas = forms.FileField(
        label=_("Berkas surat (PDF)"),
        help_text=_(
            "Berkas asli, bukan foto atau hasil pindai. Paling besar 100 MB. Berkas tidak kami simpan."
        ),
        widget=PdfInput,
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkas PDF yang ingin diperiksa.")},
    )
