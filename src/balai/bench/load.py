"""The load generator: a process of its own that sends ready-made requests and notes how long each took.

    python -m balai.bench.load PLAN RESULT

Closed loop: so many clients, each sends its next request when the last is answered. Open loop: requests
leave at the instants of a schedule, whoever is still waiting, and the wait is counted from the scheduled
instant, so that a server that stalls can not hide it. Requests are bytes made beforehand, answers are read
just far enough to know status and end; `own_seconds` is the processor time that this process itself took.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

CONNECTIONS_AT_MOST = 256
# Clients that arrive in one instant are all taken by the worker that wakes first; people do not.
SECONDS_BETWEEN_CLIENTS = 0.02


@dataclass(frozen=True)
class Plan:
    """What to send: whole HTTP/1.1 requests; `instants` (seconds from the start) makes the loop open."""

    port: int
    requests: list[str]
    expected_status: int
    clients: int = 16
    instants: list[float] | None = None


@dataclass
class Result:
    """What came of it: one latency in seconds for each good answer, one line for each other."""

    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    own_seconds: float = 0.0


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Generator:
    """Sends the requests of a plan once each, over connections that stay open."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.result = Result()
        self._idle: list[Connection] = []

    async def run(self) -> Result:
        """Send everything; the result. Connections are opened before the time begins."""
        for _ in range(self.plan.clients):
            self._idle.append(await asyncio.open_connection("127.0.0.1", self.plan.port))
            await asyncio.sleep(SECONDS_BETWEEN_CLIENTS)
        began, own = time.perf_counter(), time.process_time()
        if self.plan.instants is None:
            waiting = iter(self.plan.requests)
            await asyncio.gather(*(self._client(waiting) for _ in range(self.plan.clients)))
        else:
            await self._arrivals(began)
        self.result.seconds = time.perf_counter() - began
        self.result.own_seconds = time.process_time() - own
        while self._idle:
            await _close(self._idle.pop())
        return self.result

    async def _client(self, waiting: Iterator[str]) -> None:
        for request in waiting:
            await self._send(request, time.perf_counter())

    async def _arrivals(self, began: float) -> None:
        under_way = set()
        for request, instant in zip(self.plan.requests, self.plan.instants or (), strict=True):
            due = began + instant
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(self._send(request, due))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)

    async def _send(self, request: str, due: float) -> None:
        connection = None
        try:
            connection = await self._connection()
            status, stays_open = await _exchange(connection, request.encode("latin-1"))
        except (OSError, EOFError, ValueError) as error:
            self.result.errors.append(f"{type(error).__name__}: {error}")
            if connection is not None:
                await _close(connection)
            return
        taken = time.perf_counter() - due
        if status == self.plan.expected_status:
            self.result.latencies.append(taken)
        else:
            self.result.errors.append(f"status {status}")
        if stays_open and len(self._idle) < CONNECTIONS_AT_MOST:
            self._idle.append(connection)
        else:
            await _close(connection)

    async def _connection(self) -> Connection:
        """The one used last, which the server is least likely to have given up; else a new one."""
        while self._idle:
            connection = self._idle.pop()
            if not connection[0].at_eof() and not connection[1].is_closing():
                return connection
            await _close(connection)
        return await asyncio.open_connection("127.0.0.1", self.plan.port)


async def _close(connection: Connection) -> None:
    connection[1].close()
    with suppress(OSError):  # the other end was faster
        await connection[1].wait_closed()


async def _exchange(connection: Connection, request: bytes) -> tuple[int, bool]:
    """Send one request, read the answer to its end; its status, and whether the connection stays open."""
    reader, writer = connection
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    first, *lines = head.split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    if fields.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.readexactly(int(fields.get("content-length", "0")))
    return int(first.split()[1]), fields.get("connection") != "close"


def main(plan_path: str, result_path: str) -> None:
    """Run the plan in one file and leave the result in the other."""
    plan = Plan(**json.loads(Path(plan_path).read_text()))
    result = asyncio.run(Generator(plan).run())
    Path(result_path).write_text(json.dumps(asdict(result)))


if __name__ == "__main__":
    main(*sys.argv[1:])
