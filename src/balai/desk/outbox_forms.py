"""What an officer asks of the outbox: which messages, and why an address is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.kernel.errors import ValueRefused
from balai.notify import queries
from balai.notify.enums import Category, MessageState
from balai.people.enums import Purpose
from balai.ui.widgets import ContactInput, Select


class OutboxForm(forms.Form):
    """Filters; every one may be left out."""

    keadaan = forms.CharField(required=False, widget=forms.HiddenInput)
    saluran = forms.ChoiceField(label=_("Saluran"), required=False, widget=Select)
    jenis = forms.ChoiceField(
        label=_("Jenis"),
        required=False,
        widget=Select,
        choices=[("", _("Semua jenis")), *Category.choices],
    )
    alamat = forms.CharField(
        label=_("Nomor HP atau e-mail penerima"),
        help_text=_("Ditulis lengkap; hanya alamat yang sama persis yang ditemukan."),
        required=False,
        max_length=254,
        widget=ContactInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, channels: Iterable[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
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


class AddressForm(forms.Form):
    """Opening an address needs a purpose from the list; the citizen will read it."""

    purpose = forms.ChoiceField(label=_("Untuk keperluan"), choices=Purpose.choices, widget=Select)
