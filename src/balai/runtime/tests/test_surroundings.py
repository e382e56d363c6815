"""The closed network, the callers' addresses, and the clock."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from balai.runtime import clock
from balai.runtime.client import client_ip
from balai.runtime.tests.fixtures import NetworkClosed


def test_network_beyond_this_machine_is_closed() -> None:
    with socket.socket() as outside, pytest.raises(NetworkClosed):
        outside.connect(("203.0.113.1", 80))
    with pytest.raises(NetworkClosed):
        urllib.request.urlopen("http://example.org/")


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        accepted, _address = server.accept()
        accepted.close()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "not-an-address", "10.0.0.1"),
        (1, "2001:db8:0:1::7", "2001:db8:0:1::"),
        (1, "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_forwarded_address_counts_as_far_as_our_proxies_wrote_it(
    proxies: int, forwarded: str, address: str, settings
) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"trusted_proxies": proxies})
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_ip(request) == address


def test_clock_tells_the_wall_time_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_frozen_clock_stands_and_moves(frozen_clock: Callable) -> None:
    nine = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    standing = frozen_clock(nine)
    assert clock.now() == nine
    standing.move(minutes=5)
    assert clock.now() == nine + timedelta(minutes=5)


def test_clock_goes_on_after_a_test_that_froze_it() -> None:
    assert clock.now() <= clock.now()
    assert clock.now().year != 1999
