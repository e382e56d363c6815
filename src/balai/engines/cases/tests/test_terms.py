"""Terms on the applicant's side: a repair that never comes, an objection, and an application begun anew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Answer
from balai.engines.cases.actions.reminding import SomeFailed
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import AnswerMissing, NotYourStep, ObjectionRefused, ObjectionTooShort
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.pages import citizen_client, form_in, forms_in, officer_client
from balai.engines.cases.tests.signing import RunJobs, fresh
from balai.notify.models import Message
from balai.people.models import Officer
from balai.region.models import Office
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.runtime.jobs import run_due
from balai.work import queries as work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 09.00 in Blitar
KANIGORO = "35.05.10"
WHY = "Rumah saya memang di Sawentar, petugas datang ke alamat yang lain."
UPHELD, REOPENED = (
    Answer("upheld", "Kami sudah datang dan melihat sendiri."),
    Answer("reopened", "Benar, kami keliru."),
)


def service() -> ServiceDefinition:
    """The business statement with both terms."""
    repair = {"days": 30, "basis": "Contoh (demo)", "valid_from": "2020-01-01"}
    return process.changed(repair=repair, objection={"days": 30})


def returned(town: make.Town, definition: ServiceDefinition | None = None) -> Case:
    case = make.submit(town.siti, service=definition or service()).case
    case = make.judge(town.operator, case, make.PURPOSE_TARGET)
    return actions.return_for_repair(by=town.operator, case=case)


def rejected(town: make.Town) -> Case:
    case = make.judge(town.operator, make.submit(town.siti, service=service()).case)
    case = actions.forward(by=town.operator, case=case)
    return actions.reject(by=town.head, case=case, reason_code="not_true")


def reviewer(name: str = "Camat Kanigoro") -> Officer:
    return process.somebody(access.REVIEW, KANIGORO, name)


def test_return_that_nobody_repairs_is_warned_of_once_and_then_closed(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    case = returned(town)
    assert queries.repair_until(case) == date(2026, 12, 23)
    time.move(days=22)
    assert actions.end_repairs() == 0
    time.move(days=2)
    assert (actions.end_repairs(), actions.end_repairs()) == (1, 0)
    time.set(datetime(2026, 12, 23, 16, 59, tzinfo=UTC))
    assert actions.end_repairs() == 0
    time.move(minutes=1)
    assert (actions.end_repairs(), actions.end_repairs()) == (1, 0)
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.decided_at) == (CaseState.EXPIRED, time(), None)
    assert work.items_of(case.as_subject()) == []
    texts = [event.text for event in queries.timeline(case)][-2:]
    assert texts == [
        "Pengingat dikirim: perbaiki paling lambat 23 Desember 2026.",
        "Ditutup karena tidak diperbaiki sampai 23 Desember 2026.",
    ]
    run_due(50, raise_errors=True)
    assert Message.objects.filter(about_id=str(case.pk)).count() == 3


def test_case_that_cannot_be_closed_keeps_nobody_from_being_warned(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    broken, near = returned(town), returned(town)
    time.move(days=24)
    broken.returns.update(expires_at=time())
    later = time() + timedelta(days=1)
    # The database refuses what would be closed before it was filed.
    Case.objects.filter(pk=broken.pk).update(filed_at=later, updated_at=later)
    with pytest.raises(SomeFailed):
        actions.end_repairs()
    assert near.returns.get().warned_at == time()


def test_repair_in_time_is_never_closed(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    case = returned(town)
    answers = {**make.ANSWERS, "purpose": "Modal di BRI Unit Kanigoro"}
    actions.repair(by=town.siti, case=case, answers=answers)
    time.move(days=60)
    assert actions.end_repairs() == 0


def test_return_without_a_term_waits_for_ever(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    case = returned(town, make.service())
    time.move(days=900)
    assert (actions.end_repairs(), queries.repair_until(case)) == (0, None)


def test_expired_case_is_filed_anew_from_its_page_with_the_old_answers(town: make.Town) -> None:
    case = returned(town)
    browser = citizen_client(town.siti)
    page = browser.get(case.get_absolute_url()).content.decode()
    assert "Perbaiki paling lambat" in page
    case.returns.update(expires_at=clock.now())
    actions.end_repairs()
    page = browser.get(case.get_absolute_url()).content.decode()
    assert "Tidak ada yang ditolak." in page
    (form,) = [each for each in forms_in(page) if each.action.endswith("/ulang/")]
    begun = browser.post(form.action, form.values, follow=True)
    assert begun.redirect_chain[-1][0].endswith("/ajukan/requirements/")
    again = browser.post(form.action, form.values, follow=True)
    assert "Lanjutkan yang itu." in again.content.decode()


def test_objection_goes_to_the_office_above_and_upheld_is_final(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    case, above = rejected(town), reviewer()
    time.move(days=29)
    case = actions.object_to_rejection(by=town.siti, case=case, text=WHY)
    assert (case.state, case.closed_at) == (CaseState.OBJECTED, None)
    (item,) = work.items_of(case.as_subject())
    assert (item.office_code, item.permission) == (KANIGORO, "cases.review")
    case = actions.review_objection(by=above, case=case, answer=UPHELD)
    assert (case.state, case.closed_at, case.reason_code) == (CaseState.REJECTED, time(), "not_true")
    assert queries.timeline(case)[-1].kind == "upheld"
    with pytest.raises(ObjectionRefused):
        actions.object_to_rejection(by=town.siti, case=case, text=WHY)


def test_objection_climbs_to_the_nearest_office_where_somebody_answers(town: make.Town) -> None:
    top = {"kind": "agency", "name": "Sekretariat", "number_code": "X", "head_title": "Sekretaris"}
    Office.objects.create(code="setda", area_code="", **top)
    Office.objects.filter(pk=KANIGORO).update(parent_code="setda")
    process.somebody(access.REVIEW, "setda", "Sekretaris Daerah")
    case = actions.object_to_rejection(by=town.siti, case=rejected(town), text=WHY)
    (item,) = work.items_of(case.as_subject())
    assert (item.office_code, item.permission) == ("setda", "cases.review")


def test_objection_that_nobody_may_answer_waits_at_the_office_that_is_named(town: make.Town) -> None:
    case = actions.object_to_rejection(by=town.siti, case=rejected(town), text=WHY)
    (item,) = work.items_of(case.as_subject())
    assert item.office_code == KANIGORO


def test_reopened_case_runs_again_within_a_time_of_its_own_and_is_not_objected_to_again(
    town: make.Town, frozen_clock
) -> None:
    time = frozen_clock(NOW)
    case = actions.object_to_rejection(by=town.siti, case=rejected(town), text=WHY)
    time.move(days=1)
    case = actions.review_objection(by=reviewer(), case=case, answer=REOPENED)
    assert (case.state, case.decided_at, case.reason_code) == (CaseState.SUBMITTED, None, "")
    assert [step.step_id for step in case.steps.filter(state="open")] == ["check"]
    lawful = work.newest_clock(case.as_subject())
    assert lawful is not None
    assert (lawful.name, lawful.started_at) == ("reopened", time())
    case = actions.forward(by=town.operator, case=case)
    case = actions.reject(by=town.head, case=case, reason_code="not_true")
    with pytest.raises(ObjectionRefused):
        actions.object_to_rejection(by=town.siti, case=case, text=WHY)


def with_a_deadline_that_ends() -> ServiceDefinition:
    """The lawful time of the business statement holds for what is filed until the end of November."""
    rules = [
        {**rule.model_dump(mode="json", exclude_defaults=True), "valid_to": "2026-11-30"}
        for rule in make.service().deadline
    ]
    return process.changed(deadline=rules, objection={"days": 30})


def test_reopened_case_has_the_lawful_time_of_the_day_it_was_filed(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    case = make.submit(town.siti, service=with_a_deadline_that_ends()).case
    case = actions.reject(by=town.head, case=case, reason_code="not_true")
    case = actions.object_to_rejection(by=town.siti, case=case, text=WHY)
    time.move(days=10)
    case = actions.review_objection(by=reviewer(), case=case, answer=REOPENED)
    assert case.state == CaseState.SUBMITTED


def test_replaced_letter_has_the_lawful_time_of_the_day_it_was_asked_for(
    town: make.Town, frozen_clock, run_jobs: RunJobs
) -> None:
    time = frozen_clock(NOW)
    case = make.submit(town.siti, service=with_a_deadline_that_ends()).case
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    actions.approve(by=town.head, case=case)
    run_jobs()
    time.move(days=10)
    case = actions.replace_letter(by=town.head, case=fresh(case), reason_code="content-wrong")
    lawful = work.newest_clock(case.as_subject())
    assert (case.state, lawful and lawful.started_at) == (CaseState.REPLACING, time())


def test_review_that_opens_the_case_again_counts_as_done_by_the_reviewer(town: make.Town) -> None:
    case = actions.object_to_rejection(by=town.siti, case=rejected(town), text=WHY)
    (item,) = work.items_of(case.as_subject())
    by = reviewer()
    case = actions.review_objection(by=by, case=case, answer=REOPENED)
    item.refresh_from_db()
    assert (item.state, item.closed_by) == ("done", by.name)
    step = case.steps.get(step_id="objection")
    assert (step.state, step.by_id) == ("done", by.pk)


def test_objection_after_its_days_is_refused(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    case = rejected(town)
    time.move(days=31)
    with pytest.raises(ObjectionRefused):
        actions.object_to_rejection(by=town.siti, case=case, text=WHY)


def test_objection_by_another_or_without_words_is_refused(town: make.Town) -> None:
    case = rejected(town)
    with pytest.raises(NotFound):
        actions.object_to_rejection(by=town.newcomer, case=case, text=WHY)
    with pytest.raises(ObjectionTooShort):
        actions.object_to_rejection(by=town.siti, case=case, text="Tidak adil.")


def test_who_rejected_may_not_review(town: make.Town) -> None:
    case = actions.object_to_rejection(by=town.siti, case=rejected(town), text=WHY)
    role = town.head.assignments.get().role
    role.permissions = [*role.permissions, access.REVIEW]
    role.save()
    town.head.assignments.create(role=role, office_code=KANIGORO, valid_from="2020-01-01")
    with pytest.raises(NotYourStep):
        actions.review_objection(by=Officer.objects.get(pk=town.head.pk), case=case, answer=UPHELD)


def test_answer_without_words_is_refused(town: make.Town) -> None:
    case = actions.object_to_rejection(by=town.siti, case=rejected(town), text=WHY)
    with pytest.raises(AnswerMissing):
        actions.review_objection(by=reviewer(), case=case, answer=Answer("upheld", " "))


def test_pages_object_and_answer(town: make.Town) -> None:
    case = rejected(town)
    mine = citizen_client(town.siti)
    assert "Anda boleh mengajukan keberatan satu kali" in mine.get(case.get_absolute_url()).content.decode()
    url = f"{case.get_absolute_url()}keberatan/"
    form = form_in(mine.get(url).content.decode(), "text")
    assert mine.post(url, form.filled({"text": "Tidak adil."})).status_code == 400
    assert mine.post(url, form.filled({"text": WHY})).status_code == 302
    desk, page = officer_client(reviewer()), f"/meja/berkas/{case.pk}/"
    shown = desk.get(page).content.decode()
    assert WHY in shown
    form = form_in(shown, "outcome")
    assert desk.post(form.action, form.filled({"outcome": "upheld"})).status_code == 400
    sent = desk.post(form.action, form.filled({"outcome": "upheld", "answer": UPHELD.text}))
    assert sent.status_code == 302
    told = mine.get(case.get_absolute_url()).content.decode()
    assert "Ini keputusan terakhir di layanan ini." in told
    assert UPHELD.text in told
    assert mine.get(url).status_code == 302


def test_api_objects_and_answers(town: make.Town) -> None:
    case = rejected(town)
    mine = Caller(town.siti)
    until = mine.get(f"/cases/{case.number}")["case"]["object_until"]
    assert until == (clock.now() + timedelta(hours=7, days=30)).date().isoformat()
    assert mine.post(f"/cases/{case.number}/object", text=WHY)["state"] == "objected"
    after = Caller(reviewer()).post(
        f"/desk/cases/{case.pk}/review", outcome="reopened", answer="Kami keliru."
    )
    assert after["state"] == "submitted"


def test_returns_per_case_counts_what_ended_in_thirty_days(town: make.Town, frozen_clock) -> None:
    time = frozen_clock(NOW)
    assert queries.returns_per_case(time()) is None
    case = returned(town)
    actions.withdraw(by=town.siti, case=case)
    actions.withdraw(by=town.newcomer, case=make.submit(town.newcomer).case)
    make.submit(town.siti)
    time.move(hours=1)
    assert queries.returns_per_case(time()) == 0.5
    time.move(days=31)
    assert queries.returns_per_case(time()) is None


def test_service_without_objection_says_so_and_whom_to_turn_to(town: make.Town) -> None:
    case = make.submit(town.siti, service=process.changed(objection=None)).case
    case = actions.forward(by=town.operator, case=make.judge(town.operator, case))
    case = actions.reject(by=town.head, case=case, reason_code="not_true")
    client = citizen_client(town.siti)
    told = client.get(f"{case.get_absolute_url()}keberatan/", follow=True).content.decode()
    assert "tidak bisa diajukan (lagi)" not in told
    assert ("tidak mengenal keberatan" in told, "SP4N-LAPOR!" in told) == (True, True)
