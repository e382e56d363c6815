"""The Cloud API as far as we use it, over real HTTP: templates, the day's window, statuses, webhooks."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from wsgiref.types import WSGIEnvironment

from balai.notify.channels.signing import sign
from balai.notify.channels.simulating import Reaction, Simulator, Taken
from balai.runtime.settings import SIMULATOR_SECRET

TOKEN = f"{SIMULATOR_SECRET}whatsapp"
APP_SECRET = f"{SIMULATOR_SECRET}whatsapp-app"
VERIFY_TOKEN = f"{SIMULATOR_SECRET}whatsapp-verify"
PHONE_ID = "100000000000001"
VERSION = "v23.0"
LANGUAGES = frozenset({"id", "en"})
_CODES = {429: 130429, 500: 131000}


class WhatsAppSimulator(Simulator):
    """Knows every template that begins with balai_, in two languages; free text only after a message."""

    name = "whatsapp"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.has_written: set[str] = set()
        self.files: dict[str, bytes] = {}

    def send(self, wsgi: WSGIEnvironment, path: str, body: bytes) -> Reaction:
        """POST /<version>/<phone id>/messages."""
        if not self.is_allowed(wsgi):
            return _refused(401, 190)
        try:
            asked = json.loads(body)
        except ValueError:
            return _refused(400, 100)
        if not path.endswith(f"/{PHONE_ID}/messages") or asked.get("messaging_product") != "whatsapp":
            return _refused(400, 100)
        code = self._fault_of(asked)
        if code:
            return _refused(400, code)
        fresh = Taken(
            self.next_id("wamid.SIM"),
            asked.get("biz_opaque_callback_data", ""),
            asked["to"],
            _text(asked),
            asked,
        )
        taken = self.take("", fresh)
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": asked["to"], "wa_id": asked["to"]}],
            "messages": [{"id": taken.id, "message_status": "accepted"}],
        }
        return Reaction(200, answer)

    def show(self, wsgi: WSGIEnvironment, path: str) -> Reaction:
        """GET /<version>/<media id> tells an address, and GET of that address gives the bytes."""
        name = path.rpartition("/")[2]
        content = self.files.get(name)
        if not self.is_allowed(wsgi):
            return _refused(401, 190)
        if content is None:
            return _refused(400, 100)
        if "/media/" in path:
            return Reaction(200, content)
        answer = {
            "messaging_product": "whatsapp",
            "url": f"http://{wsgi['HTTP_HOST']}{wsgi['SCRIPT_NAME']}/media/{name}",
            "sha256": hashlib.sha256(content).hexdigest(),
            "file_size": len(content),
            "id": name,
        }
        return Reaction(200, answer)

    def _fault_of(self, asked: dict[str, Any]) -> int:
        """The code with which the platform would refuse, 0 when it would not."""
        if asked.get("type") == "text":
            return 0 if asked["to"] in self.has_written else 131047
        template = asked.get("template")
        if asked.get("type") != "template" or not isinstance(template, dict):
            return 131051
        language = (template.get("language") or {}).get("code")
        is_known = str(template.get("name", "")).startswith("balai_") and language in LANGUAGES
        return 0 if is_known else 132001

    def wrong_number(self) -> Reaction:
        """The number has no WhatsApp."""
        return _refused(400, 131026)

    def refusal(self, status: int) -> Reaction:
        """Rate limit, or trouble of theirs."""
        return _refused(status, _CODES.get(status, 131000))

    def receipt(self, taken: Taken, state: str, fault: str) -> Any:
        """A change with one status."""
        status: dict[str, Any] = {
            "id": taken.id,
            "status": state,
            "timestamp": "1764650000",
            "recipient_id": taken.to,
            "biz_opaque_callback_data": taken.reference,
        }
        if fault:
            status["errors"] = [{"code": int(fault), "title": "Simulated"}]
        return _change({"statuses": [status]})

    def reply(self, sender: str, text: str, remote_id: str) -> Any:
        """A change with one message; the window of a day is open from now on."""
        return self.said(sender, remote_id, type="text", text={"body": text})

    def file(
        self, sender: str, content: bytes, caption: str, remote_id: str, *, kind: str = "image", **more: str
    ) -> Any:
        """A change with one message that holds a file, kept here until it is fetched."""
        media_id = str(500 + len(self.files))
        self.files[media_id] = content
        held = {"id": media_id, "mime_type": more.pop("mime_type", "image/jpeg"), "caption": caption, **more}
        return self.said(sender, remote_id, type=kind, **{kind: held})

    def said(self, sender: str, remote_id: str, **content: Any) -> Any:
        """A change with one message of any kind."""
        digits = sender.lstrip("+")
        self.has_written.add(digits)
        message = {"from": digits, "id": remote_id, "timestamp": "1764650000", **content}
        contact = {"profile": {"name": "Simulasi"}, "wa_id": digits}
        return _change({"contacts": [contact], "messages": [message]})

    def signature(self, body: bytes) -> tuple[str, str]:
        """X-Hub-Signature-256."""
        return "X-Hub-Signature-256", f"sha256={sign(body, key=APP_SECRET)}"


def _text(asked: dict[str, Any]) -> str:
    """What the person would read: the text, or the template's name with its values."""
    if asked["type"] == "text":
        return str(asked["text"]["body"])
    template = asked["template"]
    values = [
        str(parameter["text"])
        for part in template.get("components", ())
        if part["type"] == "body"
        for parameter in part["parameters"]
    ]
    return " | ".join([template["name"], *values])


def _change(value: dict[str, Any]) -> dict[str, Any]:
    metadata = {"display_phone_number": "62342555010", "phone_number_id": PHONE_ID}
    whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "200000000000002", "changes": [{"field": "messages", "value": whole}]}],
    }


def _refused(status: int, code: int) -> Reaction:
    return Reaction(status, {"error": {"message": "Simulated", "type": "OAuthException", "code": code}})
