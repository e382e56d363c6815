"""A gateway that speaks `contracts/plain.toml` over real HTTP."""

from __future__ import annotations

import json
from typing import Any
from wsgiref.types import WSGIEnvironment

from balai.notify.channels.signing import sign
from balai.notify.channels.simulating import Reaction, Simulator, Taken
from balai.runtime.settings import SIMULATOR_SECRET

SECRET = f"{SIMULATOR_SECRET}sms"
WEBHOOK_SECRET = f"{SIMULATOR_SECRET}sms-webhook"
_NEEDED = ("to", "text", "reference")


class SmsSimulator(Simulator):
    """Takes messages, keeps idempotency keys, signs receipts and incoming SMS."""

    name = "sms"

    def send(self, wsgi: WSGIEnvironment, path: str, body: bytes) -> Reaction:
        """POST /messages."""
        if not self.is_allowed(wsgi):
            return _refused(401, "unauthorized")
        try:
            asked = json.loads(body)
        except ValueError:
            return _refused(400, "not_json")
        if path != "/messages" or not all(asked.get(name) for name in _NEEDED):
            return _refused(422, "incomplete")
        key = str(wsgi.get("HTTP_IDEMPOTENCY_KEY", ""))
        fresh = Taken(self.next_id("sms-"), asked["reference"], asked["to"], asked["text"], asked)
        taken = self.take(key, fresh)
        return Reaction(202, {"message_id": taken.id})

    def wrong_number(self) -> Reaction:
        """422 with its code."""
        return _refused(422, "invalid_number")

    def refusal(self, status: int) -> Reaction:
        """429 with Retry-After, 500 without more."""
        headers = (("Retry-After", "5"),) if status == 429 else ()
        return Reaction(status, {"error": {"code": "later"}}, headers)

    def receipt(self, taken: Taken, state: str, fault: str) -> Any:
        """One object."""
        return {"message_id": taken.id, "reference": taken.reference, "status": state, "fault": fault}

    def reply(self, sender: str, text: str, remote_id: str) -> Any:
        """One object."""
        return {"incoming_id": remote_id, "from": sender, "text": text}

    def signature(self, body: bytes) -> tuple[str, str]:
        """X-Signature-256."""
        return "X-Signature-256", f"sha256={sign(body, key=WEBHOOK_SECRET)}"


def _refused(status: int, code: str) -> Reaction:
    return Reaction(status, {"error": {"code": code}})
