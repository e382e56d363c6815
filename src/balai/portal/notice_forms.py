"""How a citizen wants to be told: language, which way first, and which ways at all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.notify.enums import Language
from balai.notify.queries import ChannelChoice, Choices
from balai.ui import widgets

USE = "use_"


class NoticesForm(forms.Form):
    """One box for each way that reaches the citizen; without any box ticked nothing is sent but codes."""

    language = forms.ChoiceField(
        label=_("Bahasa pemberitahuan"), choices=Language.choices, widget=widgets.Radios
    )

    def __init__(self, choices: Choices, data: Any = None) -> None:
        self.ways = [each for each in choices.channels if each.addresses]
        wanted = [each.code for each in self.ways if each.is_wanted]
        first = (wanted or [each.code for each in self.ways] or [""])[0]
        initial: dict[str, Any] = {"language": choices.language, "first": first}
        initial |= {f"{USE}{each.code}": each.is_wanted for each in self.ways}
        super().__init__(data, initial=initial)
        for way in self.ways:
            self.fields[f"{USE}{way.code}"] = forms.BooleanField(
                label=_way_label(way), required=False, widget=widgets.Checkbox
            )
        if len(self.ways) > 1:
            self.fields["first"] = forms.ChoiceField(
                label=_("Dahulukan"),
                help_text=_("Cara lain dipakai bila yang ini gagal."),
                choices=[(each.code, each.label) for each in self.ways],
                widget=widgets.Radios,
            )

    @property
    def boxes(self) -> list[Any]:
        """The boxes as the page draws them."""
        return [self[f"{USE}{each.code}"] for each in self.ways]

    @property
    def order(self) -> list[str]:
        """Codes of the ways, the first choice first."""
        first = self.cleaned_data.get("first", "")
        codes = [each.code for each in self.ways]
        return [code for code in codes if code == first] + [code for code in codes if code != first]

    @property
    def stopped(self) -> list[str]:
        """Codes of the ways that are not wanted."""
        return [each.code for each in self.ways if not self.cleaned_data[f"{USE}{each.code}"]]


def _way_label(way: ChannelChoice) -> str:
    return _("%(way)s ke %(address)s") % {"way": way.label, "address": ", ".join(way.addresses)}
