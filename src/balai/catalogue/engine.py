"""The registry through which engines offer what the shells compose: the only way from portal and desk to one.

An engine registers itself in its `apps.ready()`; the catalogue never imports one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from balai.catalogue.faults import Fault
from balai.catalogue.schema import Example, ServiceDefinition
from balai.catalogue.schema.listed import Entry

if TYPE_CHECKING:
    from balai.government import Government
    from balai.people.models import Citizen

Tone = Literal["neutral", "waiting", "attention", "done", "late"]


@dataclass(frozen=True)
class Affair:
    """One matter of a citizen, as `/saya/` lists it. `tone` picks the colour, never the only sign."""

    title: str
    number: str
    state_label: str
    tone: Tone
    url: str
    updated_at: datetime


@dataclass(frozen=True)
class Figure:
    """One public number with its label, e.g. ("Selesai hari ini", "12")."""

    label: str
    value: str
    note: str = ""


class Engine:
    """What an engine answers. Subclass, set `code`, and override what the engine has to offer."""

    code: ClassVar[str]
    # Words that `act` of a step may be. An engine that names none leaves its steps' acts unchecked.
    acts: ClassVar[frozenset[str]] = frozenset()
    # Pieces of news that it tells applicants; each needs words in services/_shared/notices.toml.
    news: ClassVar[frozenset[str]] = frozenset()
    # How many products of one application it can make; a definition that promises more is refused.
    most_outputs: ClassVar[int] = 1

    # Whether services may stand on it. One that only answers people has none.
    runs_services: ClassVar[bool] = True

    def apply_path(self, service: ServiceDefinition) -> str:
        """Address of the first page of an application."""
        raise NotImplementedError

    def affairs(self, citizen: Citizen) -> Sequence[Affair]:
        """The citizen's matters in this engine, newest first."""
        return ()

    def ask_path(self, sought: str) -> str | None:
        """Address of a form for a question, about what was sought in vain; None where nobody takes any."""
        return None

    def track(self, number: str, pin: str) -> str | None:
        """Address of the tracking page when number and PIN fit; None otherwise, whatever is wrong."""
        return None

    def figures(self, today: date) -> Sequence[Figure]:
        """Public numbers of the day."""
        return ()

    def run_example(self, service: ServiceDefinition, example: Example) -> Sequence[str]:
        """Walk one example through the real engine; one English sentence for each thing that differs."""
        return ()

    def faults(self, service: ServiceDefinition) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """What this engine cannot carry in a definition: (path in service.toml, English sentence)."""
        return ()

    def entries(self, folder: Path, government: Government) -> Sequence[Entry]:
        """What people find in the single search beside services; `folder` is that of the catalogue.

        Only entries whose address is a page of this town are shown. Asked once, when the catalogue is read.
        """
        return ()

    def check(self, folder: Path, government: Government) -> Iterable[Fault]:
        """Faults of its own data under `folder` and in the government's; a town does not start on them."""
        return ()

    def walk_examples(self, folder: Path, government: Government) -> Iterable[Fault]:
        """What comes out otherwise than the examples of that data say; for `./balai catalogue check`."""
        return ()

    def schemas(self) -> Mapping[str, dict[str, Any]]:
        """JSON Schemas of that data for editors, by the name of the file without `.schema.json`."""
        return {}


_engines: dict[str, Engine] = {}


def register(engine: type[Engine] | Engine) -> type[Engine] | Engine:
    """Add an engine (usable as a class decorator); registering a code twice is a programming error."""
    instance = engine() if isinstance(engine, type) else engine
    known = _engines.get(instance.code)
    if known is not None and type(known) is not type(instance):
        raise ValueError(f"engine {instance.code!r} is registered twice")
    _engines[instance.code] = instance
    return engine


def unregister(code: str) -> None:
    """Take an engine out again, for a test that brought its own."""
    _engines.pop(code, None)


def engines() -> tuple[Engine, ...]:
    """Every engine of this town, in order of registration."""
    return tuple(_engines.values())


def engine(code: str) -> Engine:
    """The engine of this code; raise LookupError when this town does not run it."""
    try:
        return _engines[code]
    except KeyError:
        raise LookupError(f"this town runs no engine {code!r}") from None
