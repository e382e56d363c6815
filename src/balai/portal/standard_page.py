"""The fourteen components of a service standard, as the law calls them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.standards import Standards, components

_TITLES: dict[str, str | Promise] = {
    "requirements": _("Persyaratan"),
    "procedure": _("Sistem, mekanisme, dan prosedur"),
    "time": _("Jangka waktu penyelesaian"),
    "fee": _("Biaya"),
    "product": _("Produk pelayanan"),
    "complaints": _("Penanganan pengaduan, saran, dan masukan"),
    "legal_basis": _("Dasar hukum"),
    "facilities": _("Sarana, prasarana, dan fasilitas"),
    "competence": _("Kompetensi pelaksana"),
    "oversight": _("Pengawasan internal"),
    "staff": _("Jumlah pelaksana"),
    "guarantee": _("Jaminan pelayanan"),
    "safety": _("Jaminan keamanan dan keselamatan"),
    "evaluation": _("Evaluasi kinerja pelaksana"),
}


@dataclass(frozen=True)
class Part:
    """One component under its legal name; without lines nobody has set it."""

    key: str
    title: str | Promise
    lines: tuple[str, ...]
    is_public: bool


def parts(service: ServiceDefinition, standards: Standards, day: date) -> list[Part]:
    """All fourteen in the order of the law."""
    return [
        Part(each.key, _TITLES[each.key], each.lines, each.is_public)
        for each in components(service, standards, day)
    ]
