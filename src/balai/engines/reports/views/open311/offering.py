"""What can be reported: discovery, the list of services, and what each one asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from balai import government
from balai.engines.reports.forms.open311 import PUBLIC, SECRET, category_of
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import open311
from balai.engines.reports.rules.categories import Category
from balai.engines.reports.rules.open311 import Value
from balai.engines.reports.views.open311.answering import LIST_SECONDS, READ, open311_view
from balai.government.texts import of_town

CHANGESET = "2026-11-30T00:00:00+00:00"
"""Goes up when what is offered here changes."""


@open311_view(*READ, seconds=LIST_SECONDS)
def discovery(request: HttpRequest) -> tuple[str, Value, int]:
    """Where the addresses are, and how a key is got."""
    town, public_url = government.current(), settings.BALAI.public_url.rstrip("/")
    contacts = ", ".join(filter(None, (town.contacts.phone, town.contacts.email)))
    value = {
        "changeset": CHANGESET,
        "contact": f"{town.name}. {contacts}",
        "key_service": _("Minta api_key (token dengan cakupan reports:write) kepada %(contacts)s.")
        % {"contacts": contacts},
        "endpoints": [
            {
                "specification": open311.SPECIFICATION,
                "url": f"{public_url}/open311/v2",
                "changeset": CHANGESET,
                "type": "production" if settings.BALAI.mode == "production" else "test",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return "discovery", value, 200


@open311_view(*READ, seconds=LIST_SECONDS)
def services(request: HttpRequest) -> tuple[str, Value, int]:
    """Every kind of report that this town takes."""
    found = definitions.current()
    groups = {each.code: each.title for each in found.groups}
    return "services", [_service(each, groups) for each in found.offered.values()], 200


def _service(each: Category, groups: dict[str, str]) -> dict[str, Value]:
    return {
        "service_code": each.slug,
        "service_name": each.title,
        "description": each.summary,
        "metadata": True,
        "type": "realtime",
        "keywords": ", ".join(word.replace(",", " ") for word in each.keywords),
        "group": groups.get(each.group, each.group),
    }


@open311_view(*READ, seconds=LIST_SECONDS)
def service(request: HttpRequest, code: str) -> tuple[str, Value, int]:
    """What one kind of report asks beyond the standard."""
    category = category_of(code)
    asked = [_attribute(order, **each) for order, each in enumerate(_asked(category), start=1)]
    return "service_definition", {"service_code": category.slug, "attributes": asked}, 200


def _attribute(
    order: int, *, code: str, datatype: str, description: str, required: bool = False, hint: str = "",
    values: list[dict[str, str]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": required,
        "datatype_description": hint or None,
        "order": order,
        "description": description,
        "values": values or [],
    }


def _asked(category: Category) -> list[dict[str, Any]]:
    """The village, where a point does not tell it; what is near; the road; the day; who may read it."""
    asked: list[dict[str, Any]] = []
    if category.place != "none":
        hint = _("Wajib bila tidak ada titik (lat, long) di wilayah ini.")
        asked.append(
            {
                "code": "village",
                "datatype": "singlevaluelist",
                "description": of_town(_("Desa atau kelurahan")),
                "required": False,
                "hint": hint,
                "values": _villages(),
            }
        )
        asked.append({"code": "near", "datatype": "string", "description": _("Dekat apa")})
    if category.by_road:
        asked.append({"code": "road", "datatype": "string", "description": _("Nama jalan")})
    asked.append({"code": "happened_on", "datatype": "datetime", "description": _("Terjadi pada")})
    if not category.secret:
        choices = [
            {"key": PUBLIC, "name": _("Boleh dibaca semua orang")},
            {"key": SECRET, "name": _("Hanya dibaca petugas")},
        ]
        words = _("Siapa yang boleh membaca laporan ini")
        asked.append(
            {"code": "visibility", "datatype": "singlevaluelist", "description": words, "values": choices}
        )
    return asked


def _villages() -> list[dict[str, str]]:
    titles = government.current().area_titles
    return [
        {"key": code, "name": f"{title}, {titles[code.rpartition('.')[0]]}"}
        for code, title in sorted(titles.items())
        if code.count(".") == 3
    ]
