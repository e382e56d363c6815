"""Who is on duty from when until when; and where an officer is alerted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai import government
from balai.catalogue.kinds.base import ParsedField
from balai.kernel.dates import parse_date
from balai.kernel.times import parse_time
from balai.ui import widgets
from balai.ui.widgets import Select

if TYPE_CHECKING:
    from balai.people.models import Officer

_TYPED = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 30}


def _typed(parse: Any, label: Any, example: str) -> ParsedField:
    look = widgets.TextInput({"class": "input digits", "placeholder": example, **_TYPED})
    return ParsedField(parse=parse, label=label, widget=look)


class DutyForm(forms.Form):
    """Days and hours as people write them, on the wall of the town."""

    officer = forms.ChoiceField(label=_("Petugas"), widget=Select())
    from_on = _typed(parse_date, _("Mulai tanggal"), "31-12-2026")
    from_time = _typed(parse_time, _("Mulai pukul"), "19.00")
    to_on = _typed(parse_date, _("Sampai tanggal"), "31-12-2026")
    to_time = _typed(parse_time, _("Sampai pukul"), "07.00")

    def __init__(self, *args: Any, officers: Iterable[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_id = {str(each.pk): each for each in officers}
        named = [(key, ", ".join(filter(None, (each.name, each.title)))) for key, each in self._by_id.items()]
        self.fields["officer"].choices = [("", _("Pilih petugas")), *named]  # type: ignore[attr-defined]  # a choice field

    def clean_officer(self) -> Officer:
        """The officer herself."""
        return self._by_id[self.cleaned_data["officer"]]

    def span(self) -> tuple[datetime, datetime]:
        """From when until when, in the zone of the town."""
        given = self.cleaned_data
        return _instant(given["from_on"], given["from_time"]), _instant(given["to_on"], given["to_time"])


def _instant(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), government.current().tzinfo)


class AlertContactForm(forms.Form):
    """A mobile number or an e-mail address."""

    contact = forms.CharField(
        label=_("Nomor HP atau e-mail"),
        help_text=_("Hanya dipakai untuk memanggil Anda saat piket. Disimpan tersandi."),
        max_length=254,
        widget=widgets.TextInput({"autocomplete": "off"}),
    )


class AlertCodeForm(forms.Form):
    """The code that came there."""

    code = forms.CharField(label=_("Kode enam angka"), max_length=12, widget=widgets.CodeInput())
