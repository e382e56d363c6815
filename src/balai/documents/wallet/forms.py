"""The one form of the wallet: for how long, and for whom."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.documents.wallet.rules import LONGEST_NOTE
from balai.ui import widgets

CHOICES = [("1", _("1 hari")), ("7", _("7 hari")), ("30", _("30 hari"))]


class ShareForm(forms.Form):
    """A new link to a letter."""

    days = forms.ChoiceField(
        label=_("Berlaku selama"),
        choices=CHOICES,
        initial="7",
        widget=widgets.Radios(attrs={"class": "side-by-side"}),
        error_messages={"required": _("Pilih berapa lama tautan berlaku.")},
    )
    note = forms.CharField(
        label=_("Untuk siapa?"),
        help_text=_("Hanya Anda yang membaca ini, misalnya: BRI Unit Kanigoro."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=widgets.TextInput(attrs={"autocomplete": "off"}),
    )
