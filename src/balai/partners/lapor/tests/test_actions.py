"""The life of a hand-over, over real SMTP: once, again after a failure, answered, taken back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from balai.audit.models import Entry
from balai.files import actions as files
from balai.kernel.references import SYSTEM
from balai.notify.tests.smtp_sink import sink_at
from balai.partners.lapor import actions, mailing, queries, tasks
from balai.partners.lapor.errors import AlreadyHandedOver, CannotMove, PackageRefused, TrackingNumberNeeded
from balai.partners.lapor.models import HandOver, OutsideAnswer
from balai.partners.lapor.tests.factories import (
    ADMIN,
    PACKAGE,
    REPORT,
    RINA,
    by_mail,
    evidence,
    given,
    hearing,
)
from balai.runtime import clock
from balai.runtime.jobs import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    with sink_at(settings) as handler:
        by_mail(settings)
        yield handler


@pytest.fixture
def heard():
    with hearing() as news:
        yield news


def fresh(row: HandOver) -> HandOver:
    return HandOver.objects.get(pk=row.pk)


def answered(
    row: HandOver, number: str = "7654321", state: str = "verified", text: str = ""
) -> OutsideAnswer:
    return actions.record_answer(by=RINA, hand_over=row, tracking_number=number, state=state, text=text)


def test_mail_holds_the_report_in_three_forms_and_its_photos(sink, heard, run_jobs) -> None:
    photo = evidence()
    row = given(attachments=(photo.pk,))
    run_jobs()
    [mail] = sink.received
    assert (mail["To"], mail["Message-ID"]) == (ADMIN, f"<lapor.serah.{row.pk}@blitarkab.go.id>")
    assert mail["Subject"] == f"[{row.reference}] Penyerahan laporan SMB-2026-0041"
    names = [part.get_filename().removeprefix(f"{row.reference}-") for part in mail.iter_attachments()]
    assert names == ["laporan.json", "laporan.csv", "lampiran-1.jpg"]
    whole = next(part for part in mail.iter_attachments() if part.get_content_type() == "application/json")
    assert json.loads(whole.get_content())["judul"] == PACKAGE.title
    assert PACKAGE.text.splitlines()[0] in mail.get_body(("plain",)).get_content()
    assert (fresh(row).state, fresh(row).tries) == ("sent", 1)
    assert [(each.event, each.about, each.reference) for each in heard] == [("sent", REPORT, row.reference)]


def test_handed_over_again_it_is_the_same_and_goes_out_once(sink, run_jobs) -> None:
    first = given()
    run_jobs()
    assert given() == first
    tasks.deliver(str(first.pk))
    run_jobs()
    assert (len(sink.received), HandOver.objects.count()) == (1, 1)
    with pytest.raises(AlreadyHandedOver) as refused:
        given(text="Lain.")
    assert first.reference in refused.value.sentence


def test_other_side_that_is_down_is_tried_again_until_it_takes_it(sink, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    sink.rcpt = "451 4.3.0 later"
    row = given()
    for _try in range(3):
        run_due()
        moving.move(hours=1)
    assert (fresh(row).state, fresh(row).fault, fresh(row).tries) == ("waiting", "smtp.recipient_451", 3)
    sink.rcpt = ""
    run_due()
    assert (fresh(row).state, fresh(row).fault, len(sink.received)) == ("sent", "", 1)


def test_what_every_attempt_failed_stops_for_an_officer_who_starts_it_anew(sink, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    sink.data = "450 4.2.0 later"
    row = given()
    for _try in range(21):
        run_due()
        moving.move(hours=2)
    run_due()
    assert (fresh(row).fault, fresh(row).tries, fresh(row).stopped_at is not None) == (
        "lapor.gave_up",
        20,
        True,
    )
    assert queries.counts()["stopped"] == 1
    sink.data = ""
    actions.try_again(by=RINA, hand_over=row)
    run_due()
    assert (fresh(row).state, len(sink.received)) == ("sent", 1)
    with pytest.raises(CannotMove):
        actions.try_again(by=RINA, hand_over=row)


def test_address_that_is_refused_stops_at_once(sink, run_jobs) -> None:
    sink.rcpt = "550 5.1.1 no such user"
    row = given()
    run_jobs()
    assert (fresh(row).fault, fresh(row).stopped_at is not None) == ("smtp.recipient_550", True)


def test_evidence_too_large_for_a_mail_is_carried_by_hand(sink, run_jobs, monkeypatch) -> None:
    monkeypatch.setattr(mailing, "LARGEST_EVIDENCE", 10)
    row = given(attachments=(evidence().pk,))
    run_jobs()
    assert (fresh(row).fault, sink.received) == ("lapor.too_large", [])
    actions.carry_by_hand(by=RINA, hand_over=row)
    assert list(queries.waiting_for_hands()) == [row]
    assert actions.note_entered(by=RINA, hand_over=row) is True
    assert actions.note_entered(by=RINA, hand_over=row) is False
    assert (fresh(row).state, fresh(row).way) == ("sent", "bundle")


def test_end_between_the_servers_yes_and_our_note_repeats_the_same_mail(sink, run_jobs) -> None:
    row = given()
    actions.note_try(hand_over=row)
    mailing.send(row)
    run_jobs()
    assert len({mail["Message-ID"] for mail in sink.received}) == 1
    assert (len(sink.received), fresh(row).state) == (2, "sent")


def test_answers_are_kept_told_and_change_the_state(heard, run_jobs) -> None:
    row = given()
    first = answered(row)
    assert answered(row) == first
    answered(row, "", "done", "Lubang sudah ditambal.")
    run_jobs()
    assert (fresh(row).state, fresh(row).tracking_number, fresh(row).outside_state) == (
        "acknowledged",
        "7654321",
        "done",
    )
    assert [(each.outside_state, each.tracking_number, each.text) for each in heard] == [
        ("verified", "7654321", ""),
        ("done", "7654321", "Lubang sudah ditambal."),
    ]
    assert OutsideAnswer.objects.filter(told_at=None).count() == 0


@pytest.mark.parametrize("state", ["not_theirs", "rejected", "archived"])
def test_what_lapor_refuses_may_be_handed_over_again_and_the_old_one_stays_closed(heard, state: str) -> None:
    row = given()
    answered(row, "", state, "Bukan wewenang kami.")
    assert fresh(row).state == "refused"
    again = given()
    assert again != row
    with pytest.raises(CannotMove):
        answered(row)
    actions.withdraw(by=RINA, hand_over=again)
    answered(row)
    assert fresh(row).state == "acknowledged"


@pytest.mark.parametrize("number", ["", "x" * 41, "12 34", "<b>"])
def test_number_is_needed_and_must_be_one(number: str) -> None:
    with pytest.raises(TrackingNumberNeeded):
        answered(given(), number)


def test_what_may_have_arrived_is_taken_back_by_mail_and_the_rest_in_silence(sink, run_jobs) -> None:
    waiting = given()
    actions.withdraw(by=RINA, hand_over=waiting, reason="Salah instansi")
    actions.withdraw(by=RINA, hand_over=waiting)
    run_jobs()
    assert sink.received == []
    row = given(replace(REPORT, id="42"))
    run_jobs()
    actions.withdraw(by=RINA, hand_over=row, reason="Sudah diperbaiki")
    run_jobs()
    tasks.deliver_withdrawal(str(row.pk))
    named = [str(mail["In-Reply-To"] or "").strip() for mail in sink.received]
    assert named == ["", f"<lapor.serah.{row.pk}@blitarkab.go.id>"]
    assert fresh(row).withdrawal_told_at is not None
    with pytest.raises(CannotMove):
        answered(row)


def test_what_may_have_arrived_is_taken_back_by_mail_though_it_was_carried_then(sink, run_jobs) -> None:
    row = given()
    actions.note_try(hand_over=row)
    actions.carry_by_hand(by=RINA, hand_over=row)
    actions.withdraw(by=RINA, hand_over=row)
    run_jobs()
    assert ["Penarikan" in mail["Subject"] for mail in sink.received] == [True]


def test_what_is_taken_back_while_it_goes_out_is_told_so(sink, run_jobs) -> None:
    row = given()
    actions.note_try(hand_over=row)
    actions.withdraw(by=RINA, hand_over=row)
    mailing.send(row)
    actions.note_sent(hand_over=row)
    run_jobs()
    assert [mail["Subject"].split("] ")[1].split()[0] for mail in sink.received] == [
        "Penyerahan",
        "Penarikan",
    ]


def test_nobody_hearing_is_no_failure(run_jobs) -> None:
    answered(given())
    run_jobs()
    assert OutsideAnswer.objects.filter(told_at=None).count() == 0


def test_files_that_are_gone_refuse_the_package_or_are_counted_later() -> None:
    photo = evidence()
    row = given(attachments=(photo.pk,))
    files.discard(by=SYSTEM, ids=[photo.pk])
    assert mailing.Evidence.of(row.content).withheld == 1
    with pytest.raises(PackageRefused):
        given(replace(REPORT, id="43"), attachments=(photo.pk,))


def test_rows_and_journal_hold_nothing_of_the_report() -> None:
    row = given(title="Kepala desa menerima uang", is_secret=True)
    answered(row, text="Kami panggil kepala desa.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM lapor_handover")
        stored = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM lapor_outsideanswer")
        stored += repr(cursor.fetchall())
    stored += repr(list(Entry.objects.values()))
    assert "kepala desa" not in stored.lower()
    events = list(Entry.objects.order_by("id").values_list("event", flat=True))
    assert events == ["lapor.handed_over", "lapor.answered"]


def test_queries_know_what_was_handed_over_and_what_waits() -> None:
    first, other = given(), given(replace(REPORT, id="42"))
    assert list(queries.waiting()) == [first, other]
    actions.withdraw(by=RINA, hand_over=first)
    again = given()
    assert (queries.hand_overs_of(REPORT), queries.by_reference(other.reference)) == ([again, first], other)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "sent", "sent_at": None},
        {"state": "acknowledged", "sent_at": "2026-01-01T00:00Z"},
        {"state": "withdrawn"},
        {"state": "lost"},
        {"withdrawn_at": "2026-01-01T00:00Z"},
        {"state": "refused", "stopped_at": "2026-01-01T00:00Z"},
    ],
)
def test_database_refuses_nonsense(nonsense: dict[str, object]) -> None:
    row = given()
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=row.pk).update(**nonsense)
