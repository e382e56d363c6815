"""What a citizen reads about a service before the first field, worked out from its definition and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from balai.catalogue import engine
from balai.catalogue.schema import Requirement, ServiceDefinition, Step
from balai.catalogue.schema.listed import Entry, Listed
from balai.government.texts import of_town
from balai.kernel.rupiah import format_rupiah
from balai.portal.life_events import icon_of
from balai.region import queries as region
from balai.ui.days import format_duration

_ICONS = {"photo": "camera", "document": "file", "letter": "stamp", "known": "card"}


@dataclass(frozen=True)
class Fact:
    """One box of the row cost, time, must one come."""

    label: str
    value: str
    note: str
    icon: str
    tone: str


@dataclass(frozen=True)
class RequirementLine:
    """One thing to have ready; `state` is "have" when the town knows it of this citizen already."""

    title: str
    help: str
    note: str
    state: str
    icon: str
    optional: bool


@dataclass(frozen=True)
class ServiceCard:
    """A service in a list: title, and cost and time in one line."""

    title: str
    summary: str
    promise: str
    url: str
    icon: str


@dataclass(frozen=True)
class HandlingOffice:
    """The office in charge; `is_open` when it takes applications online."""

    name: str
    address: str
    is_open: bool


@dataclass(frozen=True)
class StepLine:
    """One step of the office as the timeline component draws it: a plan, so without a state."""

    title: str
    text: str
    state: str = ""
    at: str = ""
    by: str = ""


def promise(service: ServiceDefinition, today: date) -> str:
    """The line under the title in a list: cost and time."""
    return f"{cost(service, today)} · {time_limit(service, today)}"


def card(service: Listed, promise: str) -> ServiceCard:
    """How a service, or what an engine lets people find beside them, stands in search results and lists."""
    if isinstance(service, Entry):
        return ServiceCard(service.title, service.summary, promise, service.url, service.icon)
    url = reverse("portal:service", args=[service.slug])
    return ServiceCard(service.title, service.summary, promise, url, icon_of(service))


def cost(service: ServiceDefinition, today: date) -> str:
    """All fees of the day together; a dash when none is in force (the service is then closed)."""
    fees = service.fees_on(today)
    return format_rupiah(sum(fee.amount for fee in fees)) if fees else "–"


def time_limit(service: ServiceDefinition, today: date) -> str:
    """The general deadline as words: "1 hari kerja"."""
    if not service.is_open_on(today):
        return "–"
    return format_duration(service.deadline_on(today).duration)


def facts(service: ServiceDefinition, today: date) -> list[Fact]:
    """Cost, time, and whether one must come."""
    amount = sum(fee.amount for fee in service.fees_on(today))
    free = _("Gratis di setiap tahap") if amount == 0 else _("Dibayar sesuai daftar di bawah")
    come = _("Ya") if service.attendance.needed else _("Tidak")
    if {"pickup", "download"} <= set(service.output.delivery):
        come = _("Tidak harus")
    return [
        Fact(_("Biaya"), cost(service, today), free, "money", "good" if amount == 0 else ""),
        Fact(
            _("Selesai paling lambat"),
            time_limit(service, today),
            _("Dihitung sejak syarat lengkap"),
            "clock",
            "",
        ),
        Fact(_("Perlu datang?"), come, service.attendance.sentence, "walk", ""),
    ]


def requirements(service: ServiceDefinition, known: Mapping[str, str]) -> list[RequirementLine]:
    """What to have ready; `known` are the facts on record of who asks, empty for strangers."""
    return [_line(requirement, known) for requirement in service.requirement]


def _line(requirement: Requirement, known: Mapping[str, str]) -> RequirementLine:
    is_known = bool(requirement.facts) and all(fact in known for fact in requirement.facts)
    note = _("Sudah ada di data Anda, tidak perlu dibawa lagi.") if is_known else ""
    return RequirementLine(
        requirement.title,
        requirement.help or "",
        note,
        "have" if is_known else "need",
        _ICONS[requirement.kind],
        not requirement.required,
    )


def steps(service: ServiceDefinition) -> list[StepLine]:
    """What the office will do, each with for whom and the share of the time it may take."""
    return [StepLine(step.title, _step_note(service, step)) for step in service.step]


def _step_note(service: ServiceDefinition, step: Step) -> str:
    """For whom the step is, when not for all, and its share of the time."""
    notes = [_step_limit(step)]
    if step.delivery == "pickup" and len(service.output.delivery) > 1:
        notes.insert(0, _("Hanya bila suratnya diambil di kantor."))
    return " ".join(filter(None, notes))


def _step_limit(step: Step) -> str:
    if step.deadline is None:
        return ""
    return _("Paling lama %(time)s") % {"time": format_duration(step.deadline.duration)}


def bases(service: ServiceDefinition, today: date) -> list[tuple[str, str]]:
    """(what, legal basis) for everything on the page that a law or decision decides."""
    found = [(f"{fee.title} {format_rupiah(fee.amount)}", fee.basis) for fee in service.fees_on(today)]
    if service.is_open_on(today):
        found.append((_("Batas waktu"), service.deadline_on(today).basis))
    codes = [rule for rule in service.classification if rule.holds_on(today)]
    return found + [(_("Kode arsip %(code)s") % {"code": rule.code}, rule.scheme) for rule in codes]


def handling_office(service: ServiceDefinition, known: Mapping[str, str]) -> HandlingOffice | None:
    """The very office that would handle it for this citizen, when the town knows where they live."""
    if service.office != "village" or not known.get("area_code"):
        return None
    office = region.office_of_area(known["area_code"])
    return HandlingOffice(office.name, office.address, office.is_open) if office is not None else None


def handler_sentence(service: ServiceDefinition) -> str:
    """Who handles it, for somebody whose home is not known."""
    words = {
        "village": of_town(_("Kantor desa atau kelurahan tempat Anda tinggal.")),
        "district": _("Kantor kecamatan tempat Anda tinggal."),
    }
    return words.get(service.office, _("Kantor yang berwenang di daerah ini."))


def open_offices(service: ServiceDefinition) -> list[str]:
    """Names of the offices that take this service online today; empty when it is not bound to a place."""
    if service.office != "village":
        return []
    return [office.name for office in region.open_offices() if office.kind in ("village", "kelurahan")]


def start_url(service: ServiceDefinition) -> str:
    """Where the application begins; "" when this town does not run the service's engine."""
    try:
        return engine.engine(service.engine).apply_path(service)
    except LookupError:
        return ""
