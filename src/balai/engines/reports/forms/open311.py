"""What clients of Open311 send: which requests they ask for, and new ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balai import government
from balai.engines.reports.actions import Filing, Where, Who
from balai.engines.reports.enums import Residency
from balai.engines.reports.errors import JurisdictionUnknown, ParameterRefused, ServiceUnknown
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.listing import Asked
from balai.engines.reports.rules import open311
from balai.engines.reports.rules.categories import Category
from balai.kernel import geo
from balai.kernel.case_number import parse_case_number
from balai.kernel.errors import ValueRefused
from balai.people.contacts import Contact, parse_contact

Sent = Mapping[str, str]
PUBLIC, SECRET = "public", "secret"
ATTRIBUTES = ("village", "near", "road", "happened_on", "visibility")
_ATTRIBUTE = re.compile(r"attribute\[(\w+)\](?:\[\])?")


@dataclass(frozen=True)
class Wanted:
    """Requests by number, or everything that fits; `number` is which page."""

    numbers: tuple[str, ...]
    asked: Asked
    page: int
    size: int


def require_jurisdiction(sent: Sent) -> None:
    """This address serves one town; a client need not name it, but may name no other."""
    town = government.current()
    named = sent.get("jurisdiction_id", "").strip().lower()
    if named and named not in (town.code, town.area_code, town.folder.lower()):
        raise JurisdictionUnknown(known=town.code)


def read_wanted(sent: Sent, now: datetime) -> Wanted:
    """The query of GET requests; raises ParameterRefused."""
    numbers = _numbers(sent.get("service_request_id", ""))
    return Wanted(
        numbers=numbers,
        asked=_asked(sent, now),
        page=_whole(sent, "page", 1, open311.LAST_PAGE),
        size=_whole(sent, "page_size", open311.PAGE_SIZE, open311.LARGEST_PAGE_SIZE),
    )


def _numbers(text: str) -> tuple[str, ...]:
    """Numbers as they are kept; what is no number at all names nothing, and stays as it is."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > open311.MOST_IDS:
        wanted = _("paling banyak %(most)s nomor") % {"most": open311.MOST_IDS}
        raise ParameterRefused(name="service_request_id", wanted=wanted)
    return tuple(_number(part) for part in parts)


def _number(text: str) -> str:
    try:
        return parse_case_number(text)
    except ValueRefused:
        return text.replace("\0", "")[:40]


def _asked(sent: Sent, now: datetime) -> Asked:
    changed_since, changed_until = _instant(sent, "updated_after"), _instant(sent, "updated_before")
    is_changed = changed_since is not None or changed_until is not None
    try:
        since, until = open311.span(
            _instant(sent, "start_date"), _instant(sent, "end_date"), now, is_changed=is_changed
        )
    except ValueError:
        wanted = _("paling banyak %(days)s hari sekali minta") % {"days": open311.SPAN.days}
        raise ParameterRefused(name="start_date, end_date", wanted=wanted) from None
    codes = [part.strip().replace("\0", "") for part in sent.get("service_code", "").split(",")]
    return Asked(
        categories=tuple(part for part in codes if part),
        state=_state(sent.get("status", "")),
        since=since,
        until=until,
        changed_since=changed_since,
        changed_until=changed_until,
    )


def _state(text: str) -> str:
    said = {part.strip().lower() for part in text.split(",") if part.strip()}
    if said - {"open", "closed"}:
        raise ParameterRefused(name="status", wanted="open, closed")
    return "" if len(said) != 1 else "open" if "open" in said else "done"


def _instant(sent: Sent, name: str) -> datetime | None:
    text = sent.get(name, "").strip()
    if not text:
        return None
    try:
        return open311.read_instant(text, government.current().tzinfo)
    except (ValueError, OverflowError):
        raise ParameterRefused(name=name, wanted="ISO 8601, 2026-03-01T09:30:00+07:00") from None


def _whole(sent: Sent, name: str, default: int, most: int) -> int:
    text = sent.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= 1):
        raise ParameterRefused(name=name, wanted=_("bilangan bulat mulai dari 1"))
    return min(int(text), most)


