"""What an officer asks of the outbox: which messages, and why an address is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.desk.outbox_search import address_of
from balai.kernel.errors import ValueRefused
from balai.notify import queries
from balai.notify.enums import Category, MessageState
from balai.people.enums import Purpose
from balai.people.models import Officer
from balai.ui.widgets import ContactInput, Select


class OutboxForm(forms.Form):
    """Filters; every one may be left out. `cari` stands for an address that was searched for before."""

    keadaan = forms.CharField(required=False, widget=forms.HiddenInput)
    saluran = forms.ChoiceField(label=_("Saluran"), required=False, widget=Select)
    jenis = forms.ChoiceField(
        label=_("Jenis"),
        required=False,
        widget=Select,
        choices=[("", _("Semua jenis")), *Category.choices],
    )
    cari = forms.CharField(required=False, widget=forms.HiddenInput)
    alamat = forms.CharField(
        label=_("Nomor HP atau e-mail penerima"),
        help_text=_("Ditulis lengkap; hanya alamat yang sama persis yang ditemukan."),
        required=False,
        max_length=254,
        widget=ContactInput(attrs={"autocomplete": "off"}),
    )

    keperluan = forms.ChoiceField(
        label=_("Untuk keperluan"),
        help_text=_("Diisi bila mencari alamat. Warga membaca siapa yang mencari, kapan, dan untuk apa."),
        required=False,
        widget=Select,
        choices=[("", _("Tidak mencari alamat")), *Purpose.choices],
    )

    def __init__(self, channels: Iterable[tuple[str, str]], data: Any, *, officer: Officer) -> None:
        super().__init__(data)
        self.officer = officer
        self.fields["saluran"].choices = [("", _("Semua saluran")), *channels]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_keadaan(self) -> str:
        """A state, or all of them for anything else."""
        state = self.cleaned_data["keadaan"]
        return state if state in MessageState.values else ""

    def clean_alamat(self) -> Any:
        """The address as it is stored."""
        typed = self.cleaned_data["alamat"].strip()
        if not typed:
            return None
        try:
            return queries.typed_address(typed)
        except ValueRefused:
            raise forms.ValidationError(
                _("Tulis nomor HP seperti 0812-3456-7801 atau alamat e-mail yang lengkap.")
            ) from None

    def clean(self) -> dict[str, Any]:
        """A new search has a purpose; one from before must still be good. `address` is what is looked for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        address, token = cleaned.get("alamat"), cleaned.get("cari", "")
        if address is not None and not cleaned.get("keperluan") and "keperluan" not in self.errors:
            self.add_error("keperluan", _("Pilih untuk keperluan apa alamat ini dicari."))
        elif not self.data.get("alamat") and token:
            address = address_of(token, self.officer)
            if address is None:
                said = _("Pencarian alamat hanya berlaku setengah jam. Tulis lagi alamat dan keperluannya.")
                self.add_error("alamat", said)
        return {**cleaned, "address": address}


class AddressForm(forms.Form):
    """Opening an address needs a purpose from the list; the citizen will read it."""

    purpose = forms.ChoiceField(label=_("Untuk keperluan"), choices=Purpose.choices, widget=Select)
