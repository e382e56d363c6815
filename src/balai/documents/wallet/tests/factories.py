"""Letters as they lie in a wallet, at any standing, without going the whole way of making them."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.test import Client, RequestFactory

from balai.documents.enums import LetterState, NumberState
from balai.documents.models import Letter, LetterSource, Number, Series
from balai.files import actions as files
from balai.kernel.references import SYSTEM
from balai.people import session
from balai.people.models import Citizen
from balai.people.tests.factories import SAWENTAR
from balai.people.today import local_today
from balai.runtime import clock

PDF = b"%PDF-1.7 a certified letter"
_count = itertools.count(1)


def make_letter(holder: Citizen, **changes: Any) -> Letter:
    """A certified letter in force, issued to the holder."""
    number, now = next(_count), clock.now()
    source, _ = LetterSource.objects.get_or_create(hash="0" * 64, defaults={"files": {}})
    letter = Letter(
        owner_label="documents.testowner",
        owner_id="1",
        title="SURAT KETERANGAN USAHA",
        office_code=SAWENTAR,
        book="letters-out",
        pattern="{sequence}",
        office_number_code="SWT",
        source=source,
        holder_label=holder.as_subject().label,
        holder_id=holder.as_subject().id,
        signature="certified",
        level="b-b",
        signer_name="Bambang Sutejo",
        signer_title="Kepala Desa Sawentar",
        verification_code=f"CODE{number:08}",
        requested_at=now,
        valid_until_on=local_today() + timedelta(days=30),
    )
    letter.data = {}
    letter.holder_name = "Siti Aminah"
    letter.state = LetterState.PUBLISHED
    for name, value in changes.items():
        setattr(letter, name, value)
    if letter.state == LetterState.PUBLISHED:
        _publish(letter, number)
    letter.save(force_insert=True)
    return letter


def _publish(letter: Letter, number: int) -> None:
    now = clock.now()
    series, _ = Series.objects.get_or_create(office_code=SAWENTAR, book="letters-out", year=now.year)
    letter.number = Number.objects.create(
        series=series,
        sequence=number,
        text=f"500.2.2.4/{number:03}/SWT/XI/{now.year}",
        state=NumberState.ISSUED,
        reserved_at=now,
        settled_at=now,
    )
    letter.dated_on, letter.published_at = local_today(), now
    stored = files.store_bytes(
        by=SYSTEM, owner=letter.as_subject(), name="surat.pdf", media_type="application/pdf", content=PDF
    )
    files.attach(by=SYSTEM, ids=[stored.pk], to=letter.as_subject())
    letter.upload_id = stored.pk


def signed_in(citizen: Citizen) -> Client:
    """A browser in which this citizen is signed in."""
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    session.sign_in_citizen(request, citizen)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client
