from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from balai import audit
from balai.audit import queries
from balai.audit.models import AppendOnly, Entry
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.runtime.errors import CitizenError
from balai.runtime.transaction import write_transaction

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SRI = Actor("officer", "019aa6f2-0000-7000-8000-00000000000a", "Sri Wahyuni")
CASE = Subject("cases.case", "019aa6f2-0000-7000-8000-000000000001")
SITI = Subject("people.citizen", "019aa6f2-0000-7000-8000-000000000002")
BUDI = Subject("people.citizen", "019aa6f2-0000-7000-8000-000000000003")


def test_record_adds_one_line(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    audit.record("cases.approved", by=SRI, about=CASE, note="lengkap", data={"round": 2, "a": None})
    line = Entry.objects.values(
        "at", "event", "by_kind", "by_id", "by_name", "about_label", "about_id", "note", "data", "batch"
    )
    assert line.get() == {
        "at": NINE,
        "event": "cases.approved",
        "by_kind": "officer",
        "by_id": SRI.id,
        "by_name": "Sri Wahyuni",
        "about_label": "cases.case",
        "about_id": CASE.id,
        "note": "lengkap",
        "data": '{"a":null,"round":2}',
        "batch": None,
    }


def test_record_of_a_failed_action_does_not_exist() -> None:
    with pytest.raises(CitizenError), write_transaction():
        audit.record("cases.approved", by=SRI, about=CASE)
        raise CitizenError("t.refused")
    assert Entry.objects.count() == 0


def test_personal_identifiers_are_taken_out() -> None:
    audit.record(
        "t.done",
        by=Actor("citizen", "1", "Siti 081234567801"),
        about=CASE,
        note="NIK 3505105708950001 salah\0",
        data={"old": "3505105708950001", "file": "019aa6f2-1111-7111-8111-111111111111"},
    )
    line = Entry.objects.get()
    assert (line.by_name, line.note) == ("Siti [telepon]", "NIK [16 angka] salah")
    assert line.facts == {"old": "[16 angka]", "file": "019aa6f2-1111-7111-8111-111111111111"}


def test_long_note_is_cut_where_the_column_ends() -> None:
    audit.record("t.done", by=SYSTEM, about=CASE, note="a" * 600)
    assert Entry.objects.get().note == "a" * 500


def test_subject_id_may_be_a_uuid() -> None:
    as_uuid: Any = UUID(CASE.id)
    audit.record("t.done", by=SYSTEM, about=Subject("cases.case", as_uuid))
    assert [line.event for line in queries.history(CASE)] == ["t.done"]


def test_history_is_of_one_thing_oldest_first_without_readings() -> None:
    audit.record("cases.submitted", by=SYSTEM, about=CASE)
    audit.record("cases.submitted", by=SYSTEM, about=Subject("cases.case", "other"))
    audit.record_reading(by=SRI, about=CASE, what="berkas", purpose="memeriksa")
    audit.record("cases.approved", by=SRI, about=CASE)
    assert [line.event for line in queries.history(CASE)] == ["cases.submitted", "cases.approved"]


def test_readings_tell_who_looked_at_what_and_why_newest_first(frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)
    audit.record("people.proven", by=SRI, about=SITI)
    audit.record_reading(
        by=SRI, about=SITI, what="nik", purpose="mencocokkan KTP", office="Kantor Desa Sawentar"
    )
    clock.move(minutes=1)
    audit.record_reading(by=SRI, about=CASE, what="berkas", purpose="memeriksa berkas")
    audit.record_reading(by=SRI, about=BUDI, what="nik", purpose="lain")
    rows = [
        (row.at, row.by_name, row.by_office, row.what, row.purpose)
        for row in queries.readings_about([SITI, CASE])
    ]
    assert rows == [
        (clock.at, "Sri Wahyuni", "", "berkas", "memeriksa berkas"),
        (NINE, "Sri Wahyuni", "Kantor Desa Sawentar", "nik", "mencocokkan KTP"),
    ]


def test_readings_of_nobody_are_none() -> None:
    audit.record_reading(by=SRI, about=SITI, what="nik", purpose="mencocokkan KTP")
    assert list(queries.readings_about([])) == []


def test_readings_page_costs_one_query(django_assert_num_queries: Callable) -> None:
    for _number in range(3):
        audit.record_reading(by=SRI, about=SITI, what="nik", purpose="mencocokkan KTP")
    with django_assert_num_queries(1):
        assert len(queries.readings_about([SITI, CASE])[:20]) == 3


def test_record_costs_one_query(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):
        audit.record("t.done", by=SYSTEM, about=CASE, data={"a": 1})


def test_line_is_neither_changed_nor_deleted() -> None:
    audit.record("t.done", by=SYSTEM, about=CASE)
    line = Entry.objects.get()
    line.note = "nothing happened"
    for forbidden in (
        line.save,
        line.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(note="x"),
        lambda: queries.history(CASE).update(note="x"),
        queries.readings_about([CASE]).delete,
    ):
        with pytest.raises(AppendOnly):
            forbidden()
    assert Entry.objects.get().note == ""
