"""Life events: how services are grouped for people who do not know which office does what.

A service names its event by one of the keys of the catalogue's schema (`life_event` in service.toml); what a
key is called and which picture it has is the portal's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema.listed import Listed


@dataclass(frozen=True)
class LifeEvent:
    """What an event is called, what for in a few words, its icon, and the services that stand under it."""

    key: str
    title: str | Promise
    note: str | Promise
    icon: str
    services: tuple[Listed, ...] = ()


# (title, what one comes for in everyday words, icon), in the order of a life.
_KNOWN: dict[str, tuple[str | Promise, str | Promise, str]] = {
    "birth": (_("Kelahiran & anak"), _("Akta, surat lahir, KIA"), "birth"),
    "school": (_("Sekolah"), _("Beasiswa, penghasilan orang tua"), "school"),
    "work-business": (_("Kerja & usaha"), _("Surat usaha, SKCK, NIB"), "work"),
    "identity": (_("KTP & KK"), _("Baru, hilang, rusak, beda nama"), "card"),
    "marriage": (_("Menikah & cerai"), _("Pengantar nikah, wali, cerai"), "heart"),
    "health": (_("Berobat"), _("BPJS, KIS"), "health"),
    "welfare": (_("Bantuan sosial"), _("Keterangan kurang mampu"), "hand"),
    "home-family": (_("Rumah & keluarga"), _("Domisili, keterangan tinggal"), "house"),
    "residence": (_("Tempat tinggal"), _("Domisili, keterangan tinggal"), "house"),
    "home-land": (_("Tanah & bangunan"), _("Surat tanah, sporadik, PBB"), "house"),
    "moving": (_("Pindah"), _("Surat pindah, KK baru"), "move"),
    "vehicle": (_("Kendaraan"), _("SIM, surat motor dan mobil"), "car"),
    "travel": (_("Bepergian"), _("Paspor, surat jalan"), "walk"),
    "safety": (_("Kehilangan & acara"), _("Lapor hilang, izin keramaian"), "shield"),
    "death": (_("Kematian & waris"), _("Surat kematian, ahli waris"), "death"),
    "other": (_("Lain-lain"), _("Surat kuasa, pengantar umum"), "dots"),
}
KEYS = frozenset(_KNOWN)


def life_events(services: Iterable[Listed]) -> list[LifeEvent]:
    """Events that have at least one service, in the order of a life."""
    grouped: dict[str, list[Listed]] = {}
    for service in services:
        grouped.setdefault(service.life_event, []).append(service)
    return [_event(key, tuple(grouped[key])) for key in _KNOWN if key in grouped]


def _event(key: str, services: tuple[Listed, ...]) -> LifeEvent:
    title, note, icon = _KNOWN[key]
    return LifeEvent(key, title, note, icon, services)


def icon_of(service: Listed) -> str:
    """The icon of a service's life event."""
    return _KNOWN[service.life_event][2]
