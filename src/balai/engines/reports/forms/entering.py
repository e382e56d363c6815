"""A report that came by telephone, at the counter, by letter, radio, e-mail or social media."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from balai.catalogue.kinds.areas import government_areas
from balai.engines.reports.actions import Filing, Where, Who
from balai.engines.reports.enums import Channel
from balai.engines.reports.forms.officer import SeveralPapers, category_choices
from balai.engines.reports.forms.register import DayField
from balai.engines.reports.rules import numbers
from balai.government import current as government
from balai.government.texts import of_town, of_town_lazy
from balai.kernel.errors import ValueRefused
from balai.kernel.geo import Place, parse_place
from balai.kernel.uuid7 import uuid7
from balai.people.contacts import Contact, parse_contact
from balai.runtime import clock
from balai.ui import widgets
from balai.ui.points import PointField

CHANNELS = (Channel.PHONE, Channel.COUNTER, Channel.LETTER, Channel.RADIO, Channel.EMAIL, Channel.SOCIAL)
OLDEST = timedelta(days=366)
HOUR = re.compile(r"^([01]?\d|2[0-3])[.:]([0-5]\d)$")


class EnterForm(forms.Form):
    """In the order in which somebody on the telephone says it."""

    channel = forms.ChoiceField(
        label=_("Lewat apa"), choices=[(each.value, each.label) for each in CHANNELS], widget=widgets.Radios
    )
    text = forms.CharField(
        label=_("Apa yang dilaporkan"),
        help_text=_("Tulis seperti yang dikatakan, tanpa nama orang."),
        max_length=numbers.LONGEST_TEXT,
        widget=widgets.Paragraph(attrs={"autofocus": True}),
    )
    category = forms.ChoiceField(label=_("Jenis"), widget=widgets.Select)
    area = forms.ChoiceField(
        label=of_town_lazy(_("Desa atau kelurahan")), required=False, widget=widgets.AreaSelect
    )
    note = forms.CharField(
        label=_("Tempat yang dikenal di dekatnya"), required=False, max_length=200, widget=widgets.TextInput
    )
    road_name = forms.CharField(
        label=_("Nama jalan"), required=False, max_length=120, widget=widgets.TextInput
    )
    point = forms.CharField(
        label=_("Titik peta"),
        help_text=_("Bila ada, misalnya -8.09866, 112.16811."),
        required=False,
        max_length=60,
        widget=widgets.TextInput,
    )
    shown = PointField(label=_("Atau tunjuk di peta"), required=False)
    name = forms.CharField(label=_("Nama pelapor"), required=False, max_length=100, widget=widgets.NameInput)
    contact = forms.CharField(
        label=_("Nomor HP atau e-mail pelapor"),
        help_text=_("Kabar dikirim ke sini."),
        required=False,
        max_length=254,
        widget=widgets.ContactInput,
    )
    hides_name = forms.BooleanField(
        label=_("Pelapor minta namanya disembunyikan"), required=False, widget=widgets.Checkbox
    )
    secret = forms.BooleanField(
        label=_("Pelapor minta laporannya dirahasiakan"), required=False, widget=widgets.Checkbox
    )
    source = forms.CharField(
        label=_("Sumber"),
        help_text=_("Nomor surat, nama akun, atau nama siaran."),
        required=False,
        max_length=200,
        widget=widgets.TextInput,
    )
    day = DayField(label=_("Diterima tanggal"), help_text=_("Kosongkan bila baru saja."), required=False)
    hour = forms.CharField(
        label=_("Jam"), help_text=_("Misalnya 08.30."), required=False, max_length=5, widget=widgets.TextInput
    )
    attached = forms.FileField(
        label=_("Foto atau surat"), required=False, widget=SeveralPapers({"multiple": True})
    )
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"id": uuid7(), "channel": Channel.PHONE})
        self.fields["category"].choices = category_choices(_t("Pilih jenis"))  # type: ignore[attr-defined]  # a ChoiceField
        areas = [("", of_town(_t("Pilih desa atau kelurahan"))), *government_areas()]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]  # a ChoiceField

    def clean_point(self) -> Place | None:
        """Two numbers, as a map gives them."""
        text = self.cleaned_data["point"].strip()
        if not text:
            return None
        parts = [part for part in re.split(r"[,;\s]+", text) if part]
        try:
            return parse_place(*parts) if len(parts) == 2 else _no_place()
        except ValueRefused:
            return _no_place()

    def clean_contact(self) -> Contact | None:
        """As an account would take it."""
        text = self.cleaned_data["contact"].strip()
        try:
            return parse_contact(text) if text else None
        except ValueRefused:
            raise forms.ValidationError(_t("Nomor HP atau e-mail ini belum lengkap.")) from None

    def clean(self) -> dict[str, Any]:
        """When it was received: not to come, and not longer ago than a year."""
        values = super().clean() or {}
        if values.get("hour") and not HOUR.match(values["hour"]):
            self.add_error("hour", _t("Tulis jam seperti 08.30."))
        elif "day" in values:
            at = self._received(values)
            if at is not None and not clock.now() - OLDEST <= at <= clock.now():
                self.add_error("day", _t("Tanggal diterima harus dalam setahun terakhir."))
        return values

    def _received(self, values: dict[str, Any]) -> datetime | None:
        day, found = values.get("day"), HOUR.match(values.get("hour") or "")
        zone = government().tzinfo
        if day is None and found is None:
            return None
        today = clock.now().astimezone(zone).date()
        hour = time(int(found[1]), int(found[2])) if found else time()
        return datetime.combine(day or today, hour, zone).astimezone(UTC)

    @property
    def received_at(self) -> datetime | None:
        """None: just now."""
        return self._received(self.cleaned_data)

    @property
    def place(self) -> Place | None:
        """As it was written down, else as it was shown."""
        written: Place | None = self.cleaned_data["point"] or self.cleaned_data["shown"]
        return written

    @property
    def report_id(self) -> UUID:
        """The id that was made with the form."""
        return self.cleaned_data.get("id") or uuid7()

    @property
    def who(self) -> Who:
        """What is known of the reporter."""
        values = self.cleaned_data
        return Who(name=values["name"].strip(), contact=values["contact"], hides_name=values["hides_name"])

    def filing(self, uploads: tuple[UUID, ...]) -> Filing:
        """For the action."""
        values, point = self.cleaned_data, self.place
        where = Where(
            lat=point.lat if point else None,
            lon=point.lon if point else None,
            area_code=values["area"],
            note=values["note"],
            road_name=values["road_name"].strip(),
        )
        return Filing(
            category=values["category"],
            text=values["text"],
            where=where,
            who=self.who,
            secret=values["secret"],
            uploads=uploads,
        )


def _no_place() -> Place:
    raise forms.ValidationError(_t("Tulis titik seperti -8.09866, 112.16811."))
