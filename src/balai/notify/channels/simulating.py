"""What simulators of gateways share: a WSGI application in memory, faults on demand, calls back.

A simulator speaks its channel's real contract over real HTTP, takes only secrets that begin with
"simulator-", and is steered under /_simulator/: `fault?mode=429&times=2`, `messages`,
`receipt?id=…&state=failed&fault=…`, `reply?from=…&text=…`. Production refuses its secrets.
"""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from socketserver import ThreadingMixIn
from typing import Any, ClassVar
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from balai.runtime.outgoing import Answer, call
from balai.runtime.settings import SIMULATOR_SECRET

FAULTS = ("none", "429", "500", "slow", "wrong_number", "garbage")
HELD_SECONDS = 30.0
STEERING = "/_simulator/"


@dataclass(frozen=True)
class Taken:
    """A message that the simulator has taken over."""

    id: str
    reference: str
    to: str
    text: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Reaction:
    """An HTTP answer: a JSON value, or a text or bytes where something else was asked for."""

    status: int
    body: Any
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Fault:
    """What goes wrong, and how often still; -1 for as long as it is set."""

    mode: str = "none"
    times: int = -1
    released: threading.Event = field(default_factory=threading.Event)

    def take(self) -> str:
        """The fault of this call."""
        if self.mode == "none" or self.times == 0:
            return "none"
        self.times -= self.times > 0
        return self.mode


class Simulator(ABC):
    """One gateway: what it has taken, how it fails, and whom it calls back."""

    name: ClassVar[str]

    def __init__(self, *, webhook_url: str = "", calls_back: bool = False) -> None:
        self.webhook_url = webhook_url
        self.calls_back = calls_back
        self.taken: list[Taken] = []
        self.fault = Fault()
        self._by_key: dict[str, Taken] = {}
        self._lock = threading.Lock()

    # --- what each channel says ------------------------------------------------------------------

    @abstractmethod
    def send(self, wsgi: WSGIEnvironment, path: str, body: bytes) -> Reaction:
        """A request of the channel's contract."""

    def show(self, wsgi: WSGIEnvironment, path: str) -> Reaction:
        """A reading of the channel's contract; most have none."""
        return Reaction(405, {"error": "method"})

    @abstractmethod
    def wrong_number(self) -> Reaction:
        """The contract's words for a number that nobody has."""

    @abstractmethod
    def refusal(self, status: int) -> Reaction:
        """The contract's words for 429 and 500."""

    @abstractmethod
    def receipt(self, taken: Taken, state: str, fault: str) -> Any:
        """The body of a receipt: "delivered", or "failed" with a code."""

    @abstractmethod
    def reply(self, sender: str, text: str, remote_id: str) -> Any:
        """The body that tells of an incoming message."""

    @abstractmethod
    def signature(self, body: bytes) -> tuple[str, str]:
        """Name and value of the header that signs a body."""

    # --- HTTP ------------------------------------------------------------------------------------

    def __call__(self, wsgi: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = int(wsgi.get("CONTENT_LENGTH") or 0)
        body = wsgi["wsgi.input"].read(length)
        path = str(wsgi.get("PATH_INFO", ""))
        reaction = self._react(wsgi, path, body)
        kind, out = _written(reaction.body)
        headers = [("Content-Type", kind), ("Content-Length", str(len(out))), *reaction.headers]
        start_response(f"{reaction.status} Simulated", headers)
        return [out]

    def _react(self, wsgi: WSGIEnvironment, path: str, body: bytes) -> Reaction:
        if path.startswith(STEERING):
            query = dict(parse_qsl(str(wsgi.get("QUERY_STRING", ""))))
            return self._steer(path.removeprefix(STEERING), query)
        if wsgi["REQUEST_METHOD"] not in {"GET", "POST"}:
            return Reaction(405, {"error": "method"})
        with self._lock:
            mode = self.fault.take()
        if wsgi["REQUEST_METHOD"] == "GET":
            return self._fail(mode) or self.show(wsgi, path)
        return self._fail(mode) or self.send(wsgi, path, body)

    def _fail(self, mode: str) -> Reaction | None:
        if mode == "wrong_number":
            return self.wrong_number()
        if mode == "garbage":
            return Reaction(200, "<html>Selamat datang di router Anda</html>")
        if mode == "slow":
            self.fault.released.wait(HELD_SECONDS)
            return None
        return self.refusal(int(mode)) if mode.isdecimal() else None

    def _steer(self, what: str, query: dict[str, str]) -> Reaction:
        if what == "messages":
            return Reaction(200, [asdict(each) for each in self.taken])
        if what == "fault" and query.get("mode") in FAULTS:
            self.fault.released.set()
            self.fault = Fault(query["mode"], int(query.get("times", "-1")))
            return Reaction(200, {"mode": query["mode"]})
        if what == "receipt":
            taken = next((each for each in self.taken if each.id == query.get("id")), None)
            if taken is not None:
                answer = self.call_receipt(taken, query.get("state", "delivered"), query.get("fault", ""))
                return Reaction(200, {"status": answer.status})
        if what == "reply" and {"from", "text"} <= query.keys():
            answer = self.call_reply(query["from"], query["text"], query.get("id", ""))
            return Reaction(200, {"status": answer.status})
        return Reaction(404, {"error": "nothing to steer here"})

    # --- taking over and calling back ------------------------------------------------------------

    def take(self, key: str, taken: Taken) -> Taken:
        """Keep a message; the same key is the same message."""
        with self._lock:
            known = self._by_key.get(key) if key else None
            if known is not None:
                return known
            self.taken.append(taken)
            if key:
                self._by_key[key] = taken
        if self.calls_back:
            threading.Thread(target=self.call_receipt, args=(taken, "delivered", ""), daemon=True).start()
        return taken

    def next_id(self, prefix: str) -> str:
        """An id that this simulator has not given yet."""
        with self._lock:
            self._ids = getattr(self, "_ids", 0) + 1
            return f"{prefix}{self._ids:06d}"

    def call_receipt(self, taken: Taken, state: str = "delivered", fault: str = "") -> Answer:
        """Tell the town what became of a message."""
        return self._call(self.receipt(taken, state, fault))

    def call_reply(self, sender: str, text: str, remote_id: str = "") -> Answer:
        """Tell the town what somebody wrote."""
        return self._call(self.reply(sender, text, remote_id or self.next_id("in-")))

    def signed(self, payload: Any) -> tuple[bytes, dict[str, str]]:
        """A body as it goes over the wire, and its headers."""
        body = json.dumps(payload).encode()
        name, value = self.signature(body)
        return body, {name: value, "Content-Type": "application/json"}

    def _call(self, payload: Any) -> Answer:
        body, headers = self.signed(payload)
        return call("POST", self.webhook_url, headers=headers, content=body)

    @staticmethod
    def is_allowed(wsgi: WSGIEnvironment) -> bool:
        """Whether the bearer token is one for simulators: a real one has no business here."""
        return str(wsgi.get("HTTP_AUTHORIZATION", "")).startswith(f"Bearer {SIMULATOR_SECRET}")


def _written(body: Any) -> tuple[str, bytes]:
    """Content-Type and bytes of a reaction."""
    if isinstance(body, bytes):
        return "application/octet-stream", body
    if isinstance(body, str):
        return "text/html", body.encode()
    return "application/json", json.dumps(body).encode()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what is sent holds addresses and codes."""


@contextmanager
def serving(application: WSGIApplication, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve it in a thread; gives its address. Port 0 takes one that is free."""
    server = make_server(host, port, application, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
