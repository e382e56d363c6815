"""What stands at the head of a letter: the lines of the issuing government, from the largest down."""

from __future__ import annotations

from typing import Any

from balai.government import current
from balai.kernel.phone import format_phone
from balai.region import queries as region
from balai.region.models import Area, Office


def letterhead_facts(office: Office) -> dict[str, Any]:
    """`office` (name, kind, place, lines, address, contact) and `government` (name) as templates read them.

    An office of an area stands under its kecamatan; an agency under the government alone.
    """
    government = current()
    area = region.area(office.area_code) if office.area_code else None
    return {
        "government": {"name": government.name, "short_name": government.short_name, "kind": government.kind},
        "office": {
            "name": office.name,
            "kind": office.kind,
            "place": area.name if area else _seat(office, government.name),
            "lines": [f"Pemerintah {government.name}", *_district_line(office, area), office.name],
            "address": office.address or _plain_address(area, government.name),
            "contact": f"Telepon {format_phone(government.contacts.phone)}",
        },
    }


def _district_line(office: Office, area: Area | None) -> list[str]:
    """The kecamatan above a village or kelurahan."""
    if office.kind not in ("village", "kelurahan") or area is None:
        return []
    district = region.office(office.parent_code)
    return [district.name] if district else []


def _plain_address(area: Area | None, government_name: str) -> str:
    """Where no street is recorded, the area says at least where it is."""
    return ", ".join([region.area_path(area.code), government_name]) if area else government_name


def _seat(office: Office, government_name: str) -> str:
    """Agencies date their letters from the seat; without one recorded, from the government's own name."""
    return government_name.removeprefix("Kabupaten ").removeprefix("Kota ")
