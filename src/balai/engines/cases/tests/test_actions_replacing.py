"""A letter that is out proves wrong: revoked, or replaced by a better one from the same application."""

from __future__ import annotations

import json
from typing import Any

import pytest

from balai.audit.models import Entry
from balai.catalogue.schema import ServiceDefinition
from balai.documents import actions as letters
from balai.documents import queries as documents
from balai.documents.errors import RevocationUnexplained
from balai.engines.cases import actions, queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import (
    CorrectionAsksMore,
    LetterNotInForce,
    NothingToCorrect,
    NotNow,
    NotYourStep,
    ReplacementRefused,
)
from balai.engines.cases.models import Case, Handover, Replacement
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import signing as by_turns
from balai.engines.cases.tests.factories import SELF, Town
from balai.engines.cases.tests.signing import RunJobs, letter_of
from balai.engines.cases.tests.signing import signing as signing
from balai.notify.models import Message
from balai.runtime.models import Job
from balai.work import queries as work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing", "letters_out")]
WHY = "content-wrong"


def texts(case: Case) -> list[str]:
    """What the applicant was told, oldest first."""
    return [
        row.text.clear for row in Message.objects.filter(about_id=str(case.pk)).order_by("created_at", "id")
    ]


def ordered(town: Town, case: Case, *fields: str) -> Case:
    return actions.replace_letter(by=town.head, case=case, reason_code=WHY, fields=fields)


def corrected(town: Town, case: Case, **changes: Any) -> Case:
    return actions.correct_answers(by=town.operator, case=case, answers={**case.answers.clear, **changes})


def delivered_anew(town: Town, case: Case, run_jobs: RunJobs) -> Case:
    """Checked, initialled and signed once more."""
    case = actions.forward(by=town.operator, case=case)
    return by_turns.signed(by_turns.initialled(case, run_jobs), town.head, run_jobs)


