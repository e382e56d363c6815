"""Verdicts, the return with every fault at once, the one-round rule and the repair."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import VerdictGiven
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import (
    FaultsStand,
    NoFaults,
    NotNow,
    NotRepairable,
    NotYourStep,
    OneRound,
    Overtaken,
    RepairIncomplete,
    RequirementMissing,
    VerdictMissing,
    VerdictRefused,
)
from balai.engines.cases.models import Case, Event
from balai.engines.cases.rules import checking
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import ANSWERS, PHOTO, PHOTO_TARGET, PURPOSE_TARGET, Town
from balai.notify.models import Message
from balai.people.tests.factories import make_area, make_officer
from balai.runtime.errors import NotFound
from balai.work import queries as work

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 09.00 WIB
BETTER = "Mengajukan KUR Mikro di BRI Unit Kanigoro untuk modal warung"


def repaired(town: Town, case: Case, *, purpose: str = BETTER, photo: bool = True) -> Case:
    """Siti answers both faults."""
    uploads = {PHOTO: [make.photo(town.siti, 77)]} if photo else {}
    return actions.repair(by=town.siti, case=case, answers={**ANSWERS, "purpose": purpose}, uploads=uploads)


def test_forward_needs_a_verdict_for_every_file(town: make.Town) -> None:
    case = make.submit(town.siti).case
    with pytest.raises(VerdictMissing) as refused:
        actions.forward(by=town.operator, case=case)
    assert refused.value.targets == ("requirement:place_photo",)
    assert refused.value.sentence == "Belum diperiksa: Foto tempat usaha."


def test_forward_with_all_in_order_opens_the_decision_for_the_head(town: make.Town) -> None:
    case = make.checked(town)
    assert {step.step_id: step.state for step in case.steps.all()} == {"check": "done", "approve": "open"}
    (item,) = work.items_of(case.as_subject())
    assert (item.kind, item.permission) == ("approve", "cases.decide")
    assert queries.timeline(case)[-1].actor_name == "Sri W."


def test_forward_with_a_fault_is_refused(town: make.Town) -> None:
    case = make.judge(town.operator, make.submit(town.siti).case, PHOTO_TARGET)
    with pytest.raises(FaultsStand):
        actions.forward(by=town.operator, case=case)


def test_forward_by_an_officer_of_another_office_is_refused(town: make.Town) -> None:
    make_area("35.05.11.1006", name="Bence")
    stranger = make_officer(office_code="35.05.11.1006", permissions=("cases.check",))
    case = make.judge(town.operator, make.submit(town.siti).case)
    with pytest.raises(NotYourStep):
        actions.forward(by=stranger, case=case)


def test_forward_a_second_time_names_who_was_first(town: make.Town) -> None:
    case = make.checked(town)
    with pytest.raises(Overtaken) as refused:
        actions.forward(by=town.supervisor, case=case)
    assert "Sri Wahyuni" in refused.value.sentence


def test_judging_again_in_the_same_round_replaces_the_verdict(town: make.Town) -> None:
    case = make.judge(town.operator, make.submit(town.siti).case, PHOTO_TARGET)
    make.judge(town.operator, case)
    assert [(v.target, v.outcome, v.reason_code) for v in queries.verdicts_of(case)] == [
        ("requirement:place_photo", "ok", "")
    ]


@pytest.mark.parametrize(
    "given",
    [
        VerdictGiven(PHOTO_TARGET, is_ok=False),
        VerdictGiven(PHOTO_TARGET, is_ok=False, reason_code="copy_not_original"),
        VerdictGiven(checking.field("no_such_field"), is_ok=True),
        VerdictGiven(checking.requirement("no_such_file"), is_ok=False, reason_code="unreadable"),
        VerdictGiven(PURPOSE_TARGET, is_ok=False, reason_code="unclear", note="\x00"),
    ],
)
def test_verdict_without_listed_reason_or_known_target_is_refused(
    town: make.Town, given: VerdictGiven
) -> None:
    case = make.submit(town.siti).case
    with pytest.raises(VerdictRefused):
        actions.record_verdicts(by=town.operator, case=case, verdicts=[given])


def test_return_without_a_fault_is_refused(town: make.Town) -> None:
    case = make.judge(town.operator, make.submit(town.siti).case)
    with pytest.raises(NoFaults):
        actions.return_for_repair(by=town.operator, case=case)


def test_return_before_everything_is_judged_is_refused(town: make.Town) -> None:
    case = make.submit(town.siti).case
    given = VerdictGiven(PURPOSE_TARGET, is_ok=False, reason_code="unclear")
    actions.record_verdicts(by=town.operator, case=case, verdicts=[given])
    with pytest.raises(VerdictMissing):
        actions.return_for_repair(by=town.operator, case=case)


def test_return_lists_every_fault_with_reason_note_and_page(town: make.Town, run_jobs) -> None:
    case = make.returned(town, PHOTO_TARGET, PURPOSE_TARGET)
    found = [(f.title, f.page_id, f.reason.code, f.note) for f in queries.faults_to_repair(case)]
    assert found == [
        ("Foto tempat usaha", "requirements", "unreadable", "Mohon diperjelas."),
        ("Untuk keperluan apa?", "business", "unclear", "Mohon diperjelas."),
    ]
    assert queries.timeline(case)[-1].text == "Ada 2 hal yang perlu Anda perbaiki."
    run_jobs()
    (message,) = Message.objects.filter(about_id=str(case.pk))
    assert case.number in message.text.clear
    assert "Siti" not in message.text.clear


def test_clock_stands_still_while_the_citizen_repairs(town: make.Town, frozen_clock) -> None:
    clock = frozen_clock(MONDAY_NINE)
    case = make.submit(town.siti).case
    subject = case.as_subject()
    before = work.clock(subject, "service")
    assert before is not None
    assert before.due_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # Tuesday 15.30 WIB
    clock.move(hours=2)
    case = actions.return_for_repair(
        by=town.operator, case=make.judge(town.operator, case, PHOTO_TARGET, PURPOSE_TARGET)
    )
    paused = work.clock(subject, "service")
    assert paused is not None
    # Monday 11.00 to 15.30 and Tuesday 07.30 to 15.30 are left.
    assert (paused.state, paused.remaining_minutes) == ("paused", 270 + 480)
    assert [item.state for item in work.items_of(subject)] == ["paused"]
    clock.set(datetime(2026, 11, 26, 1, tzinfo=UTC))  # Thursday 08.00 WIB
    repaired(town, case)
    running = work.clock(subject, "service")
    assert running is not None
    # Thursday 08.00 to 15.30 are 450 minutes, 300 are left for Friday from 07.30.
    assert (running.state, running.due_at) == ("running", datetime(2026, 11, 27, 5, 30, tzinfo=UTC))
    assert [(item.state, item.due_at) for item in work.items_of(subject)] == [("open", running.due_at)]


def test_repair_changes_answers_and_files_and_opens_the_next_round(town: make.Town) -> None:
    case = make.returned(town, PHOTO_TARGET, PURPOSE_TARGET)
    case = repaired(town, case)
    assert (case.state, case.round) == (CaseState.SUBMITTED, 2)
    assert case.answers.clear["purpose"] == BETTER
    assert [(f.requirement_id, f.round) for f in queries.files_of(case)] == [(PHOTO, 2)]
    assert sorted(map(str, queries.provided_targets(case))) == ["field:purpose", "requirement:place_photo"]
    with pytest.raises(VerdictMissing):  # the new photo has to be looked at
        actions.forward(by=town.operator, case=case)


def test_repair_of_something_else_is_refused(town: make.Town) -> None:
    case = make.returned(town, PURPOSE_TARGET)
    changed = {**ANSWERS, "purpose": BETTER, "business_name": "Toko Lain"}
    with pytest.raises(NotRepairable):
        actions.repair(by=town.siti, case=case, answers=changed)
    with pytest.raises(NotRepairable):
        repaired(town, case)  # brings a photo that nobody asked for


def test_repair_may_answer_what_is_asked_only_because_of_the_fault(town: make.Town) -> None:
    case = make.returned(town, checking.field("same_address"))
    changed = {**ANSWERS, "same_address": False, "business_address": "Jalan Raya 1, Kanigoro"}
    case = actions.repair(by=town.siti, case=case, answers=changed)
    assert sorted(map(str, queries.provided_targets(case))) == [
        "field:business_address",
        "field:same_address",
    ]


def test_repaired_village_takes_the_case_to_its_own_office(town: make.Town) -> None:
    make_area("35.05.10.2012", name="Kuningan")
    colleague = make_officer(office_code="35.05.10.2012", permissions=("cases.check",))
    case = make.returned(town, checking.field("area"))
    case = actions.repair(by=town.siti, case=case, answers={**ANSWERS, "area": "35.05.10.2012"})
    assert (case.office_code, case.area_code) == ("35.05.10.2012", "35.05.10.2012")
    assert [item.note for item in work.inbox(colleague, "todo").items] == ["Siti A., Desa Kuningan"]
    assert work.inbox(town.operator, "todo").items == []
    actions.forward(by=colleague, case=case)


def test_repaired_name_is_the_one_in_the_inbox(town: make.Town) -> None:
    case = make.returned(town, checking.field("name"))
    case = actions.repair(by=town.siti, case=case, answers={**ANSWERS, "name": "Sitti Aminah"})
    assert case.applicant_label == "Sitti A."
    assert [item.note for item in work.inbox(town.operator, "todo").items] == ["Sitti A., Desa Sawentar"]


def test_repair_that_leaves_a_fault_names_it(town: make.Town) -> None:
    case = make.returned(town, PHOTO_TARGET, PURPOSE_TARGET)
    with pytest.raises(RepairIncomplete) as refused:
        repaired(town, case, photo=False)
    assert refused.value.targets == ("requirement:place_photo",)
    with pytest.raises(RepairIncomplete):
        repaired(town, case, purpose=ANSWERS["purpose"])


def test_repair_by_a_stranger_or_without_return_is_refused(town: make.Town) -> None:
    case = make.returned(town, PURPOSE_TARGET)
    with pytest.raises(NotFound):
        actions.repair(by=town.newcomer, case=case, answers=ANSWERS)
    fresh = make.submit(town.siti).case
    with pytest.raises(NotNow):
        actions.repair(by=town.siti, case=fresh, answers=ANSWERS)


def test_second_return_for_what_was_there_needs_a_supervisor(town: make.Town) -> None:
    case = repaired(town, make.returned(town, PURPOSE_TARGET), photo=False)
    overlooked = VerdictGiven(PHOTO_TARGET, is_ok=False, reason_code="outdated")
    with pytest.raises(OneRound) as refused:
        actions.record_verdicts(by=town.operator, case=case, verdicts=[overlooked])
    assert "Foto tempat usaha" in refused.value.sentence
    actions.record_verdicts(by=town.supervisor, case=case, verdicts=[overlooked])
    with pytest.raises(OneRound):
        actions.return_for_repair(by=town.operator, case=case)
    case = actions.return_for_repair(by=town.supervisor, case=case)
    assert [(each.round, each.supervised) for each in case.returns.order_by("round")] == [
        (1, False),
        (2, True),
    ]


def test_second_return_for_what_was_provided_anew_is_allowed(town: make.Town) -> None:
    case = repaired(town, make.returned(town, PURPOSE_TARGET), photo=False)
    given = VerdictGiven(PURPOSE_TARGET, is_ok=False, reason_code="unclear")
    case = actions.record_verdicts(by=town.operator, case=case, verdicts=[given])
    case = actions.return_for_repair(by=town.operator, case=case)
    assert case.state == CaseState.RETURNED


def test_repaired_answer_passes_when_nobody_faults_it_again(town: make.Town) -> None:
    case = repaired(town, make.returned(town, PURPOSE_TARGET), photo=False)
    case = actions.forward(by=town.operator, case=case)
    assert [step.step_id for step in case.steps.filter(state="open")] == ["approve"]


def test_repaired_answer_stays_repaired_in_later_rounds(town: make.Town) -> None:
    case = repaired(town, make.returned(town, PHOTO_TARGET, PURPOSE_TARGET))
    case = make.judge(town.operator, case, PHOTO_TARGET)
    case = actions.return_for_repair(by=town.operator, case=case)
    answers, photo = case.answers.clear, make.photo(town.siti, 99)
    case = actions.repair(by=town.siti, case=case, answers=answers, uploads={PHOTO: [photo]})
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    assert [step.step_id for step in case.steps.filter(state="open")] == ["approve"]


def test_head_who_marks_a_fault_cannot_approve_all_the_same(town: make.Town) -> None:
    given = VerdictGiven(PURPOSE_TARGET, is_ok=False, reason_code="unclear")
    case = actions.record_verdicts(by=town.head, case=make.checked(town), verdicts=[given])
    with pytest.raises(FaultsStand):
        actions.approve(by=town.head, case=case)


def test_return_by_the_head_makes_the_check_anew_after_the_repair(town: make.Town) -> None:
    case = make.checked(town)
    given = VerdictGiven(PURPOSE_TARGET, is_ok=False, reason_code="unclear")
    case = actions.record_verdicts(by=town.head, case=case, verdicts=[given])
    case = actions.return_for_repair(by=town.head, case=case)
    case = repaired(town, case, photo=False)
    assert [step.step_id for step in case.steps.filter(state="open")] == ["check"]
    assert [item.kind for item in work.items_of(case.as_subject())] == ["check"]


def test_returned_case_is_overtaken_for_the_colleague(town: make.Town) -> None:
    case = make.returned(town, PURPOSE_TARGET)
    with pytest.raises(Overtaken) as refused:
        actions.return_for_repair(by=town.supervisor, case=case)
    assert "Sri Wahyuni" in refused.value.sentence


def test_repair_that_makes_a_requirement_appear_needs_it_at_once(town: make.Town) -> None:
    body = json.loads(make.service().canonical())
    condition = {"field": "same_address", "is": False}
    body["requirement"].append({"id": "lease", "title": "Surat sewa", "kind": "document", "when": condition})
    wider = ServiceDefinition.model_validate(body)
    receipt = actions.submit(
        by=town.siti, service=wider, answers=ANSWERS, uploads={PHOTO: [make.photo(town.siti)]}
    )
    case = make.judge(town.operator, receipt.case, checking.field("same_address"))
    case = actions.return_for_repair(by=town.operator, case=case)
    changed = {**ANSWERS, "same_address": False, "business_address": "Jalan Raya 1, Kanigoro"}
    with pytest.raises(RequirementMissing):
        actions.repair(by=town.siti, case=case, answers=changed)
    case = actions.repair(
        by=town.siti, case=case, answers=changed, uploads={"lease": [make.photo(town.siti, 5)]}
    )
    assert "requirement:lease" in set(map(str, queries.provided_targets(case)))


def test_timeline_for_citizens_names_no_officer_in_full(town: make.Town) -> None:
    case = make.returned(town, PURPOSE_TARGET)
    assert {event.actor_name for event in Event.objects.filter(case=case)} == {"", "Sri W."}


def test_lateness_is_not_healed_by_a_return(town: make.Town, frozen_clock) -> None:
    clock = frozen_clock(MONDAY_NINE)
    case = make.submit(town.siti).case
    due_at = work.items_of(case.as_subject())[0].due_at
    clock.set(due_at + timedelta(days=1))
    case = make.judge(town.operator, case, PURPOSE_TARGET)
    case = actions.return_for_repair(by=town.operator, case=case)
    clock.move(days=2)
    repaired(town, case, photo=False)
    assert work.items_of(case.as_subject())[0].due_at == due_at
