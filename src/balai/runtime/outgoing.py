"""Outgoing HTTP: one call with a deadline, a bound on what is read, and a word for whatever went wrong.

Nothing is retried and no redirection is followed here: the job that calls owns its own patience, and an
answer that leads elsewhere is a fault of the settings. Never called inside a write transaction.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import urllib3
from django.db import ProgrammingError

from balai.runtime import transaction

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
LARGEST_ANSWER = 1_000_000
_CHUNK = 16_384


class CallFailed(Exception):
    """No answer; `code` is a stable word. `may_have_arrived` says whether the other side perhaps acted."""

    def __init__(self, code: str, *, may_have_arrived: bool) -> None:
        super().__init__(code)
        self.code = code
        self.may_have_arrived = may_have_arrived


class AnswerUnreadable(ValueError):
    """The body is not the JSON that was promised; its content is dropped, it may hold personal data."""


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """A status of the 200s."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The decoded body; raises AnswerUnreadable."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise AnswerUnreadable from None


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json_body: Any = None,
    form: Mapping[str, str] | None = None,
    content: bytes | None = None,
    seconds: float | None = None,
    largest: int | None = None,
) -> Answer:
    """One request and its whole answer within `seconds` (15 without); raises CallFailed.

    `content` is a body as it is; say its Content-Type in `headers`. An answer of more than `largest` bytes
    (1 MB without) is "too_large". Certificates are checked against the
    machine's trust store; http:// is the caller's own decision.
    """
    if transaction.is_open():
        raise ProgrammingError("no network inside a write transaction (runtime.transaction)")
    seconds = WHOLE_SECONDS if seconds is None else seconds
    body, kind = (content, {}) if content is not None else _body(json_body, form)
    sent = {"User-Agent": "Balai", "Accept": "application/json", **kind, **(headers or {})}
    ends = time.monotonic() + seconds
    try:
        response = _pool().request(
            method,
            url,
            body=body,
            headers=sent,
            timeout=urllib3.Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds),
            preload_content=False,
            redirect=False,
            retries=False,
        )
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
        raise CallFailed("unreachable", may_have_arrived=False) from None
    except urllib3.exceptions.SSLError:
        raise CallFailed("tls", may_have_arrived=False) from None
    except urllib3.exceptions.TimeoutError:
        raise CallFailed("too_slow", may_have_arrived=True) from None
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        raise CallFailed("broken", may_have_arrived=True) from None
    try:
        return Answer(
            response.status,
            _lower(response.headers),
            _read(response, ends, LARGEST_ANSWER if largest is None else largest),
        )
    finally:
        response.close()


def _body(json_body: Any, form: Mapping[str, str] | None) -> tuple[bytes | None, dict[str, str]]:
    if json_body is not None:
        return json.dumps(json_body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    return None, {}


def _read(response: urllib3.BaseHTTPResponse, ends: float, largest: int) -> bytes:
    """The body piece by piece: a server that drips is cut off at the deadline, a flood at the bound."""
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := response.read1(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > largest:
                raise CallFailed("too_large", may_have_arrived=True)
            if time.monotonic() > ends:
                raise CallFailed("too_slow", may_have_arrived=True)
    except urllib3.exceptions.TimeoutError:
        raise CallFailed("too_slow", may_have_arrived=True) from None
    except (urllib3.exceptions.HTTPError, OSError):
        raise CallFailed("broken", may_have_arrived=True) from None
    return b"".join(pieces)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@lru_cache(maxsize=1)
def _pool() -> urllib3.PoolManager:
    """Connections are kept; made at the first call, so that a forked worker has its own."""
    return urllib3.PoolManager(num_pools=10, maxsize=4)
