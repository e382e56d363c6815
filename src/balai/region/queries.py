"""What is where, who is in charge, and when offices work. Codes are dotted text, never numbers."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from balai import government
from balai.kernel.calendars import WorkingCalendar
from balai.kernel.geo import Place
from balai.region import calendars
from balai.region.basemap import Basemap, basemap, has_basemap
from balai.region.enums import AreaKind, OfficeKind, RoadStatus
from balai.region.geometry import Owner, Road
from balai.region.models import Area, Holiday, Office
from balai.region.national import birth_places, district_place, known_districts
from balai.region.whereabouts import (
    is_mapped,
    is_on_map,
    middle_of,
    owner_at,
    road_near,
    roads_named,
    village_at,
)
from balai.runtime.memory import Remembered

__all__ = [
    "Basemap",
    "Owner",
    "Place",
    "Road",
    "area",
    "area_code_on_record",
    "area_path",
    "basemap",
    "birth_places",
    "district_place",
    "districts",
    "has_basemap",
    "holidays",
    "is_mapped",
    "is_on_map",
    "known_districts",
    "middle_of",
    "office",
    "office_of_area",
    "offices",
    "offices_under",
    "open_offices",
    "owner_at",
    "road_near",
    "road_words",
    "roads_named",
    "rt_code",
    "rt_office",
    "village_at",
    "villages",
    "working_calendar",
]

# An RT has the area of its village, and is in charge of no part of it that has a code.
NOT_OF_AN_AREA = (OfficeKind.AGENCY, OfficeKind.RT)
_offices: Remembered[tuple[int, str], Office] = Remembered()


def area(code: str) -> Area | None:
    """The area with this code, current or not; None when there is none here."""
    return Area.objects.filter(pk=code).first()


def area_path(code: str) -> str:
    """ "Desa Sawentar, Kecamatan Kanigoro" for "35.05.10.2011"; "" for a code that is not from here.

    From memory, so that a list may call it for each row; only areas that are no longer current ask the
    database.
    """
    titles = government.current().area_titles
    own = titles.get(code) or _title_of_former_area(code)
    return ", ".join(filter(None, (own, titles.get(code.rpartition(".")[0])))) if own else ""


def _title_of_former_area(code: str) -> str:
    found = Area.objects.filter(pk=code, is_current=False).first()
    return f"{getattr(government.current().area_words, found.kind)} {found.name}" if found else ""


def area_code_on_record() -> str:
    """ "35.05" of the government whose areas stand in this database; "" before the first load."""
    code = Area.objects.filter(is_current=True).values_list("code", flat=True).order_by("code").first()
    return code[: len("35.05")] if code else ""


def districts() -> list[Area]:
    """Every kecamatan of today, by name."""
    return list(Area.objects.filter(kind=AreaKind.DISTRICT, is_current=True).order_by("name"))


def villages(district_code: str) -> list[Area]:
    """Every desa and kelurahan of a kecamatan, by name."""
    return list(Area.objects.filter(parent_id=district_code, is_current=True).order_by("name"))


def office(code: str) -> Office | None:
    """The office with this code, current or not; None when there is none."""
    return Office.objects.filter(pk=code).first()


def office_of_area(area_code: str) -> Office | None:
    """The office in charge of an area: of the village itself, or of the kecamatan.

    From this process's memory, as every application asks it; a change shows as that of a calendar does.
    """
    key = (calendars.revision(), area_code)
    known = _offices.get(key)
    if known is not None:
        return known
    rows = Office.objects.filter(area_code=area_code, is_current=True)
    found = min((each for each in rows if each.kind not in NOT_OF_AN_AREA), key=_code, default=None)
    if found is not None:
        _offices.keep(key, found)
    return found


def rt_code(village_code: str, rt: int, rw: int) -> str:
    """Code of the office of an RT: "35.05.10.2011.001002" for RT 002 of RW 001 in Sawentar."""
    return f"{village_code}.{rw:03}{rt:03}"


def rt_office(village_code: str, rt: int, rw: int) -> Office | None:
    """The office of an RT (`actions.add_rt`), or None where the village has set up none."""
    return Office.objects.filter(
        pk=rt_code(village_code, rt, rw), kind=OfficeKind.RT, is_current=True
    ).first()


def _code(office: Office) -> str:
    return office.code


def offices() -> list[Office]:
    """Every office of today, by code."""
    return list(Office.objects.filter(is_current=True).order_by("code"))


def open_offices() -> list[Office]:
    """Offices that take applications online, by name."""
    return list(Office.objects.filter(is_open=True, is_current=True).order_by("name"))


def offices_under(office_code: str) -> list[Office]:
    """Offices below this one at any depth, without itself, by code."""
    below: dict[str, list[Office]] = {}
    for each in offices():
        below.setdefault(each.parent_code, []).append(each)
    found: list[Office] = []
    waiting = [office_code]
    while waiting:
        children = below.pop(waiting.pop(), [])
        found += children
        waiting += (child.code for child in children)
    return sorted(found, key=lambda each: each.code)


def road_words(status: str) -> str:
    """How people call a road of a status here: "Jalan kabupaten" for "local" in a kabupaten."""
    if status == RoadStatus.LOCAL:
        return str(_("Jalan kota") if government.current().kind == "kota" else _("Jalan kabupaten"))
    return str(RoadStatus(status).label)


def holidays(first_on: date, last_on: date) -> list[Holiday]:
    """Days free or with other hours from `first_on` to `last_on`, both included."""
    return list(Holiday.objects.filter(day__range=(first_on, last_on)))


def working_calendar(office_code: str | None = None) -> WorkingCalendar:
    """Working time of an office, or of the government's offices in general.

    From this process's memory: no query but one small one in half a minute.
    """
    return calendars.calendar_of(office_code or "")