def test_revoked_letter_is_told_once_and_leaves_the_house_no_more(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    actions.revoke_letter(by=town.head, case=case, code=WHY, note="Salah ketik.")
    with pytest.raises(LetterNotInForce):
        actions.shelve(by=town.operator, case=case, shelf_number="A-1")
    run_jobs()
    actions.letter_revoked(case_id=str(case.pk), letter_id=str(case.letter_id))
    run_jobs()
    case = by_turns.fresh(case)
    told = [event.text for event in queries.timeline(case)]
    assert told.count("Surat dicabut: Isi surat keliru.") == 1
    assert [("dicabut" in text) for text in texts(case)] == [True]


@pytest.mark.parametrize("is_shelved", [False, True])
def test_revoked_letter_is_waited_for_by_nobody(is_shelved: bool, town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    if is_shelved:
        actions.shelve(by=town.operator, case=case, shelf_number="A-1")
    actions.revoke_letter(by=town.head, case=case, code=WHY)
    run_jobs()
    case, clock = by_turns.fresh(case), work.newest_clock(case.as_subject())
    assert (case.state, case.closed_at is not None) == (CaseState.CLOSED, True)
    assert work.items_of(case.as_subject()) == []
    assert clock is not None and clock.state == "stopped"
    assert delivered_anew(town, ordered(town, case), run_jobs).state == CaseState.ISSUED


def revoked_unheard(town: Town, case: Case) -> None:
    """The letter is revoked, and the news of it still on its way."""
    before = set(Job.objects.values_list("pk", flat=True))
    actions.revoke_letter(by=town.head, case=case, code=WHY)
    Job.objects.exclude(pk__in=before).delete()


def test_late_news_of_the_old_letter_leaves_the_new_one_on_its_way(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    old = case.letter_id
    revoked_unheard(town, case)
    case = delivered_anew(town, ordered(town, case), run_jobs)
    actions.letter_revoked(case_id=str(case.pk), letter_id=str(old))
    run_jobs()
    assert (by_turns.fresh(case).state, len(work.items_of(case.as_subject()))) == (CaseState.ISSUED, 1)
    assert [text for text in texts(case) if "dicabut" in text] == []


def test_old_letter_revoked_while_it_is_replaced_is_told(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    old = case.letter_id
    revoked_unheard(town, case)
    case = actions.forward(by=town.operator, case=ordered(town, case))
    assert case.letter_id != old
    actions.letter_revoked(case_id=str(case.pk), letter_id=str(old))
    run_jobs()
    assert len([text for text in texts(case) if "dicabut" in text]) == 1


def test_revocation_needs_a_reason_of_the_list(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    with pytest.raises(RevocationUnexplained):
        actions.revoke_letter(by=town.head, case=case, code="replaced")


def test_replacement_goes_the_whole_way_again_and_ends_the_old_letter(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    old = letter_of(case)
    case = ordered(town, case, "business_name")
    assert (case.state, case.closed_at) == (CaseState.REPLACING, None)
    assert [item.kind for item in work.items_of(case.as_subject())] == ["check"]
    case = corrected(town, case, business_name="Warung Bu Siti Aminah")
    case = delivered_anew(town, case, run_jobs)
    new = letter_of(case)
    old.refresh_from_db()
    assert (case.state, old.revocation_code, new.replaces_id) == (CaseState.CLOSED, "replaced", old.pk)
    assert new.data.clear["business_name"] == "Warung Bu Siti Aminah"
    kinds = [event.kind for event in queries.timeline(case)]
    assert kinds[5:9] == ["replacing", "corrected", "checked", "initialled"]
    assert set(kinds[9:]) == {"approved", "issued", "revoked"}
    assert [
        f"/saya/surat/{letter.pk}/" in text for letter, text in zip((old, new), texts(case)[::2], strict=True)
    ] == [
        True,
        True,
    ]
    assert Replacement.objects.get(case=case).done_at is not None


def test_old_letter_holds_until_the_new_one_is_published(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    old = letter_of(case)
    actions.forward(by=town.operator, case=ordered(town, case))
    old.refresh_from_db()
    assert old.is_in_force


def test_replacement_has_its_own_lawful_time(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    first = work.newest_clock(case.as_subject())
    case = ordered(town, case)
    second = work.newest_clock(case.as_subject())
    assert first is not None and second is not None
    assert (first.state, second.state, second.name) == ("stopped", "running", "replacement-1")
    (item,) = work.items_of(case.as_subject())
    assert item.due_at == second.due_at


def test_refused_replacement_leaves_the_old_letter_the_cases(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    old = letter_of(case)
    case = actions.forward(by=town.operator, case=ordered(town, case))
    letters.refuse(by=by_turns.secretary(), turn=by_turns.turn_of(case), reason="Belum dibetulkan.")
    run_jobs()
    case = by_turns.fresh(case)
    assert (case.state, case.letter_id) == (CaseState.REPLACING, old.pk)
    case = delivered_anew(town, case, run_jobs)
    assert case.state == CaseState.CLOSED


def test_replacement_of_what_was_handed_over_keeps_both_proofs(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    case = actions.shelve(by=town.operator, case=case, shelf_number="A-1")
    case = actions.hand_over(by=town.operator, case=case, taker=SELF)
    case = delivered_anew(town, ordered(town, case), run_jobs)
    case = actions.shelve(by=town.operator, case=case, shelf_number="B-2")
    case = actions.hand_over(by=town.operator, case=case, taker=SELF)
    kept = Replacement.objects.get(case=case).earlier_handover
    assert (kept.clear["taker_name"], Handover.objects.filter(case=case).count()) == ("Siti Aminah", 1)


def test_letter_in_ink_is_replaced_by_another_in_ink(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.in_ink(town, run_jobs)
    old = letter_of(case)
    case = ordered(town, case, "business_name")
    case = corrected(town, case, business_name="Warung Baru")
    case = actions.approve(by=town.other_head, case=actions.forward(by=town.operator, case=case))
    run_jobs()
    case = by_turns.fresh(case)
    old.refresh_from_db()
    assert (case.state, case.decided_by_name, old.revocation_code) == (
        CaseState.ISSUED,
        "Agus Salim",
        "replaced",
    )


def test_revoked_letter_is_replaced_by_one_that_takes_no_place(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    actions.revoke_letter(by=town.head, case=case, code=WHY)
    run_jobs()
    case = delivered_anew(town, ordered(town, by_turns.fresh(case)), run_jobs)
    letter = documents.letter(str(case.letter_id))
    assert letter is not None
    assert (case.state, letter.replaces_id) == (CaseState.CLOSED, None)


def test_only_named_answers_are_corrected_and_never_whose_letter_it_is(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    for name in ("nik", "area", "shoe_size"):
        with pytest.raises(ReplacementRefused):
            ordered(town, case, name)
    case = ordered(town, case, "business_name")
    with pytest.raises(NothingToCorrect):
        corrected(town, case, purpose="Hal lain sama sekali")
    with pytest.raises(NotYourStep):
        actions.correct_answers(by=town.other_head, case=case, answers=case.answers.clear)


def asking_makers_of_food() -> ServiceDefinition:
    """The letter in ink, which asks for one paper more of whoever sells food."""
    body = json.loads(make.service().canonical())
    paper = {**body["requirement"][0], "id": "kitchen_photo", "title": "Foto dapur"}
    body["requirement"].append({**paper, "when": [{"field": "business_kind", "is": "food"}]})
    return ServiceDefinition.model_validate(body)


def test_correction_that_asks_for_a_paper_nobody_has_is_refused(town: Town, run_jobs: RunJobs) -> None:
    case = make.submit(town.siti, service=asking_makers_of_food()).case
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    actions.approve(by=town.head, case=case)
    run_jobs()
    case = ordered(town, by_turns.fresh(case), "business_kind")
    with pytest.raises(CorrectionAsksMore) as refused:
        corrected(town, case, business_kind="food")
    assert "Foto dapur" in refused.value.sentence
    case = corrected(town, by_turns.fresh(case), business_kind="craft")
    assert actions.forward(by=town.operator, case=case).state == CaseState.REPLACING


def test_correction_is_journalled_with_its_reason_and_without_the_values(
    town: Town, run_jobs: RunJobs
) -> None:
    case = ordered(town, by_turns.issued(town, run_jobs, delivery="download"), "business_name")
    corrected(town, case, business_name="Rahasia Dagang")
    entry = Entry.objects.get(event="cases.corrected", about_id=str(case.pk))
    assert "Rahasia" not in entry.data
    assert (WHY in entry.data, "business_name" in entry.data) == (True, True)


def test_replacement_is_ordered_by_who_may_revoke_and_only_for_a_letter_that_is_out(
    town: Town, run_jobs: RunJobs
) -> None:
    with pytest.raises(NotNow):
        ordered(town, by_turns.forwarded(town))
    case = by_turns.issued(town, run_jobs)
    with pytest.raises(NotYourStep):
        actions.replace_letter(by=town.operator, case=case, reason_code=WHY)
    with pytest.raises(ReplacementRefused):
        actions.replace_letter(by=town.head, case=case, reason_code="replaced")
