"""What an officer types on the pages of letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.documents.queries.book import LETTERS_OUT
from balai.people.today import local_today
from balai.region.models import Office
from balai.ui import widgets

NOTE_LENGTH = 500


class PassphraseForm(forms.Form):
    """The passphrase of the officer's certificate: asked each time, kept nowhere."""

    passphrase = forms.CharField(
        label=_("Frasa sandi sertifikat"),
        help_text=_("Hanya dipakai untuk tanda tangan ini dan tidak disimpan."),
        max_length=200,
        strip=False,
        widget=widgets.PasswordInput(attrs={"autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    """What whoever initials has to say to whoever signs."""

    note = forms.CharField(
        label=_("Catatan untuk penanda tangan"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=widgets.Paragraph(attrs={"rows": 2}),
    )


class RefuseForm(forms.Form):
    """Why a letter is not initialled or signed."""

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Dibaca oleh yang menyiapkan surat."),
        max_length=NOTE_LENGTH,
        widget=widgets.Paragraph(attrs={"rows": 3}),
    )


class VoidForm(forms.Form):
    """Why a number is made void; it stays in the book with this."""

    reason = forms.CharField(label=_("Alasan pembatalan"), max_length=300, widget=widgets.TextInput)


class BookForm(forms.Form):
    """Which book: office, year and kind; unasked, this year's letters out of the first office."""

    office = forms.ChoiceField(label=_("Kantor"), widget=widgets.Select)
    year = forms.TypedChoiceField(label=_("Tahun"), coerce=int, widget=widgets.Select)
    book = forms.ChoiceField(label=_("Buku"), widget=widgets.Select)
    q = forms.CharField(
        label=_("Cari nomor, perihal, atau penanda tangan"),
        max_length=80,
        required=False,
        widget=widgets.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, offices: Sequence[Office], books: Sequence[tuple[str, int]], data: Any) -> None:
        today = local_today().year
        given = {
            "office": data.get("office") or (offices[0].code if offices else ""),
            "year": data.get("year") or str(today),
            "book": data.get("book") or LETTERS_OUT,
            "q": "".join(filter(str.isprintable, data.get("q", "")))[:80],
        }
        super().__init__(given)
        self._offices = offices
        years = sorted({today, *(year for _book, year in books)}, reverse=True)
        kinds = list(dict.fromkeys([LETTERS_OUT, *(book for book, _year in books)]))
        self._choose("office", [(each.code, each.name) for each in offices])
        self._choose("year", [(str(year), str(year)) for year in years])
        self._choose("book", [(kind, book_label(kind)) for kind in kinds])

    @property
    def heading(self) -> str:
        """Which book is open: office and year."""
        names = {office.code: office.name for office in self._offices}
        return f"{names[self.cleaned_data['office']]}, {self.cleaned_data['year']}"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()


def book_label(code: str) -> str:
    """What a book is called; one that a service made up bears the name that it gave it."""
    return str(_("Surat keluar")) if code == LETTERS_OUT else code
