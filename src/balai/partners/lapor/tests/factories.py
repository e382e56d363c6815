"""Reports to hand over, and a town that hands them over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from balai.files import actions as files
from balai.files.models import Upload
from balai.files.tests import samples
from balai.kernel.references import Actor, Subject
from balai.partners import receivers
from balai.partners.lapor import actions
from balai.partners.lapor.models import HandOver
from balai.partners.lapor.package import LaporPackage
from balai.partners.receivers import News, Receiver

RINA = Actor("officer", "7", "Rina Marlina")
REPORT = Subject("pothole.report", "41")
ADMIN = "admin.koordinator@contoh.go.id"
PACKAGE = LaporPackage(
    title="Jalan provinsi berlubang",
    text="Lubang sedalam 20 cm di depan pasar.\nSudah dua orang jatuh.",
    target_agency="Dinas PU Bina Marga Provinsi",
    our_reference="SMB-2026-0041",
    category="Jalan dan jembatan",
    event_on=date(2026, 11, 20),
    place="Jl. Raya Kanigoro, depan pasar",
)


def given(subject: Subject = REPORT, **changes: Any) -> HandOver:
    """A hand-over as an engine asks for it."""
    return actions.hand_over(by=RINA, subject=subject, package=replace(PACKAGE, **changes))


def evidence(content: bytes | None = None, name: str = "Siti Aminah.jpg") -> Upload:
    """A file that belongs to the report."""
    sent = samples.sent(samples.jpeg() if content is None else content, name)
    upload = files.store(by=RINA, owner=REPORT, file=sent, allow="document")
    files.attach(by=RINA, ids=[upload.pk], to=REPORT)
    return upload


@contextmanager
def hearing() -> Iterator[list[News]]:
    """An engine that hears of its reports."""
    heard: list[News] = []
    receivers.register(REPORT.label, Receiver(heard.append, lambda key: f"/meja/lubang/{key}/"))
    try:
        yield heard
    finally:
        receivers.unregister(REPORT.label)


def by_mail(settings: Any) -> None:
    """The town hands over by mail."""
    settings.BALAI = settings.BALAI.model_copy(update={"lapor_way": "mail", "lapor_mail_to": ADMIN})
