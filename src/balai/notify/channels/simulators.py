"""All simulators behind one address: /sms/… and /whatsapp/…, with a page of what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import shift_path_info

from balai.notify.channels.simulating import Simulator
from balai.notify.channels.sms import simulator as sms
from balai.notify.channels.whatsapp import simulator as whatsapp


class Simulators:
    """A WSGI application that gives each simulator its folder."""

    def __init__(self, *, town_url: str = "", calls_back: bool = False) -> None:
        hooks = {name: f"{town_url}/webhooks/{name}/" for name in ("sms", "whatsapp")}
        self.sms = sms.SmsSimulator(webhook_url=hooks["sms"], calls_back=calls_back)
        self.whatsapp = whatsapp.WhatsAppSimulator(webhook_url=hooks["whatsapp"], calls_back=calls_back)
        self._all: dict[str, Simulator] = {each.name: each for each in (self.sms, self.whatsapp)}

    def __call__(self, wsgi: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        simulator = self._all.get(shift_path_info(wsgi) or "")
        if simulator is not None:
            return simulator(wsgi, start_response)
        start_response("200 Simulated", [("Content-Type", "text/html; charset=utf-8")])
        return [self._page().encode()]

    def _page(self) -> str:
        rows = [
            f"<tr><td>{name}<td>{escape(taken.to)}<td>{escape(taken.text)}<td>{escape(taken.id)}"
            for name, each in self._all.items()
            for taken in reversed(each.taken)
        ]
        return f"<!doctype html><title>Simulator</title><h1>Simulator</h1><table>{''.join(rows)}</table>"


def settings_for(address: str) -> dict[str, str]:
    """The settings of a town that sends through simulators at this address."""
    return {
        "BALAI_SMS_URL": f"{address}/sms",
        "BALAI_SMS_SENDER": "BALAI",
        "BALAI_SMS_SECRET": sms.SECRET,
        "BALAI_SMS_WEBHOOK_SECRET": sms.WEBHOOK_SECRET,
        "BALAI_WHATSAPP_URL": f"{address}/whatsapp/{whatsapp.VERSION}",
        "BALAI_WHATSAPP_PHONE_ID": whatsapp.PHONE_ID,
        "BALAI_WHATSAPP_TOKEN": whatsapp.TOKEN,
        "BALAI_WHATSAPP_APP_SECRET": whatsapp.APP_SECRET,
        "BALAI_WHATSAPP_VERIFY_TOKEN": whatsapp.VERIFY_TOKEN,
    }
