"""A certified letter: the case asks for it, hears who initialled, refused and signed, and goes on."""

from __future__ import annotations

import json

import pytest

from balai.catalogue.schema import ServiceDefinition
from balai.documents import actions as documents
from balai.documents.errors import BeingSigned
from balai.documents.tests.partner import partner
from balai.engines.cases import actions, queries
from balai.engines.cases.engine import CaseEngine
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import DeliveryRefused, DownloadNeedsProof, NotNow
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import signing as by_turns
from balai.engines.cases.tests.factories import Town
from balai.engines.cases.tests.signing import RunJobs, letter_of, turn_of
from balai.engines.cases.tests.signing import signing as signing
from balai.notify.models import Message
from balai.threads import queries as notes
from balai.threads.enums import Audience
from balai.work import queries as work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing")]
NOTE = "Nama usahanya tertulis dua kali."


def acts(case: Case) -> list[tuple[str, str]]:
    """Each step with where it stands."""
    return [(line.act, line.state) for line in queries.progress(case)]


def items(case: Case) -> list[str]:
    return [item.kind for item in work.items_of(case.as_subject())]


def kinds(case: Case) -> list[str]:
    return [event.kind for event in queries.timeline(case)]


def test_forward_asks_for_the_letter_with_a_turn_for_each_step(town: Town) -> None:
    case = by_turns.forwarded(town)
    letter = letter_of(case)
    assert (case.state, letter.state, letter.number, letter.signature) == (
        CaseState.SUBMITTED,
        "requested",
        None,
        "certified",
    )
    assert [turn.kind for turn in letter.turns.order_by("position")] == ["initial", "sign"]
    assert (letter.holder_id, str(letter.holder_name.clear)) == (str(town.siti.pk), "Siti Aminah")
    assert items(case) == ["initial"]


def test_initial_finishes_the_step_by_that_officer_and_opens_the_signature(
    town: Town, run_jobs: RunJobs
) -> None:
    case = by_turns.initialled(by_turns.forwarded(town), run_jobs)
    step = case.steps.get(step_id="initial")
    assert (step.state, step.by_name, items(case)) == ("done", "Hendra Gunawan", ["sign"])


