"""Alarm on silence: an app that is down gets no complaints, and nobody complains of that (reference §5.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from balai import audit
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries import silence as queries
from balai.engines.reports.rules import access
from balai.kernel.references import SYSTEM
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import write_transaction
from balai.work import actions as work
from balai.work import queries as items

if TYPE_CHECKING:
    from balai.people.models import Officer

LOOK = "silence"


@write_transaction
def look_for_silence(*, at: datetime | None = None) -> bool:
    """Lay it into the reception's tray when no report came by the town's own doors for too long.

    Told once for each silence, and taken back by itself when reports come again. Whether it was told now.
    Run by the worker; one that runs beside it finds the item laid.
    """
    at = at or clock.now()
    town = definitions.current().town
    last, before = queries.last_of_own_doors()
    if town is None or last is None:
        return False
    if at - last.filed_at < timedelta(days=town.silence_days):
        if before is not None:
            work.cancel_items(by=SYSTEM, subject=queries.silence_after(before), outcome="over", at=at)
        return False
    subject = queries.silence_after(last)
    if items.was_laid(subject, LOOK):
        return False
    days = (at - last.filed_at).days
    work.open_item(
        by=SYSTEM,
        subject=subject,
        kind=LOOK,
        title=_("Tidak ada laporan warga selama %(n)s hari") % {"n": days},
        note=_("Periksa halaman, nomor pesan, dan surat masuk"),
        office_code=town.reception,
        permission=access.TRIAGE,
        due_at=region.working_calendar(town.reception).add_days(at, 1),
        stage=_("Laporan warga"),
        at=at,
    )
    audit.record("reports.silent", by=SYSTEM, about=subject, data={"days": days})
    return True


@write_transaction
def note_silence_checked(*, by: Officer, note: str) -> None:
    """The reception has looked at every door; what it found stays in the journal. Once."""
    access.require_reception(by, definitions.current().here.reception)
    last, _before = queries.last_of_own_doors()
    if last is None:
        return
    subject = queries.silence_after(last)
    if items.items_of(subject):
        work.close_item(by=by.as_actor(), subject=subject, kind=LOOK, outcome="checked", at=clock.now())
        audit.record("reports.silence_checked", by=by.as_actor(), about=subject, note=note)
