"""Write transactions: explicit, short, the same on both databases (house rule 13).

`@write_transaction` opens a transaction, or joins the one that is open: joining costs nothing (no
savepoint), and an exception inside a joined action dooms the whole, so half an action is never kept.

Rows are locked with `lock()`. Names of locks are names of models in lower case ("case", "series"). The
outermost action declares every lock that it or anything below it takes; locks are taken in the order of
`LOCK_ORDER`. Both rules are checked while the code runs, on both databases, because a deadlock shows
itself only on a busy day. *Seen:* bugsink `bugsink/transaction.py`; pretix `doc/development/
implementation/locking.rst`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from types import TracebackType
from typing import Any, ParamSpec, TypeVar, overload

from django.conf import settings
from django.db import ProgrammingError, connection, models, transaction
from django.utils.translation import override

from balai.runtime.errors import NotFound
from balai.runtime.statements import Rows, by_key

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

# One order for the whole house: owners before what they own, what many rows share (a series) last.
LOCK_ORDER: tuple[str, ...] = (
    "idempotencykey",
    "account",
    "citizen",
    "officer",
    "person",
    "challenge",
    "draft",
    "slot",
    "case",
    "question",
    "report",
    "letter",
    "turn",
    "signingbatch",
    "share",
    "workitem",
    "clock",
    "note",
    "handover",
    "message",
    "upload",
    "number",
    "series",
    "batch",
)


class _Open:
    """The transaction that is open in this thread: what it declared, what it holds."""

    __slots__ = ("held", "locks")

    def __init__(self, locks: frozenset[str]) -> None:
        self.locks = locks
        self.held: set[str] = set()


_open: ContextVar[_Open | None] = ContextVar("balai_write_transaction", default=None)


def is_open() -> bool:
    """True inside a write transaction of ours."""
    return _open.get() is not None


class _WriteTransaction:
    """One entry into a write transaction; outermost when none is open, a guest otherwise."""

    __slots__ = ("_atomic", "_language", "_locks", "_token")

    def __init__(self, locks: frozenset[str]) -> None:
        self._locks = locks
        self._atomic: Any = None

    def __enter__(self) -> None:
        outer = _open.get()
        if outer is not None:
            missing = self._locks - outer.locks
            if missing:
                raise ProgrammingError(
                    f"joined action locks {sorted(missing)}; the outermost must declare them: "
                    f"@write_transaction(locks={tuple(sorted(outer.locks | self._locks))!r})"
                )
            return
        # durable: an outermost write transaction inside a stray atomic() would not be committed at its end.
        self._atomic = transaction.atomic(durable=True)
        self._atomic.__enter__()
        self._token = _open.set(_Open(self._locks))
        # What is stored is said in the town's language, whoever's page it comes from.
        self._language = override(settings.LANGUAGE_CODE)
        self._language.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._atomic is None:
            if kind is not None:
                transaction.set_rollback(True)
            return
        self._language.__exit__(kind, error, trace)
        _open.reset(self._token)
        self._atomic.__exit__(kind, error, trace)


class _Declared:
    """`write_transaction(locks=…)`: a decorator, and a context manager where needed."""

    def __init__(self, locks: frozenset[str]) -> None:
        self._locks = locks
        self._entered: list[_WriteTransaction] = []

    def __call__(self, action: Callable[P, R]) -> Callable[P, R]:
        locks = self._locks

        @wraps(action)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with _WriteTransaction(locks):
                return action(*args, **kwargs)

        run.locks = locks  # type: ignore[attr-defined]  # for readers
        return run

    def __enter__(self) -> None:
        entry = _WriteTransaction(self._locks)
        entry.__enter__()
        self._entered.append(entry)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.pop().__exit__(kind, error, trace)


@overload
def write_transaction(action: Callable[P, R], /) -> Callable[P, R]: ...
@overload
def write_transaction(*, locks: str | tuple[str, ...] = ...) -> _Declared: ...


def write_transaction(
    action: Callable[P, R] | None = None, /, *, locks: str | tuple[str, ...] = ()
) -> Callable[P, R] | _Declared:
    """Run an action in a write transaction, joining an open one; `locks` names the models it locks.

    Raises ProgrammingError when a lock's name is not in LOCK_ORDER, or when a joined action needs a
    lock that the outermost did not declare.
    """
    names = frozenset((locks,) if isinstance(locks, str) else locks)
    unknown = names - set(LOCK_ORDER)
    if unknown:
        raise ProgrammingError(f"{sorted(unknown)} not in LOCK_ORDER of balai.runtime.transaction")
    declared = _Declared(names)
    return declared if action is None else declared(action)


@overload
def lock(target: models.QuerySet[M]) -> list[M]: ...
@overload
def lock(target: Rows[M], *values: Any) -> list[M]: ...
@overload
def lock(target: M) -> M: ...


def lock(target: models.QuerySet[M] | Rows[M] | M, *values: Any) -> list[M] | M:
    """Lock rows until the transaction ends and return them as they are now, read afresh.

    A row lock on PostgreSQL; on SQLite the write transaction is already the only writer, so only the
    fresh reading is left. A queryset comes back as a list in the order of its keys (one order for
    everybody), `Rows` in their own order, found by `values`. Raises NotFound when an instance is gone,
    ProgrammingError when the lock was not declared or comes out of order.
    """
    if isinstance(target, Rows):
        _check_lock(target.model)
        return target.lock(*values)
    _check_lock(target.model if isinstance(target, models.QuerySet) else type(target))
    if isinstance(target, models.QuerySet):
        return list(target.order_by("pk").select_for_update(of=("self",), no_key=_no_key()))
    fresh: list[M] = by_key(type(target)).lock(target.pk)
    if not fresh:
        raise NotFound(target)
    return fresh[0]


def _no_key() -> bool:
    """FOR NO KEY UPDATE lets others insert rows that point here; SQLite has no row locks at all."""
    return connection.features.has_select_for_no_key_update


def _check_lock(model: type[models.Model]) -> None:
    name = model._meta.model_name or ""
    current = _open.get()
    if current is None:
        raise ProgrammingError(f"lock({name}) outside a write transaction")
    if name not in current.locks:
        raise ProgrammingError(f"lock({name}) is not declared: @write_transaction(locks={name!r})")
    later = [held for held in current.held if LOCK_ORDER.index(held) > LOCK_ORDER.index(name)]
    if later and name not in current.held:
        raise ProgrammingError(f"lock({name}) must be taken before {sorted(later)}: see LOCK_ORDER")
    current.held.add(name)


def after_commit(effect: Callable[[], object]) -> None:
    """Run `effect` once the outermost transaction is committed; its failure is logged, not raised."""
    transaction.on_commit(effect, robust=True)
