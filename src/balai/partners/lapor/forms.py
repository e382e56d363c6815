"""What an officer asks of the outbox, and enters of what LAPOR! says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.partners.lapor.enums import HandOverState, OutsideState, Way
from balai.ui import widgets

STOPPED = "stopped"


class OutboxForm(forms.Form):
    """Filters; every one may be left out."""

    keadaan = forms.CharField(required=False, widget=forms.HiddenInput)
    cara = forms.ChoiceField(
        label=_("Cara penyerahan"),
        required=False,
        widget=widgets.Select,
        choices=[("", _("Semua cara")), *Way.choices],
    )
    nomor = forms.CharField(
        label=_("Nomor rujukan, nomor laporan, atau nomor LAPOR!"),
        required=False,
        max_length=40,
        widget=widgets.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_keadaan(self) -> str:
        """A state, the stopped ones, or all for anything else."""
        state: str = self.cleaned_data["keadaan"]
        return state if state in {*HandOverState.values, STOPPED} else ""

    def asked(self) -> dict[str, Any]:
        """As `queries.outbox` takes it."""
        state = self.cleaned_data["keadaan"]
        return {
            "state": "" if state == STOPPED else state,
            "is_stopped": state == STOPPED,
            "way": self.cleaned_data["cara"],
            "words": self.cleaned_data["nomor"],
        }


class AnswerForm(forms.Form):
    """What LAPOR! says."""

    tracking_number = forms.CharField(
        label=_("Nomor pelacakan LAPOR!"),
        help_text=_("Boleh kosong bila LAPOR! menolak, atau bila nomornya tidak berubah."),
        required=False,
        max_length=40,
        widget=widgets.TextInput(attrs={"autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("Keadaan di LAPOR!"), choices=OutsideState.choices, widget=widgets.Select
    )
    text = forms.CharField(
        label=_("Jawaban untuk pelapor"),
        help_text=_("Dibaca pelapor. Kosongkan bila belum ada jawaban."),
        required=False,
        max_length=4000,
        widget=widgets.Paragraph(attrs={"rows": 4}),
    )


class WithdrawForm(forms.Form):
    """Why it is taken back; it stays in the journal."""

    reason = forms.CharField(label=_("Alasan penarikan"), max_length=300, widget=widgets.TextInput)
