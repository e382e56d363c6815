"""A town that sends through simulators, spoken to over real HTTP on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from pydantic import SecretStr

from balai.kernel.references import Subject
from balai.notify import actions, addressees
from balai.notify.actions import Wording
from balai.notify.addressees import Addressee
from balai.notify.channels.simulating import Simulator, serving
from balai.notify.channels.simulators import Simulators, settings_for
from balai.notify.models import Address, Message
from balai.runtime.settings import RuntimeSettings

PHONE = Address("phone", "+6281234567801")
MAIL = Address("email", "siti@contoh.id")
SITI = Subject("notify.test_person", "siti")
ABOUT = Subject("cases.case", "01990000-0000-7000-8000-000000000001")
WORDS = {
    "id": Wording("Berkas", "Berkas siap.", "Siap.", "ready", {"number": "SKU-1", "link": "https://b/1"}),
    "jv": Wording(
        "Serat", "Serat sampun dados.", "Dados.", "ready", {"number": "SKU-1", "link": "https://b/1"}
    ),
}


@contextmanager
def standing_gateways(settings: Any) -> Iterator[Simulators]:
    """Simulators that serve, and a town whose first way is SMS, then WhatsApp."""
    simulators = Simulators(town_url="http://127.0.0.1:1")
    with serving(simulators) as address:
        chosen = {name.removeprefix("BALAI_").lower(): value for name, value in settings_for(address).items()}
        settings.BALAI = with_settings(settings.BALAI, chosen)
        settings.NOTIFY_CHANNELS = ("sms", "whatsapp")
        yield simulators
        for each in (simulators.sms, simulators.whatsapp):
            each.fault.released.set()


@contextmanager
def known_siti() -> Iterator[Subject]:
    """Somebody who is reached by phone first, then by e-mail."""
    addressees.register(SITI.label, lambda key: Addressee((PHONE, MAIL), "Siti") if key == SITI.id else None)
    yield SITI
    addressees.unregister(SITI.label)


def with_settings(given: RuntimeSettings, changed: dict[str, Any]) -> RuntimeSettings:
    """The settings with others in place, secrets as secrets."""
    fields = RuntimeSettings.model_fields
    values = {
        name: SecretStr(value) if fields[name].annotation is SecretStr else value
        for name, value in changed.items()
    }
    return given.model_copy(update=values)


def tell(key: str = "k", **options: Any) -> Message:
    """Owe Siti a notice."""
    message = actions.tell(owner=SITI, words=WORDS, key=key, about=ABOUT, **options)
    assert message is not None
    return message


def fresh(message: Message) -> Message:
    """The message as it is now."""
    return Message.objects.get(pk=message.pk)


def ways(message: Message) -> list[tuple[str, str, str]]:
    """Every way that was tried: channel, how it ended, why."""
    rows = message.attempts.order_by("first_at", "id")
    return list(rows.values_list("channel", "state", "fault"))


def call_back(simulator: Simulator, payload: Any, **headers: str) -> Any:
    """A signed body arrives at the town's webhook."""
    body, signed = simulator.signed(payload)
    kind = signed.pop("Content-Type")
    return Client().post(
        f"/webhooks/{simulator.name}/", body, content_type=kind, headers={**signed, **headers}
    )
