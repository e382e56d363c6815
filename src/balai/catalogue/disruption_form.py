"""What an officer says about a disruption: text, services, from when to when on the town's own clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai import government
from balai.catalogue import running
from balai.catalogue.kinds.base import ParsedField
from balai.kernel.dates import parse_date
from balai.kernel.times import parse_time
from balai.runtime import clock
from balai.ui import widgets

_TYPED = {"inputmode": "decimal", "autocomplete": "off"}


def _day(label: Any, required: Any) -> ParsedField:
    look = {"class": "input digits medium", "placeholder": "31-12-2026", "maxlength": 30, **_TYPED}
    line = widgets.TextInput(look)
    return ParsedField(parse=parse_date, label=label, widget=line, error_messages={"required": required})


def _hour(label: Any, required: Any) -> ParsedField:
    look = {"class": "input digits short", "placeholder": "14.30", "maxlength": 20, **_TYPED}
    line = widgets.TextInput(look)
    return ParsedField(parse=parse_time, label=label, widget=line, error_messages={"required": required})


class DisruptionForm(forms.Form):
    """Times are those of the government's zone; nothing ticked concerns all services."""

    text = forms.CharField(
        label=_("Apa yang terganggu?"),
        help_text=_("Sebutkan juga apa yang bisa dilakukan warga. Dibaca siapa saja, jadi tanpa nama orang."),
        max_length=400,
        widget=widgets.Paragraph(attrs={"rows": 3, "maxlength": 400}),
        error_messages={"required": _("Tulis apa yang terganggu.")},
    )
    starts_on = _day(_("Mulai tanggal"), _("Isi tanggal mulainya."))
    starts_time = _hour(_("Mulai pukul"), _("Isi jam mulainya."))
    ends_on = _day(_("Sampai tanggal"), _("Isi tanggal selesainya, boleh perkiraan."))
    ends_time = _hour(_("Sampai pukul"), _("Isi jam selesainya, boleh perkiraan."))
    services = forms.MultipleChoiceField(
        label=_("Layanan yang terganggu"),
        help_text=_("Tidak ada yang ditandai berarti semua layanan."),
        required=False,
        widget=widgets.Checks,
    )

    def __init__(self, data: Any = None) -> None:
        now = clock.now().astimezone(government.current().tzinfo)
        super().__init__(data, initial={"starts_on": f"{now:%d-%m-%Y}", "starts_time": f"{now:%H.%M}"})
        choices = sorted((each.title, each.id) for each in running.current().listed)
        self.fields["services"].choices = [(service_id, title) for title, service_id in choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def starts_at(self) -> datetime:
        """The beginning, of a valid form."""
        return _instant(self.cleaned_data["starts_on"], self.cleaned_data["starts_time"])

    @property
    def ends_at(self) -> datetime:
        """The end, of a valid form."""
        return _instant(self.cleaned_data["ends_on"], self.cleaned_data["ends_time"])


def _instant(day: date, hour: str) -> datetime:
    local = datetime.fromisoformat(f"{day.isoformat()}T{hour}")
    return local.replace(tzinfo=government.current().tzinfo)