def category_of(code: str) -> Category:
    """The kind of report that a code names; raises ServiceUnknown."""
    found = definitions.current().offered.get(code)
    if found is None:
        raise ServiceUnknown()
    return found


def read_filing(sent: Sent, uploads: tuple[UUID, ...] = ()) -> Filing:
    """A new request; raises ServiceUnknown, ParameterRefused."""
    code = sent.get("service_code", "").strip()
    if not code:
        raise ParameterRefused(name="service_code", wanted=_("salah satu dari services"))
    category, given = category_of(code), attributes_of(sent)
    visibility = given.get("visibility", PUBLIC)
    if visibility not in (PUBLIC, SECRET):
        raise ParameterRefused(name="attribute[visibility]", wanted=f"{PUBLIC}, {SECRET}")
    return Filing(
        category=category.slug,
        text=sent.get("description", ""),
        where=_where(sent, given),
        who=_who(sent),
        secret=visibility == SECRET,
        happened_on=_day(given.get("happened_on", "")),
        uploads=uploads,
    )


def attributes_of(sent: Sent) -> dict[str, str]:
    """`attribute[near]=…` by code; what no service of ours asks is left out."""
    found = {match[1]: text.strip() for key, text in sent.items() if (match := _ATTRIBUTE.fullmatch(key))}
    return {code: text for code, text in found.items() if code in ATTRIBUTES and text}


def _where(sent: Sent, given: Sent) -> Where:
    lat, lon = sent.get("lat", "").strip(), sent.get("long", "").strip()
    point: tuple[float | None, float | None] = (None, None)
    if lat or lon:
        try:
            point = geo.parse_place(lat, lon)
        except ValueRefused:
            raise ParameterRefused(name="lat, long", wanted="WGS 84, -8.09870 112.20100") from None
    address = sent.get("address_string", "").strip()
    return Where(
        lat=point[0],
        lon=point[1],
        area_code=given.get("village", "")[:13] or village_named(address),
        note=", ".join(filter(None, (given.get("near", ""), address)))[:200],
        road_name=given.get("road", "")[:120],
    )


def village_named(text: str) -> str:
    """Code of the one village whose name stands in an address; "" where none does, or several."""
    said = f" {_words(text)} "
    titles = government.current().area_titles
    named = {
        code: f" {_words(title.partition(' ')[2])} " for code, title in titles.items() if code.count(".") == 3
    }
    found = [code for code, name in named.items() if name.strip() and name in said]
    if len(found) > 1:
        districts = {code: f" {_words(titles[code.rpartition('.')[0]].partition(' ')[2])} " for code in found}
        found = [code for code in found if said.count(districts[code]) > (districts[code] == named[code])]
    return found[0] if len(found) == 1 else ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _who(sent: Sent) -> Who:
    names = " ".join(filter(None, (sent.get(key, "").strip() for key in ("first_name", "last_name"))))
    return Who(name=names[:100], contact=_contact(sent), residency=Residency.UNSAID)


def _contact(sent: Sent) -> Contact | None:
    for name in ("phone", "email"):
        text = sent.get(name, "").strip()
        if text:
            try:
                return parse_contact(text)
            except ValueRefused:
                raise ParameterRefused(name=name, wanted="0812…, nama@contoh.id") from None
    return None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return (
            open311.read_instant(text, government.current().tzinfo)
            .astimezone(government.current().tzinfo)
            .date()
        )
    except (ValueError, OverflowError):
        raise ParameterRefused(name="attribute[happened_on]", wanted="2026-03-01") from None


def read_client_id(sent: Sent) -> UUID | None:
    """A UUIDv7 by which a client sends again what may have arrived (our extension)."""
    text = sent.get("id", "").strip()
    try:
        return UUID(text) if text else None
    except ValueError:
        raise ParameterRefused(name="id", wanted="UUIDv7") from None


def picture_address(sent: Sent) -> str:
    """`media_url` as a note for officers: nobody's machine is asked for it."""
    text = sent.get("media_url", "").strip()
    return (
        text if text.startswith(("https://", "http://")) and len(text) <= 150 and text.isprintable() else ""
    )
