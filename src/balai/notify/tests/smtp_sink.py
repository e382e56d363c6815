"""A real SMTP server on this machine that keeps what it is given."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Keeps what it is given; answers with `rcpt` or `data` where those are set."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.senders: list[str] = []
        self.rcpt = ""
        self.data = ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd names it so
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd names it so
        if self.data:
            return self.data
        self.senders.append(envelope.mail_from)
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sink_at(settings: Any) -> Iterator[Sink]:
    """A sink, and a town that sends its e-mail there and nothing else."""
    handler, port = Sink(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    changed = {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": "balai@blitarkab.go.id"}
    settings.BALAI = settings.BALAI.model_copy(update=changed)
    settings.NOTIFY_CHANNELS = ("email",)
    try:
        yield handler
    finally:
        controller.stop()
