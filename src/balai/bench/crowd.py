"""People who do not give up: they send the same thing again until the town has answered, whatever dies.

What counts is what they were told. A citizen holds a number once she was led to her receipt; an officer has
acted once the town said so, or refused the second sending because the first had arrived.
"""

from __future__ import annotations

import http.client
import json
import queue
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from balai.bench import requests

ANSWER_SECONDS = 20.0
PAUSE_SECONDS = 0.05
LATER_SECONDS = 0.4
SENDS_TWICE = 0.1
CONFLICT, FAULT = 409, 500


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many sendings."""

    status: int
    location: str
    body: bytes
    sendings: int


@dataclass
class Promises:
    """Everything that the town has acknowledged, and whatever it should never have said."""

    numbers: dict[str, str] = field(default_factory=dict)
    acts: list[tuple[str, str]] = field(default_factory=list)
    sendings: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def done(self, act: str) -> set[str]:
        """Cases for which this act was acknowledged."""
        return {case_id for name, case_id in self.acts if name == act}


class Crowd:
    """Citizens and officers of one town, each in a thread of its own, until told to stop."""

    def __init__(self, port: int, stage: dict[str, Any], *, pace_seconds: float = 0.0) -> None:
        self.port, self.stage, self.pace_seconds = port, stage, pace_seconds
        self.told = Promises()
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._ready: Iterator[dict[str, str]] = iter(stage["applications"])
        self._trays: dict[str, queue.Queue[str]] = {
            name: queue.Queue() for name in ("check", "decide", "shelve")
        }
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        """Everybody starts."""
        work: list[Callable[[], None]] = [self._citizen, self._citizen]
        for tray, act in (("check", self._check), ("decide", self._decide), ("shelve", self._shelve)):
            work += [self._officer(tray, token, act) for token in self.stage["tokens"][tray]]
        self._threads = [threading.Thread(target=each, daemon=True) for each in work]
        for thread in self._threads:
            thread.start()

    def end(self) -> Promises:
        """Everybody finishes what is in hand; what was acknowledged. The town must be up."""
        self._stop.set()
        for thread in self._threads:
            thread.join(4 * ANSWER_SECONDS)
        if any(thread.is_alive() for thread in self._threads):
            self._note("somebody waits for an answer still")
        return self.told

    def told_so_far(self) -> Promises:
        """A copy of what has been acknowledged by now."""
        with self._guard:
            return replace(
                self.told,
                numbers=dict(self.told.numbers),
                acts=list(self.told.acts),
                wrong=list(self.told.wrong),
            )

    # Citizens ------------------------------------------------------------------------------------

    def _citizen(self) -> None:
        dice = random.Random()  # noqa: S311 - nothing secret
        while not self._stop.wait(self.pace_seconds):
            with self._guard:
                mine = next(self._ready, None)
            if mine is None:
                return
            self._apply(mine)
            if dice.random() < SENDS_TWICE:
                self._apply(mine)

    def _apply(self, application: dict[str, str]) -> None:
        request = requests.post(
            f"127.0.0.1:{self.port}",
            application["path"],
            {"berkas": application["case_id"]},
            cookies={"sessionid": application["session"]},
        )
        answer = self._until_answered(request)
        number = answer.location.split("/")[-3] if answer.location.endswith("/bukti/") else ""
        if answer.status != http.client.FOUND or not number:
            self._note(f"an application was answered {answer.status} {answer.location}")
            return
        with self._guard:
            known = self.told.numbers.get(application["case_id"])
            self.told.numbers[application["case_id"]] = number
        if known is None:
            self._trays["check"].put(application["case_id"])
        elif known != number:
            self._note(f"{application['case_id']} was told {known} and {number}")

    # Officers ------------------------------------------------------------------------------------

    def _officer(self, tray: str, token: str, act: Callable[[str, str], bool]) -> Callable[[], None]:
        def work() -> None:
            while not self._stop.is_set():
                with suppress(queue.Empty):
                    case_id = self._trays[tray].get(timeout=LATER_SECONDS)
                    if not act(token, case_id):
                        self._stop.wait(LATER_SECONDS)
                        self._trays[tray].put(case_id)

        return work

    def _check(self, token: str, case_id: str) -> bool:
        seen = self._call(token, "GET", f"/api/v1/desk/cases/{case_id}")
        if seen.status != http.client.OK:
            self._note(f"a sheet was answered {seen.status}")
            return True
        found = json.loads(seen.body)
        verdicts = [{"target": line["target"], "outcome": "ok"} for line in found["lines"] if line["needed"]]
        path = f"/api/v1/desk/cases/{case_id}"
        if verdicts and not self._did(
            "judge", case_id, self._call(token, "POST", f"{path}/verdicts", {"verdicts": verdicts})
        ):
            return True
        if self._did("forward", case_id, self._call(token, "POST", f"{path}/forward")):
            self._trays["decide"].put(case_id)
        return True

    def _decide(self, token: str, case_id: str) -> bool:
        if self._did("approve", case_id, self._call(token, "POST", f"/api/v1/desk/cases/{case_id}/approve")):
            self._trays["shelve"].put(case_id)
        return True

    def _shelve(self, token: str, case_id: str) -> bool:
        """Only once the letter is there; the job that makes it may still wait for a worker."""
        path = f"/api/v1/desk/cases/{case_id}"
        seen = self._call(token, "GET", path)
        if seen.status != http.client.OK or json.loads(seen.body)["state"] == "approved":
            return False
        self._did("shelve", case_id, self._call(token, "POST", f"{path}/shelve", {"shelf_number": "A-1"}))
        return True

    def _did(self, act: str, case_id: str, answer: Answer) -> bool:
        """Acknowledged: said so, or refused because an earlier sending of the same had arrived."""
        is_done = answer.status == http.client.OK or (answer.status == CONFLICT and answer.sendings > 1)
        if is_done:
            with self._guard:
                self.told.acts.append((act, case_id))
        else:
            self._note(f"{act} was answered {answer.status} {answer.body[:200]!r}")
        return is_done

    def _call(self, token: str, method: str, path: str, body: object = None) -> Answer:
        content = json.dumps(body) if body is not None else ""
        head = {
            "Host": f"127.0.0.1:{self.port}",
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Content-Length": str(len(content)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return self._until_answered(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{content}")

    # The wire ------------------------------------------------------------------------------------

    def _until_answered(self, request: str) -> Answer:
        """Send the same bytes until an answer comes that is not the town's own fault."""
        sendings = 0
        while True:
            sendings += 1
            answer = self._send(request, sendings)
            if answer is not None and answer.status < FAULT:
                with self._guard:
                    self.told.sendings += sendings
                    self.told.lost += sendings - 1
                return answer
            threading.Event().wait(PAUSE_SECONDS)

    def _send(self, request: str, sendings: int) -> Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            connection.connect()
            connection.sock.sendall(request.encode("latin-1"))
            response = http.client.HTTPResponse(connection.sock, method=request.split(" ", 1)[0])
            response.begin()
            body = response.read()
            return Answer(response.status, response.getheader("Location") or "", body, sendings)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _note(self, sentence: str) -> None:
        with self._guard:
            self.told.wrong.append(sentence)
