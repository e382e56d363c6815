"""What time it is, asked in one place, so that a test can hold the clock still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _wall_clock() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _wall_clock


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source()


@contextmanager
def reading(source: Callable[[], datetime]) -> Iterator[None]:
    """Let `now()` read `source` instead of the wall clock; for tests, in every thread of the process."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
