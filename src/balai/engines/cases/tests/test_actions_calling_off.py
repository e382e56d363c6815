"""A replacement that is called off leaves the old letter and the case as they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from balai.audit.models import Entry
from balai.documents import actions as documents
from balai.documents import queries as letters
from balai.documents.enums import LetterState
from balai.documents.errors import BeingSigned
from balai.documents.tests.partner import PASSPHRASE
from balai.engines.cases import actions, queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import NotNow, NotYourStep
from balai.engines.cases.models import Case, Handover, Replacement
from balai.engines.cases.tests import signing as by_turns
from balai.engines.cases.tests.factories import SELF, Town
from balai.engines.cases.tests.signing import RunJobs, letter_of
from balai.engines.cases.tests.signing import signing as signing
from balai.notify.models import Message
from balai.work import queries as work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing", "letters_out", "ink_letter_out")]
WHY = "content-wrong"
KEPT = (
    *("state", "letter_id", "closed_at", "printed_at", "shelf_number", "applicant_label"),
    *("decided_at", "decided_by_id", "decided_by_name", "delivery", "round"),
)


def issued(town: Town, run_jobs: RunJobs) -> Case:
    return by_turns.issued(town, run_jobs)


def shelved(town: Town, run_jobs: RunJobs) -> Case:
    return actions.shelve(by=town.operator, case=issued(town, run_jobs), shelf_number="A-1")


def handed_over(town: Town, run_jobs: RunJobs) -> Case:
    return actions.hand_over(by=town.operator, case=shelved(town, run_jobs), taker=SELF)


def downloaded(town: Town, run_jobs: RunJobs) -> Case:
    return by_turns.issued(town, run_jobs, delivery="download")


def in_ink(town: Town, run_jobs: RunJobs) -> Case:
    return by_turns.in_ink(town, run_jobs)


def stand(case: Case) -> dict[str, Any]:
    """Everything about the case that a replacement touches."""
    clock = work.newest_clock(case.as_subject())
    assert clock is not None
    took = Handover.objects.filter(case=case).first()
    return {
        **{name: getattr(case, name) for name in KEPT},
        "answers": case.answers.clear,
        "open": sorted(case.steps.filter(state="open").values_list("step_id", flat=True)),
        "done": sorted(case.steps.filter(state="done").values_list("step_id", "by_name", "done_at")),
        "items": [(item.kind, item.state) for item in work.items_of(case.as_subject())],
        "due": clock.due_at if clock.state != "stopped" else None,
        "took": took and (took.taker_name.clear, took.taker_id_masked, took.at, took.by_id),
    }


def ordered(town: Town, case: Case, *fields: str) -> Case:
    return actions.replace_letter(by=town.head, case=case, reason_code=WHY, fields=fields)


def called_off(town: Town, case: Case) -> Case:
    return by_turns.fresh(actions.call_off_replacement(by=town.head, case=case))


@pytest.mark.parametrize("begin", [issued, shelved, handed_over, downloaded, in_ink])
def test_case_is_what_it_was_and_goes_on(begin: Callable, town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.fresh(begin(town, run_jobs))
    old, before = letter_of(case), stand(case)
    case = ordered(town, case, "business_name")
    answers = {**case.answers.clear, "business_name": "Warung Lain"}
    case = actions.correct_answers(by=town.operator, case=case, answers=answers)
    if begin is not in_ink:
        case = actions.forward(by=town.operator, case=case)
    case = called_off(town, case)
    old.refresh_from_db()
    assert (stand(case), old.is_in_force) == (before, True)
    if case.state == CaseState.ISSUED:
        case = actions.shelve(by=town.operator, case=case, shelf_number="B-2")
    if case.state == CaseState.READY:
        case = actions.hand_over(by=town.operator, case=case, taker=SELF)
    assert case.state == CaseState.CLOSED


def test_new_letter_is_stopped_and_its_turns_with_it(town: Town, run_jobs: RunJobs) -> None:
    case = actions.forward(by=town.operator, case=ordered(town, issued(town, run_jobs)))
    case = by_turns.initialled(case, run_jobs)
    new = letter_of(case)
    called_off(town, case)
    run_jobs()
    new.refresh_from_db()
    assert (new.state, letters.open_turn(new)) == (LetterState.VOID, None)


def test_applicant_and_journal_are_told_once(town: Town, run_jobs: RunJobs) -> None:
    case = called_off(town, ordered(town, issued(town, run_jobs)))
    with pytest.raises(NotNow):
        actions.call_off_replacement(by=town.head, case=case)
    run_jobs()
    told = Message.objects.filter(about_id=str(case.pk), key__contains=":kept:")
    assert ["tidak jadi diganti dan tetap berlaku" in row.text.clear for row in told] == [True]
    assert queries.timeline(case)[-1].text == "Penggantian surat dibatalkan; surat lama tetap berlaku."
    entry = Entry.objects.get(event="cases.kept", about_id=str(case.pk))
    assert WHY in entry.data
    row = Replacement.objects.get(case=case)
    assert row.called_off_at is not None and row.called_off_at == row.done_at


def test_replacement_after_one_that_was_called_off_ends_the_old_letter(town: Town, run_jobs: RunJobs) -> None:
    case = downloaded(town, run_jobs)
    old = letter_of(case)
    case = called_off(town, ordered(town, case))
    case = actions.forward(by=town.operator, case=ordered(town, case))
    case = by_turns.signed(by_turns.initialled(case, run_jobs), town.head, run_jobs)
    old.refresh_from_db()
    assert (case.state, old.revocation_code) == (CaseState.CLOSED, "replaced")
    assert letter_of(case).pk != old.pk


def test_second_one_called_off_brings_back_what_the_first_one_made(town: Town, run_jobs: RunJobs) -> None:
    case = actions.forward(by=town.operator, case=ordered(town, issued(town, run_jobs)))
    case = by_turns.signed(by_turns.initialled(case, run_jobs), town.head, run_jobs)
    before = stand(case)
    assert stand(called_off(town, ordered(town, case))) == before


def test_letter_revoked_meanwhile_is_waited_for_by_nobody(town: Town, run_jobs: RunJobs) -> None:
    case = ordered(town, shelved(town, run_jobs))
    actions.revoke_letter(by=town.head, case=case, code=WHY)
    run_jobs()
    case = called_off(town, by_turns.fresh(case))
    clock = work.newest_clock(case.as_subject())
    assert (case.state, work.items_of(case.as_subject())) == (CaseState.CLOSED, [])
    assert clock is not None and clock.state == "stopped"
    run_jobs()
    assert Message.objects.filter(about_id=str(case.pk), key__contains=":kept:").count() == 0


def test_letter_under_the_signature_is_not_called_off(town: Town, run_jobs: RunJobs) -> None:
    case = actions.forward(by=town.operator, case=ordered(town, issued(town, run_jobs)))
    case = by_turns.initialled(case, run_jobs)
    documents.begin_batch(by=town.head, turns=[by_turns.turn_of(case)], passphrase=PASSPHRASE)
    assert by_turns.fresh(case).state == CaseState.REPLACING
    with pytest.raises(BeingSigned):
        actions.call_off_replacement(by=town.head, case=case)
    run_jobs()
    assert by_turns.fresh(case).state == CaseState.ISSUED


def test_replacement_is_called_off_by_who_may_order_it_and_only_while_it_lasts(
    town: Town, run_jobs: RunJobs
) -> None:
    case = issued(town, run_jobs)
    with pytest.raises(NotNow):
        actions.call_off_replacement(by=town.head, case=case)
    case = ordered(town, case)
    with pytest.raises(NotYourStep):
        actions.call_off_replacement(by=town.operator, case=case)


def test_refusal_of_the_new_letter_that_comes_late_changes_nothing(town: Town, run_jobs: RunJobs) -> None:
    case = actions.forward(by=town.operator, case=ordered(town, issued(town, run_jobs)))
    documents.refuse(by=by_turns.secretary(), turn=by_turns.turn_of(case), reason="Belum dibetulkan.")
    case = called_off(town, case)
    before = stand(case)
    run_jobs()
    assert stand(by_turns.fresh(case)) == before
