"""The service standard: fourteen components (UU 25/2009 ps 21, Permenpan RB 15/2014), six of them public.

What the definition says already is not written twice: `DERIVED` names those. The rest stands once for a
kind of service in `services/_shared/standard.toml` (the kind is the first part of the folder's path:
`[village]`), may be said anew beside a service in its own `standard.toml`, and locally in
`governments/<x>/standard.toml`, under the kind or under the whole id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from balai.catalogue.faults import Fault
from balai.catalogue.fragments import SHARED
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.base import Part, Prose
from balai.catalogue.tables import read_tables
from balai.kernel.rupiah import format_rupiah
from balai.ui.days import format_duration

STANDARD_FILE = "standard.toml"
# In the order of the law. The first six are for everybody, the other eight for whoever asks.
PUBLIC = ("requirements", "procedure", "time", "fee", "product", "complaints")
INTERNAL = (
    *("legal_basis", "facilities", "competence", "oversight", "staff", "guarantee", "safety"),
    "evaluation",
)
DERIVED = frozenset({"requirements", "procedure", "time", "fee", "product"})


class Standard(Part):
    """Words for components. Of a derived one they are added to what the definition says."""

    requirements: Prose | None = None
    procedure: Prose | None = None
    time: Prose | None = None
    fee: Prose | None = None
    product: Prose | None = None
    complaints: Prose | None = None
    legal_basis: Prose | None = None
    facilities: Prose | None = None
    competence: Prose | None = None
    oversight: Prose | None = None
    staff: Prose | None = None
    guarantee: Prose | None = None
    safety: Prose | None = None
    evaluation: Prose | None = None

    def said(self) -> dict[str, str]:
        """What is said, by component."""
        return self.model_dump(exclude_none=True)


Tables = TypeAdapter(dict[str, Standard])
OneTable = TypeAdapter(Standard)


@dataclass(frozen=True)
class Component:
    """One component as it is told: plain lines, derived ones before what is said in words."""

    key: str
    lines: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Whether it is one of the six for everybody."""
        return self.key in PUBLIC


@dataclass
class Standards:
    """All that is said: by kind, by service, and by this government for either."""

    shared: dict[str, Standard] = field(default_factory=dict)
    own: dict[str, Standard] = field(default_factory=dict)
    local: dict[str, Standard] = field(default_factory=dict)

    def words(self, service: ServiceDefinition) -> Mapping[str, str]:
        """The words for each component of a service, the most particular first."""
        kind = kind_of(service)
        layers = (self.shared.get(kind), self.own.get(service.id), self.local.get(kind))
        said: dict[str, str] = {}
        for layer in (*layers, self.local.get(service.id)):
            said |= layer.said() if layer else {}
        return said

    def missing(self, service: ServiceDefinition) -> list[str]:
        """Components that nobody has said, in the order of the law."""
        said = self.words(service)
        return [key for key in (*PUBLIC, *INTERNAL) if key not in DERIVED and key not in said]


def components(service: ServiceDefinition, standards: Standards, day: date) -> list[Component]:
    """All fourteen, in the order of the law, as they are on `day`."""
    said = standards.words(service)
    found = []
    for key in (*PUBLIC, *INTERNAL):
        derived = _DERIVE[key](service, day) if key in _DERIVE else ()
        found.append(Component(key, tuple(filter(None, (*derived, said.get(key, ""))))))
    return found


def _requirements(service: ServiceDefinition, day: date) -> Iterator[str]:
    for each in service.requirement:
        yield each.title if each.required and not each.when else f"{each.title} ({_('bila diperlukan')})"


def _procedure(service: ServiceDefinition, day: date) -> Iterator[str]:
    return (step.title for step in service.step)


def _time(service: ServiceDefinition, day: date) -> Iterator[str]:
    for rule in service.deadline:
        if rule.holds_on(day):
            yield f"{format_duration(rule.duration)}. {rule.basis}"


def _fee(service: ServiceDefinition, day: date) -> Iterator[str]:
    for fee in service.fees_on(day):
        yield f"{fee.title} {format_rupiah(fee.amount)}. {fee.basis}"


def _product(service: ServiceDefinition, day: date) -> Iterator[str]:
    for output in service.outputs:
        title = output.title.capitalize() if output.title.isupper() else output.title
        months = output.valid_months
        yield (
            title
            if not months
            else _("%(title)s, berlaku %(months)s bulan") % {"title": title, "months": months}
        )


def _basis(service: ServiceDefinition, day: date) -> Iterator[str]:
    rules = (rule for rule in service.classification if rule.holds_on(day))
    return (
        _("Kode arsip %(code)s, %(scheme)s") % {"code": rule.code, "scheme": rule.scheme} for rule in rules
    )


_DERIVE: Mapping[str, Callable[[ServiceDefinition, date], Iterator[str]]] = {
    "requirements": _requirements,
    "procedure": _procedure,
    "time": _time,
    "fee": _fee,
    "product": _product,
    "legal_basis": _basis,
}


def kind_of(service: ServiceDefinition) -> str:
    """The kind of service: the first part of its folder's path."""
    return service.id.partition("/")[0]


def read_standards(
    folder: Path,
    services: Iterable[ServiceDefinition],
    government_folder: Path | None,
    faults: list[Fault],
) -> Standards:
    """Every standard.toml, and the faults in them."""
    services = tuple(services)
    standards = Standards()
    known = {kind_of(each) for each in services} | {each.id for each in services}
    label = f"{folder.name}/{SHARED}/{STANDARD_FILE}"
    standards.shared = _tables(folder / SHARED / STANDARD_FILE, label, None, faults)
    for service in services:
        own_label = f"{folder.name}/{service.id}/{STANDARD_FILE}"
        read = read_tables(folder / service.id / STANDARD_FILE, own_label, OneTable, faults)
        if read is not None:
            standards.own[service.id] = read[0]
    if government_folder is not None:
        label = f"governments/{government_folder.name}/{STANDARD_FILE}"
        standards.local = _tables(government_folder / STANDARD_FILE, label, known, faults)
    return standards


def _tables(file: Path, label: str, known: set[str] | None, faults: list[Fault]) -> dict[str, Standard]:
    read = read_tables(file, label, Tables, faults)
    if read is None:
        return {}
    tables, source = read
    for name in tables if known is not None else ():
        if name not in (known or ()):
            faults.append(source.fault((name,), f'"{name}" is no service and no kind of service.'))
    return tables


def missing_faults(
    folder: Path, services: Iterable[ServiceDefinition], standards: Standards
) -> Iterator[Fault]:
    """One fault for each service whose standard is not whole; a town starts without, but owes it."""
    for service in services:
        if missing := standards.missing(service):
            label = f"{folder.name}/{service.id}/service.toml"
            place = f"[{kind_of(service)}] in {SHARED}/{STANDARD_FILE}"
            yield Fault(label, 1, f"its service standard lacks {', '.join(missing)}; say it in {place}.")
