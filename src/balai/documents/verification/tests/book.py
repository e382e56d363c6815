"""Letters of the tests' town in the book, published with a file of the tests' own making."""

from __future__ import annotations

import itertools
from typing import Any

from balai.documents.enums import LetterState, NumberState
from balai.documents.models import Credential, Letter, LetterSource, Number, Series, Turn
from balai.documents.tests.partner import head
from balai.documents.tests.samples import VILLAGE
from balai.files import actions as files
from balai.kernel.references import SYSTEM
from balai.people.today import local_today
from balai.runtime import clock

HOLDER = "Siti Aminah"
_count = itertools.count(1)


def publish(content: bytes, **changes: Any) -> Letter:
    """A certified letter in force whose published file is `content`."""
    number, now = next(_count), clock.now()
    source, _ = LetterSource.objects.get_or_create(hash="0" * 64, defaults={"files": {}})
    letter = Letter(
        owner_label="documents.testowner",
        owner_id="1",
        title="Surat Keterangan Usaha",
        office_code=VILLAGE,
        book="letters-out",
        pattern="{sequence}",
        office_number_code="SWT",
        source=source,
        signature="certified",
        level="b-b",
        signer_name="Bambang Sutejo",
        signer_title="Kepala Desa Sawentar",
        verification_code=f"{number:012}",
        requested_at=now,
        published_at=now,
        dated_on=local_today(),
        state=LetterState.PUBLISHED,
    )
    letter.data, letter.holder_name = {"applicant": {"name": HOLDER}}, HOLDER
    for name, value in changes.items():
        setattr(letter, name, value)
    letter.number = _number(number)
    letter.upload_id = _stored(letter, content)
    letter.save(force_insert=True)
    return letter


def sign(letter: Letter, serial: str) -> None:
    """Say that an officer with a certificate of this serial number signed the letter."""
    officer, now = head(), clock.now()
    Credential.objects.filter(officer=officer).update(serial=serial)
    Turn.objects.create(
        letter=letter,
        position=1,
        kind="sign",
        office_code=VILLAGE,
        permission="documents.sign",
        state="taken",
        officer=officer,
        taken_at=now,
    )


def _number(sequence: int) -> Number:
    now = clock.now()
    series, _ = Series.objects.get_or_create(office_code=VILLAGE, book="letters-out", year=now.year)
    return Number.objects.create(
        series=series,
        sequence=sequence,
        text=f"500.2.2.4/{sequence:03}/SWT/XI/{now.year}",
        state=NumberState.ISSUED,
        reserved_at=now,
        settled_at=now,
    )


def _stored(letter: Letter, content: bytes) -> Any:
    stored = files.store_bytes(
        by=SYSTEM, owner=letter.as_subject(), name="surat.pdf", media_type="application/pdf", content=content
    )
    files.attach(by=SYSTEM, ids=[stored.pk], to=letter.as_subject())
    return stored.pk
