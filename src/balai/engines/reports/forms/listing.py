"""Which part of the public list is wanted: everything may be left open, and stands in the address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balai import government
from balai.catalogue.kinds.areas import government_areas
from balai.engines.reports.errors import ParameterRefused
from balai.engines.reports.forms.register import DayField, midnight
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.listing import Asked, Box
from balai.region import queries as region
from balai.region.enums import OfficeKind
from balai.ui import widgets

STATES = [
    ("open", gettext_lazy("Belum selesai")),
    ("late", gettext_lazy("Lewat dari janji")),
    ("done", gettext_lazy("Selesai atau ditutup")),
]
AFTER, BOX = "sesudah", "bbox"


class ListForm(forms.Form):
    """The filters of list, map and downloads."""

    kata = forms.CharField(
        label=gettext_lazy("Kata"), required=False, max_length=80, widget=widgets.TextInput
    )
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False, widget=widgets.Select)
    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False, widget=widgets.Select)
    keadaan = forms.ChoiceField(label=gettext_lazy("Keadaan"), required=False, widget=widgets.Select)
    kantor = forms.ChoiceField(label=gettext_lazy("Kantor"), required=False, widget=widgets.Select)
    dari = DayField(label=gettext_lazy("Dari tanggal"), required=False)
    sampai = DayField(label=gettext_lazy("Sampai tanggal"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        every = ("", _("Semua"))
        self._choose("jenis", [every, *_kinds()])
        self._choose("wilayah", [every, *_areas()])
        self._choose("keadaan", [every, *STATES])
        listed = [(each.code, each.name) for each in region.offices() if each.kind != OfficeKind.RT]
        self._choose("kantor", [every, *sorted(listed, key=lambda pair: pair[1])])

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        values = super().clean() or {}
        if values.get("dari") and values.get("sampai") and values["dari"] > values["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal awal."))
        return values

    @property
    def asked(self) -> Asked:
        """For the query; days become midnights in the town's zone."""
        values = self.cleaned_data
        group, _dot, slug = values["jenis"].rpartition(":")
        return Asked(
            categories=(slug,) if slug else (),
            group=group,
            office=values["kantor"],
            area=values["wilayah"],
            state=values["keadaan"],
            since=midnight(values["dari"]),
            until=midnight(values["sampai"], days=1),
            words=values["kata"],
        )

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return {name: str(self.data.get(name, "")) for name in self.fields if self.cleaned_data.get(name)}

    @property
    def chosen(self) -> str:
        """What was chosen, in words: "Jalan rusak, Desa Sawentar"; "" for everything."""
        labels = {"": ""}
        for name in ("jenis", "wilayah", "keadaan", "kantor"):
            for value, label in self.fields[name].choices:  # type: ignore[attr-defined]  # a ChoiceField
                labels |= dict(label) if isinstance(label, list | tuple) else {value: str(label)}
        values = self.cleaned_data
        said = [
            str(labels.get(values[name], ""))
            for name in ("jenis", "wilayah", "keadaan", "kantor")
            if values[name]
        ]
        return ", ".join([*said, *([f"“{values['kata']}”"] if values["kata"] else [])])


def _kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group, then its kinds; a group itself may be chosen ("roads:")."""
    found = definitions.current()
    groups = []
    for group in found.groups:
        kinds = [(each.slug, each.title) for each in found.offered.values() if each.group == group.code]
        if kinds:
            whole = _("Semua: %(group)s") % {"group": group.title}
            groups.append((group.title, [(f"{group.code}:", whole), *kinds]))
    return groups


def _areas() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each kecamatan, then its villages; a kecamatan itself may be chosen."""
    groups = []
    for title, villages in government_areas():
        whole = _("Seluruh %(area)s") % {"area": title}
        groups.append((title, [(villages[0][0].rpartition(".")[0], whole), *villages]))
    return groups


def read_after(text: str) -> UUID | None:
    """Behind which report the page begins; None for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def read_box(text: str) -> Box:
    """ "west,south,east,north" as GeoJSON has it (RFC 7946 §5); the whole town when nothing is said.

    Raises ParameterRefused.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise ParameterRefused(name=BOX, wanted="112.0,-8.3,112.5,-7.9") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ParameterRefused(name=BOX, wanted="112.0,-8.3,112.5,-7.9")
    return Box(south, west, north, east)


def town_name() -> str:
    """Whose reports these are."""
    return government.current().name