def test_signature_is_the_decision_and_printing_begins(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.issued(town, run_jobs)
    assert (case.state, case.decided_by_name, items(case)) == (CaseState.ISSUED, "Bambang Sutejo", ["print"])
    assert kinds(case) == ["submitted", "checked", "initialled", "approved", "issued"]
    assert letter_of(case).signer_name == "Bambang Sutejo"


def test_print_of_a_certified_letter_waits_for_no_pen(town: Town, run_jobs: RunJobs) -> None:
    case = actions.mark_printed(by=town.operator, case=by_turns.issued(town, run_jobs))
    assert [event.text for event in queries.timeline(case)][-1] == "Surat dicetak."


def test_downloaded_letter_closes_the_case_and_the_applicant_is_told_where_it_lies(
    town: Town, run_jobs: RunJobs
) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    assert (case.state, case.is_over, items(case)) == (CaseState.CLOSED, True, [])
    assert [act for act, _ in acts(case)] == ["check", "initial", "sign"]
    (message,) = Message.objects.filter(about_id=str(case.pk))
    assert f"/saya/surat/{case.letter_id}/" in message.text.clear


def test_news_count_once_and_in_any_order(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.forwarded(town)
    documents.initial(by=by_turns.secretary(), turn=turn_of(case))
    letter = str(case.letter_id)
    done = by_turns.signed(case, town.head, run_jobs)
    for _ in range(2):
        actions.letter_initialled(case_id=str(case.pk), letter_id=letter)
        actions.letter_published(case_id=str(case.pk), letter_id=letter)
    assert kinds(by_turns.fresh(done)) == ["submitted", "checked", "initialled", "approved", "issued"]


def test_publication_brings_in_an_initial_that_was_not_told(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.forwarded(town)
    documents.initial(by=by_turns.secretary(), turn=turn_of(case))
    actions.letter_initialled(case_id=str(case.pk), letter_id="00000000-0000-7000-8000-000000000000")
    assert items(case) == ["initial"]
    case = by_turns.signed(case, town.head, run_jobs)
    assert acts(case)[:3] == [("check", "done"), ("initial", "done"), ("sign", "done")]


def test_refusal_brings_the_case_back_to_the_operator_with_the_note(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.forwarded(town)
    before = work.newest_clock(case.as_subject())
    documents.refuse(by=by_turns.secretary(), turn=turn_of(case), reason=NOTE)
    run_jobs()
    case = by_turns.fresh(case)
    assert (case.state, case.letter_id, items(case)) == (CaseState.SUBMITTED, None, ["check"])
    (note,) = notes.notes(case.as_subject(), Audience.INTERNAL)
    assert (note.text.clear, notes.notes(case.as_subject(), Audience.CITIZEN)) == (NOTE, [])
    after = work.newest_clock(case.as_subject())
    assert before is not None and after is not None
    assert (after.state, after.due_at) == ("running", before.due_at)
    again = actions.forward(by=town.operator, case=case)
    assert items(again) == ["initial"]
    assert letter_of(again).state == "requested"


def test_what_ends_or_returns_the_case_withdraws_its_letter(town: Town) -> None:
    letters = []
    rejected = by_turns.forwarded(town)
    letters.append(letter_of(rejected))
    actions.reject(by=town.head, case=rejected, reason_code="not_true")
    withdrawn = by_turns.forwarded(town)
    letters.append(letter_of(withdrawn))
    actions.withdraw(by=town.siti, case=withdrawn)
    for letter in letters:
        letter.refresh_from_db()
    assert [letter.state for letter in letters] == ["void", "void"]


def test_head_returns_what_waits_for_her_and_the_repair_starts_over(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.initialled(by_turns.forwarded(town), run_jobs)
    letter = letter_of(case)
    make.judge(town.head, case, make.PURPOSE_TARGET)
    case = actions.return_for_repair(by=town.head, case=case)
    letter.refresh_from_db()
    assert (letter.state, case.letter_id) == ("void", None)
    answers = {**case.answers.clear, "purpose": "Mengajukan KUR di Bank Jatim"}
    case = actions.repair(by=town.siti, case=case, answers=answers)
    assert items(case) == ["check"]


def test_nothing_takes_the_letter_away_while_it_is_being_signed(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.initialled(by_turns.forwarded(town), run_jobs)
    refused: list[str] = []

    def meanwhile(reason: str, pdf: bytes) -> None:
        with pytest.raises(BeingSigned) as caught:
            actions.withdraw(by=town.siti, case=case)
        refused.append(caught.value.sentence)

    partner().when_asked = meanwhile
    try:
        done = by_turns.signed(case, town.head, run_jobs)
    finally:
        partner().when_asked = lambda reason, pdf: None
    assert (len(refused), done.state) == (1, CaseState.ISSUED)


def test_letter_signed_in_ink_after_all_has_to_be_fetched(town: Town, run_jobs: RunJobs) -> None:
    case = by_turns.initialled(by_turns.forwarded(town, delivery="download"), run_jobs)
    documents.sign_in_ink(by=town.head, turn=turn_of(case))
    run_jobs()
    case = by_turns.fresh(case)
    assert (case.state, case.delivery, items(case)) == (CaseState.ISSUED, "pickup", ["print"])


def test_turn_is_taken_at_the_letter_and_not_at_the_case(town: Town) -> None:
    case = by_turns.forwarded(town)
    with pytest.raises(NotNow):
        actions.approve(by=town.head, case=case)


@pytest.mark.parametrize(
    ("who", "wanted", "found"),
    [
        ("siti", "", "download"),
        ("siti", "pickup", "pickup"),
        ("siti", "download", "download"),
        ("newcomer", "", "pickup"),
        ("newcomer", "pickup", "pickup"),
    ],
)
def test_delivery_is_what_was_chosen_or_what_is_easiest(
    town: Town, who: str, wanted: str, found: str
) -> None:
    sent = make.submit(getattr(town, who), service=make.certified(), delivery=wanted)
    assert sent.case.delivery == found


def test_download_is_refused_to_whoever_merely_typed_a_nik(town: Town) -> None:
    with pytest.raises(DownloadNeedsProof):
        make.submit(town.newcomer, service=make.certified(), delivery="download")
    assert Case.objects.filter(applicant=town.newcomer).count() == 0


@pytest.mark.parametrize("wanted", ["download", "courier", "x"])
def test_delivery_that_is_not_offered_is_refused(town: Town, wanted: str) -> None:
    with pytest.raises(DeliveryRefused):
        make.submit(town.siti, delivery=wanted)


def test_case_that_ends_without_a_letter_tells_its_applicant(town: Town, run_jobs: RunJobs) -> None:
    body = json.loads(make.service().canonical())
    body["step"] = [step for step in body["step"] if step["act"] in ("check", "approve")]
    body["output"] = [{"kind": "none", "title": "Tercatat"}]
    sent = make.submit(town.siti, service=ServiceDefinition.model_validate(body))
    case = actions.forward(by=town.operator, case=make.judge(town.operator, sent.case))
    case = actions.approve(by=town.head, case=case)
    run_jobs()
    (message,) = Message.objects.filter(about_id=str(case.pk))
    assert (case.state, "selesai" in message.text.clear) == (CaseState.CLOSED, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"drop": "sign"}, "a case is decided exactly once; 0 steps decide."),
        ({"swap": True}, 'the turns at a certified letter end with one step "sign".'),
        ({"permission": "cases.check"}, 'a step "initial" is opened by "documents.initial".'),
        ({"delivery": None}, '"print" needs delivery = "pickup" where the letter may be downloaded.'),
        ({"signature": "wet"}, '"initial" needs an output with signature = "certified".'),
        ({"first": True}, "the turns at a letter stand together, behind a step that checks."),
    ],
)
def test_definition_of_a_certified_letter_is_whole(change: dict[str, object], said: str) -> None:
    body = json.loads(make.certified().canonical())
    steps = {step["id"]: step for step in body["step"]}
    if "drop" in change:
        body["step"].remove(steps["sign"])
    if "swap" in change:
        body["step"][1], body["step"][2] = body["step"][2], body["step"][1]
    if "first" in change:
        body["step"].remove(steps["check"])
    if "permission" in change:
        steps["initial"]["permission"] = change["permission"]
    if "delivery" in change:
        steps["print"].pop("delivery")
    if "signature" in change:
        body["output"][0] |= {"signature": "wet", "delivery": ["pickup"]}
    service = ServiceDefinition.model_validate(body)
    assert said in [sentence for _, sentence in CaseEngine().faults(service)]
