"""Names and the functions behind them; a test resolves every name that the code enqueues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.functional import Promise

Handler = TypeVar("Handler", bound=Callable[..., Any])

LONGEST_SECONDS = 600
MOST_ATTEMPTS = 20


class JobUnknown(LookupError):
    """No handler is registered under this name."""


@dataclass(frozen=True)
class JobKind:
    """One registered handler and how it is run."""

    name: str
    handler: Callable[..., Any]
    label: str | Promise = ""
    longest_seconds: int = LONGEST_SECONDS
    most_attempts: int = MOST_ATTEMPTS
    in_transaction: bool = False
    locks: tuple[str, ...] = ()
    when_dead: Callable[..., Any] | None = None


@dataclass(frozen=True)
class PeriodicJob:
    """A handler without payload that is due every so many seconds."""

    name: str
    seconds: int


@dataclass
class _Registry:
    kinds: dict[str, JobKind] = field(default_factory=dict)
    periodic: dict[str, PeriodicJob] = field(default_factory=dict)


_registry = _Registry()


def job(
    name: str,
    *,
    label: str | Promise = "",
    longest_seconds: int = LONGEST_SECONDS,
    most_attempts: int = MOST_ATTEMPTS,
    in_transaction: bool = False,
    locks: tuple[str, ...] = (),
    when_dead: Callable[..., Any] | None = None,
) -> Callable[[Handler], Handler]:
    """Register a handler. It is called with the payload as keywords, at least once: make it idempotent.

    `label` says in a few words what it does, for those who look after the town.
    `in_transaction=True` runs it and the removal of its row in one write transaction (with `locks`), so
    that its rows are written exactly once; not for handlers that render or call the network.
    `when_dead(**payload)` is called in a transaction when every attempt has failed.
    """

    def register(handler: Handler) -> Handler:
        known = _registry.kinds.get(name)
        if known is not None and known.handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"job {name} is registered twice")
        _registry.kinds[name] = JobKind(
            name, handler, label, longest_seconds, most_attempts, in_transaction, locks, when_dead
        )
        return handler

    return register


def periodic(name: str, *, seconds: int, **options: Any) -> Callable[[Handler], Handler]:
    """Register a job that is due every `seconds`.

    After a stop of any length it is due once, at once: a periodic handler treats everything that is due
    at the time it runs, never "the last minute's part". `options` are those of `job`.
    """

    def register(handler: Handler) -> Handler:
        job(name, **options)(handler)
        _registry.periodic[name] = PeriodicJob(name, seconds)
        return handler

    return register


def kind(name: str) -> JobKind:
    """The registered kind; raises JobUnknown."""
    try:
        return _registry.kinds[name]
    except KeyError:
        raise JobUnknown(name) from None


def label(name: str) -> str:
    """What the job does, in words; its name when this version does not know it or nobody said."""
    known = _registry.kinds.get(name)
    return str(known.label) if known and known.label else name


def names() -> frozenset[str]:
    """Every registered name."""
    return frozenset(_registry.kinds)


def periodic_jobs() -> tuple[PeriodicJob, ...]:
    """Every periodic job, in order of name."""
    return tuple(_registry.periodic[name] for name in sorted(_registry.periodic))


def unregister(name: str) -> None:
    """Forget a name; for tests that register their own."""
    _registry.kinds.pop(name, None)
    _registry.periodic.pop(name, None)
