"""Which office and which days of the register an officer wants to see."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.government import current as government
from balai.kernel.dates import parse_date
from balai.kernel.errors import ValueRefused
from balai.people.today import local_today
from balai.region import queries as region
from balai.ui import widgets

LONGEST = timedelta(days=366)
YEARS = range(1945, 9999)  # the first and last days of the calendar have no midnight in every zone


class DayField(forms.CharField):
    """A day as people write it."""

    def clean(self, value: Any) -> Any:
        """The day, or a sentence beside the field."""
        text = super().clean(value)
        try:
            day = parse_date(text)
        except ValueRefused:
            day = None
        if day is None or day.year not in YEARS:
            raise forms.ValidationError(_("Tulis tanggal seperti 17-08-2026."), code="date")
        return day


class RegisterForm(forms.Form):
    """Office, first and last day (both inclusive); without anything given, this month of the first office."""

    office = forms.ChoiceField(label=_("Kantor"), widget=widgets.Select)
    first = DayField(label=_("Dari tanggal"), widget=widgets.TextInput)
    last = DayField(label=_("Sampai tanggal"), widget=widgets.TextInput)

    def __init__(self, offices: list[str], data: Any) -> None:
        today = local_today()
        given = {
            "office": data.get("office") or (offices[0] if offices else ""),
            "first": data.get("first") or today.replace(day=1).strftime("%d-%m-%Y"),
            "last": data.get("last") or today.strftime("%d-%m-%Y"),
        }
        super().__init__(given)
        self.fields["office"].choices = [(code, _name(code)) for code in offices]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The days must be in order and no more than a year apart: a register is printed by the year."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("Tanggal akhir harus sesudah tanggal awal."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("Pilih paling lama satu tahun."))
        return values

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From midnight of the first day up to the midnight after the last, in the town's zone."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(government().zone))


def _name(code: str) -> str:
    office = region.office(code)
    return office.name if office else code
