"""Fixtures for every package: jobs run on demand, a clock that stands still, a closed network.

Loaded by the root conftest.py before Django is set up; what needs models is imported inside.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest


class NetworkClosed(Exception):
    """A test tried to reach something beyond this machine."""


class StandingClock:
    """A clock that shows what it is told; call it for the present instant."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """Move on by a timedelta's keywords (`minutes=5`); returns the new instant."""
        self.at += timedelta(**by)
        return self.at

    def set(self, at: datetime) -> None:
        """Jump to an instant."""
        self.at = at


@pytest.fixture
def frozen_clock() -> Iterator[Callable[[datetime], StandingClock]]:
    """`clock = frozen_clock(at)` holds `runtime.clock.now()` until the test ends; `clock.move(hours=1)`."""
    from balai.runtime import clock  # noqa: PLC0415 (after Django is set up)

    with ExitStack() as held:

        def freeze(at: datetime) -> StandingClock:
            standing = StandingClock(at)
            held.enter_context(clock.reading(standing))
            return standing

        yield freeze


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A test's rows are rolled back; what the process remembers of them must go too."""
    from balai.runtime import memory  # noqa: PLC0415 (after Django is set up)

    memory.forget_everything()


@pytest.fixture
def run_jobs(request: pytest.FixtureRequest) -> Callable[..., int]:
    """`run_jobs()` runs what is due, and what that enqueues; a failing handler's error is raised."""
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")

    def run(limit: int = 100) -> int:
        from balai.runtime.jobs import run_due  # noqa: PLC0415 (after Django is set up)

        return run_due(limit, raise_errors=True)

    return run


def _is_loopback(host: object) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """Sockets reach this machine only; names of other hosts are not even looked up."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(sock: socket.socket, address: Any) -> None:
        if sock.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise NetworkClosed(f"{address[0]}: tests reach loopback only")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host) and host not in {"0.0.0.0", "::"}:  # noqa: S104 (bound by test servers)
            raise NetworkClosed(f"{host}: tests look up no names")
        return look_up(host, *args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()
