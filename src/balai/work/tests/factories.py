"""Items for tests of the inbox, in any number."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from balai.kernel.uuid7 import uuid7
from balai.people.models import Officer
from balai.people.tests.factories import make_area, make_officer
from balai.work import subjects
from balai.work.enums import ItemState
from balai.work.models import WorkItem, tray_name

LABEL = "work.sample"
PERMISSIONS = ("sample.check", "sample.decide")
NAMES = ("Siti A.", "Budi S.", "Rina M.", "Agus W.", "Dewi L.", "Joko P.")


@contextmanager
def sample_subject() -> Iterator[None]:
    """A kind of subject that no engine owns, for as long as a test lasts."""
    subjects.register(LABEL, link=lambda subject_id: f"/meja/contoh/{subject_id}/", permissions=PERMISSIONS)
    try:
        yield
    finally:
        subjects.unregister(LABEL)


def make_items(
    count: int,
    *,
    offices: Sequence[str],
    now: datetime,
    state: ItemState = ItemState.OPEN,
    seed: int = 1,
    permission: str = PERMISSIONS[0],
) -> list[WorkItem]:
    """So many items spread over the offices, due from two days ago to eight days ahead."""
    dice = random.Random(seed)
    return WorkItem.objects.bulk_create(
        [_item(at, dice, offices, now, state, permission) for at in range(count)], batch_size=2000
    )


def _item(
    at: int, dice: random.Random, offices: Sequence[str], now: datetime, state: ItemState, permission: str
) -> WorkItem:
    office_code = offices[at % len(offices)]
    is_closed = state in (ItemState.DONE, ItemState.CANCELLED)
    is_paused = state == ItemState.PAUSED
    return WorkItem(
        subject_label=LABEL,
        subject_id=uuid7().hex,
        reference=f"SKU-2026-{dice.randrange(10**4):04d}-{dice.randrange(10**4):04d}",
        kind="check",
        title="Surat keterangan usaha",
        note=f"{dice.choice(NAMES)}, Desa Sawentar",
        office_code=office_code,
        permission=permission,
        tray=tray_name(office_code, permission),
        opened_at=now - timedelta(days=3),
        due_at=now + timedelta(minutes=dice.randrange(-2 * 1440, 8 * 1440)),
        state=state,
        closed_at=now - timedelta(minutes=dice.randrange(0, 3 * 1440)) if is_closed else None,
        paused_at=now if is_paused else None,
        remaining_minutes=60 if is_paused else None,
    )


def officer_of(offices: Sequence[str], permissions: Sequence[str] = PERMISSIONS) -> Officer:
    """One officer with a role of these permissions at every one of the offices."""
    make_area()
    officer = make_officer(office_code=offices[0], permissions=permissions)
    role = officer.assignments.get().role
    for code in offices[1:]:
        officer.assignments.create(role=role, office_code=code, valid_from="2020-01-01")
    return officer
