"""What a citizen reads about a service of another agency: what is known, and where to ask for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from balai import government
from balai.catalogue.schema.elsewhere import Bring, Checked, Door, ElsewhereDefinition
from balai.kernel.rupiah import format_rupiah
from balai.portal.service_page import Fact, RequirementLine
from balai.ui.days import format_date


@dataclass(frozen=True)
class WayThere:
    """Where the button leads: another site (`is_leaving`), a telephone, or our own help page."""

    label: str
    url: str
    is_leaving: bool = False
    host: str = ""


@dataclass(frozen=True)
class SourceLine:
    """Who stands behind facts, and the day they were checked."""

    what: str
    by: str
    on: str
    source: str
    is_demo: bool


def promise(service: ElsewhereDefinition) -> str:
    """The line under the title in a list: cost, and that one leaves the town's own pages."""
    cost = format_rupiah(service.cost.amount) if service.cost else _("Biaya tanyakan")
    outside = _("di luar %(town)s") % {"town": government.current().product_name}
    return f"{cost} · {outside}"


def facts(service: ElsewhereDefinition) -> list[Fact]:
    """Cost, time, must one come; what nobody has checked says "Tanyakan"."""
    ask = _("Tanyakan")
    come = _("Ya") if service.attendance and service.attendance.needed else _("Tidak harus")
    return [
        Fact(
            _("Biaya"),
            format_rupiah(service.cost.amount) if service.cost else ask,
            _basis(service.cost.note, service.cost.basis) if service.cost else "",
            "money",
            "good" if service.cost and service.cost.amount == 0 else "",
        ),
        Fact(
            _("Lama pengurusan"),
            service.time.text if service.time else ask,
            _basis(service.time.note, service.time.basis) if service.time else "",
            "clock",
            "",
        ),
        Fact(
            _("Perlu datang?"),
            come if service.attendance else ask,
            service.attendance.sentence if service.attendance else "",
            "walk",
            "",
        ),
    ]


def _basis(note: str | None, basis: str) -> str:
    return f"{note} ({basis})" if note else basis


def bring(service: ElsewhereDefinition) -> list[RequirementLine]:
    """What to have ready."""
    return [_line(each) for each in service.bring]


def _line(each: Bring) -> RequirementLine:
    return RequirementLine(each.title, each.help or "", "", "need", "file", not each.required)


def way_there(service: ElsewhereDefinition, door: Door) -> WayThere:
    """The very page if there is one, else the door's site, its telephone, and at last our own help."""
    link = service.link or door.link
    if link:
        host = (urlsplit(link).hostname or "").removeprefix("www.")
        return WayThere(_("Buka %(site)s") % {"site": host}, link, is_leaving=True, host=host)
    if door.phone:
        return WayThere(_("Telepon %(phone)s") % {"phone": door.phone}, telephone(door.phone))
    return WayThere(_("Tanyakan kepada kami"), "/bantuan/#contact")


def telephone(number: str) -> str:
    """The address that dials a number as it is written."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def asking(door: Door) -> tuple[str, str]:
    """(number as written, address that dials it): the door's own, else the government's."""
    if door.phone:
        return door.phone, telephone(door.phone)
    phone = government.current().contacts.phone
    return "", telephone(phone)


def sources(service: ElsewhereDefinition, door: Door) -> list[SourceLine]:
    """Who stands behind what the page says about the service, and about the door."""
    return [_source(_("Syarat dan biaya"), service.checked), _source(_("Alamat dan telepon"), door.checked)]


def _source(what: str, checked: Checked) -> SourceLine:
    return SourceLine(what, checked.by, format_date(checked.on), checked.source, checked.is_demo)
