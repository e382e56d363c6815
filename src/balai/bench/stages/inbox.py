"""An officer's inbox with any number of open items, her session, and how many statements its page takes."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.bench.stages import sessions
from balai.bench.stages.sending import client_of
from balai.kernel.uuid7 import uuid7
from balai.people.models import Officer
from balai.runtime import clock
from balai.work.models import WorkItem, tray_name

PERMISSION = "cases.check"
SUBJECT_LABEL = "cases.case"
PATH = "/meja/"
BATCH = 2000
NAMES = ("Siti A.", "Budi S.", "Rina M.", "Agus W.", "Dewi L.", "Joko P.")


def inbox(few: int, many: int) -> dict[str, Any]:
    """Statements of the page with `few` open items, then with `many`; all lie in the officer's own office."""
    officer, office_code = _officer()
    session = sessions.of_officer(officer)
    WorkItem.objects.all().delete()
    _fill(few, office_code)
    statements_few = _statements(session)
    _fill(many - few, office_code)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE work_workitem")
    return {
        "path": PATH,
        "session": session,
        "few": few,
        "many": WorkItem.objects.filter(state="open").count(),
        "statements_few": statements_few,
        "statements_many": _statements(session),
    }


def _officer() -> tuple[Officer, str]:
    """The first officer who checks applications, and her office."""
    for officer in Officer.objects.select_related("account").order_by("pk"):
        if codes := sorted(officer.office_codes(PERMISSION)):
            return officer, codes[0]
    raise LookupError(f"nobody in this town has {PERMISSION}")


def _fill(count: int, office_code: str) -> None:
    dice = random.Random(count)  # noqa: S311 - the same items at every run
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        WorkItem.objects.bulk_create([_item(dice, office_code) for _ in range(size)])


def _item(dice: random.Random, office_code: str) -> WorkItem:
    """Filed three days ago; due between two days ago and eight days ahead."""
    now = clock.now()
    return WorkItem(
        subject_label=SUBJECT_LABEL,
        subject_id=str(uuid7()),
        reference=f"SKU-2026-{dice.randrange(10**4):04d}-{dice.randrange(10**4):04d}",
        kind="check",
        title="Surat keterangan usaha",
        stage="Pemeriksaan berkas",
        note=f"{dice.choice(NAMES)}, Desa Sawentar",
        office_code=office_code,
        permission=PERMISSION,
        tray=tray_name(office_code, PERMISSION),
        opened_at=now - timedelta(days=3),
        due_at=now + timedelta(minutes=dice.randrange(-2 * 1440, 8 * 1440)),
    )


def _statements(session: str) -> int:
    """How many statements one opening of the page takes, once caches are warm."""
    client = client_of(session)
    client.get(PATH)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(PATH)
    if answer.status_code != 200:
        raise LookupError(f"the inbox answers {answer.status_code}")
    return len(captured)
