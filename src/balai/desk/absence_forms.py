"""Being away: from when, until when, why, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.catalogue.kinds.base import ParsedField
from balai.kernel.dates import parse_date
from balai.people.enums import AbsenceReason
from balai.ui import widgets
from balai.ui.widgets import Select

if TYPE_CHECKING:
    from balai.people.models import Officer


_TYPED = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 30}


def _day(label: Any, **more: Any) -> ParsedField:
    look = widgets.TextInput({"class": "input digits medium", "placeholder": "31-12-2026", **_TYPED})
    return ParsedField(parse=parse_date, label=label, widget=look, **more)


class AbsenceForm(forms.Form):
    """Days as people write them; a stand-in needs an order."""

    from_on = _day(_("Mulai tanggal"))
    to_on = _day(_("Sampai tanggal"), help_text=_("Hari terakhir Anda tidak bertugas."))
    reason = forms.ChoiceField(label=_("Sebab"), choices=AbsenceReason.choices, widget=Select())
    stand_in = forms.ChoiceField(
        label=_("Pengganti"),
        help_text=_("Ia memegang tugas dan wewenang Anda selama itu, dan menandatangani sebagai Plh."),
        required=False,
        widget=Select(),
    )
    basis = forms.CharField(
        label=_("Nomor surat perintah"),
        help_text=_("Diisi bila ada pengganti."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, colleagues: Iterable[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_id = {str(each.pk): each for each in colleagues}
        named = [(key, ", ".join(filter(None, (each.name, each.title)))) for key, each in self._by_id.items()]
        self.fields["stand_in"].choices = [("", _("Tanpa pengganti")), *named]  # type: ignore[attr-defined]  # a choice field

    def clean_stand_in(self) -> Officer | None:
        """The officer herself."""
        return self._by_id.get(self.cleaned_data["stand_in"])


ANYBODY = "anybody"


class HandOverForm(forms.Form):
    """To whom everything goes that one holds."""

    to = forms.ChoiceField(label=_("Serahkan kepada"), widget=Select())

    def __init__(self, *args: Any, colleagues: Iterable[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_id = {str(each.pk): each for each in colleagues}
        named = [(key, each.name) for key, each in self._by_id.items()]
        self.fields["to"].choices = [(ANYBODY, _("Siapa pun yang sempat")), *named]  # type: ignore[attr-defined]  # a choice field

    def clean_to(self) -> Officer | None:
        """The colleague, or nobody in particular."""
        return self._by_id.get(self.cleaned_data["to"])
