"""What an officer asks of the messages in, and why one is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.people.enums import Purpose
from balai.ui.widgets import Select

SHELVES = ("person", "settled", "all")


class ArrivedForm(forms.Form):
    """Filters; without a shelf the one that waits for a person."""

    rak = forms.CharField(required=False, widget=forms.HiddenInput)
    saluran = forms.ChoiceField(label=_("Saluran"), required=False, widget=Select)

    def __init__(self, channels: Iterable[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        self.fields["saluran"].choices = [("", _("Semua saluran")), *channels]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def shelf(self) -> str:
        """What waits for a person, for anything that is no shelf."""
        asked = str(self.data.get("rak", ""))
        return asked if asked in SHELVES else SHELVES[0]


class OpenForm(forms.Form):
    """Opening a message needs a purpose from the list."""

    purpose = forms.ChoiceField(label=_("Untuk keperluan"), choices=Purpose.choices, widget=Select)
