"""The decision, the letter, the shelf and the hand that takes it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from balai.audit.models import Entry
from balai.catalogue.schema import ServiceDefinition
from balai.documents import queries as documents
from balai.engines.cases import actions, queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import (
    HandoverIncomplete,
    IdentityNotProven,
    NotNow,
    NotYourStep,
    Overtaken,
    ReasonRefused,
    ShelfNumberRefused,
)
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import signing as by_turns
from balai.engines.cases.tests.factories import SELF, Town
from balai.notify.models import Message
from balai.people.tests.factories import SITI, make_officer
from balai.work import queries as work
from balai.work.enums import Box

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ink_letter_out")]
BUDI = SITI | {
    "nik": "3505101708950001",
    "name": "Budi Santoso",
    "sex": "male",
    "kk": "3505100101200009",
    "phone": "+6281234567899",
}


def issued(town: Town, run_jobs) -> Case:
    return by_turns.in_ink(town, run_jobs)


def ready(town: Town, run_jobs) -> Case:
    return actions.shelve(by=town.operator, case=issued(town, run_jobs), shelf_number="A-12")


def newcomers_ready_case(town: Town, run_jobs) -> Case:
    case = make.judge(town.operator, make.submit(town.newcomer).case)
    actions.approve(by=town.head, case=actions.forward(by=town.operator, case=case))
    run_jobs()
    return actions.shelve(by=town.operator, case=case, shelf_number="B-1")


def test_approve_asks_for_the_letter_and_waits_for_it(town: make.Town) -> None:
    case = make.decided(town)
    assert (case.state, case.decided_by_name) == (CaseState.APPROVED, "Bambang Sutejo")
    letter = documents.letter(str(case.letter_id))
    assert letter is not None
    assert (letter.title, letter.signer_name) == ("SURAT KETERANGAN USAHA", "Bambang Sutejo")
    assert letter.data.clear["business_name"] == "Warung Bu Siti"
    assert letter.data.clear["case"]["number"] == case.number
    assert work.items_of(case.as_subject()) == []


def test_approve_before_the_check_is_refused(town: make.Town) -> None:
    with pytest.raises(NotNow):
        actions.approve(by=town.head, case=make.submit(town.siti).case)


def test_approve_by_the_operator_is_refused(town: make.Town) -> None:
    with pytest.raises(NotYourStep):
        actions.approve(by=town.operator, case=make.checked(town))


def test_second_decision_names_the_first_officer(town: make.Town) -> None:
    case = make.decided(town)
    with pytest.raises(Overtaken) as refused:
        actions.approve(by=town.other_head, case=case)
    assert refused.value.status == 409
    assert refused.value.sentence.startswith("Berkas ini sudah disetujui oleh Bambang Sutejo.")
    with pytest.raises(Overtaken):
        actions.reject(by=town.other_head, case=case, reason_code="not_true")


def test_approve_after_a_rejection_names_the_first_officer(town: make.Town) -> None:
    case = actions.reject(by=town.head, case=make.checked(town), reason_code="not_true")
    with pytest.raises(Overtaken) as refused:
        actions.approve(by=town.other_head, case=case)
    assert "ditolak oleh Bambang Sutejo" in refused.value.sentence


def test_reject_ends_the_case_with_its_reason_and_tells_the_applicant(town: make.Town, run_jobs) -> None:
    case = actions.reject(
        by=town.head, case=make.checked(town), reason_code="not_resident", note="Usahanya di Garum."
    )
    assert (case.state, case.reason_code, case.is_over) == (CaseState.REJECTED, "not_resident", True)
    assert work.items_of(case.as_subject()) == []
    clock = work.clock(case.as_subject(), "service")
    assert clock is not None
    assert clock.state == "stopped"
    run_jobs()
    assert Message.objects.filter(about_id=str(case.pk)).count() == 1


@pytest.mark.parametrize("code", ["", "unreadable", "because"])
def test_reject_needs_a_reason_of_the_list(town: make.Town, code: str) -> None:
    with pytest.raises(ReasonRefused):
        actions.reject(by=town.head, case=make.checked(town), reason_code=code)


def test_published_letter_issues_the_case_and_opens_the_printing(town: make.Town, run_jobs) -> None:
    case = issued(town, run_jobs)
    assert case.state == CaseState.ISSUED
    assert [item.kind for item in work.items_of(case.as_subject())] == ["print"]
    actions.letter_published(case_id=str(case.pk), letter_id=str(case.letter_id))
    assert Entry.objects.filter(event="cases.issued", about_id=str(case.pk)).count() == 1


def test_mark_printed_is_told_once_and_leaves_the_item(town: make.Town, run_jobs) -> None:
    case = actions.mark_printed(by=town.operator, case=issued(town, run_jobs))
    case = actions.mark_printed(by=town.operator, case=case)
    assert case.printed_at is not None
    assert [event.kind for event in queries.timeline(case)].count("printed") == 1
    assert [item.kind for item in work.items_of(case.as_subject())] == ["print"]


def test_shelve_makes_it_ready_and_tells_the_applicant_once(town: make.Town, run_jobs) -> None:
    case = ready(town, run_jobs)
    assert (case.state, case.shelf_number) == (CaseState.READY, "A-12")
    run_jobs()
    run_jobs()
    (message,) = Message.objects.filter(about_id=str(case.pk))
    assert "siap diambil" in message.text.clear
    clock = work.clock(case.as_subject(), "service")
    assert clock is not None
    assert clock.state == "stopped"


def test_ready_letter_waits_for_the_citizen_and_is_nobodys_delay(town: make.Town, run_jobs) -> None:
    case = ready(town, run_jobs)
    waiting = work.inbox(town.operator, Box.WAITING)
    assert [(item.kind, item.reference) for item in waiting.items] == [("hand_over", case.number)]
    assert work.inbox(town.operator, Box.TODO).items == []


@pytest.mark.parametrize("number", ["", "   ", "\x00", "-", "A" * 21, "<b>"])
def test_shelve_refuses_what_is_no_shelf_number(town: make.Town, run_jobs, number: str) -> None:
    case = issued(town, run_jobs)
    with pytest.raises(ShelfNumberRefused):
        actions.shelve(by=town.operator, case=case, shelf_number=number)


def test_hand_over_closes_the_case_and_keeps_a_masked_proof(town: make.Town, run_jobs) -> None:
    case = actions.hand_over(by=town.operator, case=ready(town, run_jobs), taker=SELF)
    assert (case.state, case.is_over) == (CaseState.CLOSED, True)
    proof = case.handover
    assert (proof.taker_relation, proof.taker_id_kind) == ("self", "ktp")
    assert proof.taker_id_masked == "••••••••••••0001"
    assert proof.taker_name.clear == "Siti Aminah"
    assert work.items_of(case.as_subject()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"relation": "friend"},
        {"card": ""},
        {"card_number": "12"},
        {"card_number": "1234567\0abc"},
    ],
)
def test_hand_over_needs_the_whole_proof(town: make.Town, run_jobs, change: dict[str, str]) -> None:
    case = ready(town, run_jobs)
    with pytest.raises(HandoverIncomplete):
        actions.hand_over(by=town.operator, case=case, taker=replace(SELF, **change))


def test_hand_over_to_an_unproven_applicant_is_refused(town: make.Town, run_jobs) -> None:
    case = newcomers_ready_case(town, run_jobs)
    with pytest.raises(IdentityNotProven):
        actions.hand_over(by=town.operator, case=case, taker=replace(SELF, name="Budi Santoso"))
    case.refresh_from_db()
    assert case.state == CaseState.READY


def test_hand_over_after_the_proof_at_the_counter(town: make.Town, run_jobs) -> None:
    case = newcomers_ready_case(town, run_jobs)
    case = actions.prove_applicant(by=town.operator, case=case, facts=BUDI)
    taker = replace(SELF, name="Budi Santoso", card_number=BUDI["nik"])
    case = actions.hand_over(by=town.operator, case=case, taker=taker)
    assert case.state == CaseState.CLOSED
    assert [event.kind for event in queries.timeline(case)][-2:] == ["proven", "handed_over"]


def test_hand_over_by_the_head_is_refused(town: make.Town, run_jobs) -> None:
    with pytest.raises(NotYourStep):
        actions.hand_over(by=town.head, case=ready(town, run_jobs), taker=SELF)


def test_who_decides_for_the_office_above_says_no_there_too(town: make.Town) -> None:
    camat = make_officer(office_code="35.05.10", permissions=("cases.decide",))
    body = json.loads(make.service().canonical())
    for step in body["step"]:
        step["office"] = "parent" if step["act"] == "approve" else "own"
    case = actions.submit(
        by=town.siti,
        service=ServiceDefinition.model_validate(body),
        answers=make.ANSWERS,
        uploads={make.PHOTO: [make.photo(town.siti)]},
    ).case
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    assert [queries.desk(case, by).may_reject for by in (town.head, camat)] == [False, True]
    with pytest.raises(NotYourStep):
        actions.reject(by=town.head, case=case, reason_code="not_true")
    assert actions.reject(by=camat, case=case, reason_code="not_true").state == CaseState.REJECTED
