"""Asking the office to come: one question more on the last page, where the service allows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.engines.cases.actions import HomeVisit
from balai.engines.cases.enums import HomeReason
from balai.ui import widgets


class HomeVisitForm(forms.Form):
    """Left as it is, it asks for nothing."""

    home_reason = forms.ChoiceField(
        label=_("Tidak bisa datang ke kantor?"),
        help_text=_("Petugas bisa datang bila Anda lanjut usia, sakit, atau difabel. Biaya Rp0."),
        required=False,
        choices=[("", _("Tidak perlu, saya bisa datang bila diminta")), *HomeReason.choices],
        widget=widgets.Radios,
    )
    home_address = forms.CharField(
        label=_("Alamat yang didatangi"),
        help_text=_("Isi hanya bila meminta petugas datang: jalan, nomor, RT/RW, dan patokannya."),
        required=False,
        max_length=200,
        widget=widgets.TextInput(attrs={"autocomplete": "street-address"}),
    )


def home_visit_of(data: Mapping[str, Any]) -> HomeVisit | None:
    """What was asked for; None when nothing was."""
    reason = str(data.get("home_reason", ""))
    return HomeVisit(reason, str(data.get("home_address", ""))) if reason else None
