"""Which part of the register is wanted, and what is done with the rows that were ticked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from balai.catalogue.kinds.areas import government_areas
from balai.engines.reports.enums import Channel, ReportState
from balai.engines.reports.forms import officer
from balai.engines.reports.queries.register import Asked
from balai.engines.reports.queries.routes import every_office
from balai.government import current as government
from balai.government.texts import of_town_lazy
from balai.kernel.dates import parse_date
from balai.kernel.errors import ValueRefused
from balai.ui import widgets

YEARS = range(1945, 9999)


class DayField(forms.CharField):
    """A day as people write it, or nothing."""

    widget = widgets.TextInput

    def clean(self, value: Any) -> Any:
        """The day, or a sentence beside the field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            day = parse_date(text)
        except ValueRefused:
            day = None
        if day is None or day.year not in YEARS:
            raise forms.ValidationError(_t("Tulis tanggal seperti 17-08-2026."), code="date")
        return day


class FilterForm(forms.Form):
    """Everything may be left open."""

    words = forms.CharField(
        label=_("Nomor atau kata"), required=False, max_length=60, widget=widgets.TextInput
    )
    state = forms.ChoiceField(label=_("Keadaan"), required=False, widget=widgets.Select)
    category = forms.ChoiceField(label=_("Jenis"), required=False, widget=widgets.Select)
    office = forms.ChoiceField(label=_("Kantor"), required=False, widget=widgets.Select)
    channel = forms.ChoiceField(label=_("Lewat"), required=False, widget=widgets.Select)
    area = forms.ChoiceField(
        label=of_town_lazy(_("Desa atau kelurahan")), required=False, widget=widgets.AreaSelect
    )
    first = DayField(label=_("Dari tanggal"), required=False)
    last = DayField(label=_("Sampai tanggal"), required=False)
    late = forms.BooleanField(label=_("Hanya yang lewat waktu"), required=False, widget=widgets.Checkbox)

    def __init__(self, offices: frozenset[str] | None, data: Any) -> None:
        super().__init__(data)
        every = _t("Semua")
        self._choose("state", [("", every), ("open", _t("Belum selesai")), *ReportState.choices])
        self._choose("category", officer.category_choices(every))
        self._choose("channel", [("", every), *Channel.choices])
        self._choose("area", [("", every), *government_areas()])
        self._choose("office", officer.office_choices(every_office(offices), every))

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _t("Tanggal akhir harus sesudah tanggal awal."))
        return values

    @property
    def asked(self) -> Asked:
        """For the query; days become midnights in the town's zone."""
        values = self.cleaned_data
        return Asked(
            **{name: values[name] for name in ("state", "category", "office", "channel", "area", "words")},
            is_late=values["late"],
            since=midnight(values["first"]),
            until=midnight(values["last"], days=1),
        )


def midnight(day: date | None, days: int = 0) -> datetime | None:
    """The beginning of a day in the town's zone, or of one so many days later."""
    return datetime.combine(day + timedelta(days=days), time(), government().tzinfo) if day else None


class SeveralForm(forms.Form):
    """One answer for many, or one office for many."""

    text = forms.CharField(
        label=_("Satu jawaban untuk semua yang dicentang"),
        required=False,
        max_length=officer.LONGEST_ANSWER,
        widget=widgets.Paragraph(attrs={"rows": 3}),
    )
    office = forms.ChoiceField(
        label=_("Satu kantor untuk semua yang dicentang"), required=False, widget=widgets.Select
    )

    def __init__(self, data: Any = None, ticked: frozenset[UUID] = frozenset()) -> None:
        super().__init__(data, auto_id="several_%s")
        self.ticked = ticked
        offices = officer.office_choices(every_office(), _t("Pilih kantor"))
        self.fields["office"].choices = offices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_text(self) -> str:
        """A standard text must be finished."""
        return officer.without_blanks(str(self.cleaned_data["text"]))
