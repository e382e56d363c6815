"""Life events: how services are grouped for people who do not know which office does what.

A service names its event by a key (`life_event` in service.toml); what the key is called and which picture
it has is the portal's business. A key without an entry still appears, under its services' own titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema.listed import Listed


@dataclass(frozen=True)
class LifeEvent:
    """What an event is called, its icon, and the services that stand under it."""

    key: str
    title: str | Promise
    icon: str
    services: tuple[Listed, ...] = ()

    @property
    def note(self) -> str:
        """Titles of the first services, as the tile's small text."""
        return ", ".join(service.title for service in self.services[:3])


_KNOWN: dict[str, tuple[str | Promise, str]] = {
    "birth": (_("Kelahiran & anak"), "birth"),
    "school": (_("Sekolah"), "school"),
    "work-business": (_("Kerja & usaha"), "work"),
    "identity": (_("KTP & KK"), "card"),
    "marriage": (_("Menikah"), "heart"),
    "health": (_("Berobat"), "health"),
    "home-family": (_("Rumah & keluarga"), "house"),
    "home-land": (_("Rumah & tanah"), "house"),
    "residence": (_("Tempat tinggal"), "house"),
    "moving": (_("Pindah"), "move"),
    "death": (_("Kematian"), "death"),
    "welfare": (_("Bantuan sosial"), "hand"),
    "other": (_("Lain-lain"), "dots"),
}


def life_events(services: Iterable[Listed]) -> list[LifeEvent]:
    """Events that have at least one service, known ones first and in the order of a life."""
    grouped: dict[str, list[Listed]] = {}
    for service in services:
        grouped.setdefault(service.life_event, []).append(service)
    order = [key for key in _KNOWN if key in grouped] + sorted(set(grouped) - set(_KNOWN))
    return [_event(key, tuple(grouped[key])) for key in order]


def _event(key: str, services: tuple[Listed, ...]) -> LifeEvent:
    title, icon = _KNOWN.get(key, (services[0].title, "file"))
    return LifeEvent(key, title, icon, services)


def icon_of(service: Listed) -> str:
    """The icon of a service's life event."""
    return _KNOWN.get(service.life_event, ("", "file"))[1]
