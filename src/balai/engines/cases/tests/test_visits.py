"""Visits: planned, told, reported with photos; and what somebody asks for who cannot come herself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Found
from balai.engines.cases.errors import FileNotAsked, NotNow, ReportMissing, VisitRefused
from balai.engines.cases.models import Case
from balai.engines.cases.queries import letters
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.pages import citizen_client, form_in, officer_client, photo_file
from balai.files import actions as files
from balai.files.models import Upload
from balai.kernel.dates import format_date
from balai.kernel.uuid7 import uuid7
from balai.notify.models import Message
from balai.people.models import Officer
from balai.runtime import clock
from balai.runtime.jobs import run_due

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 09.00 in Blitar
TUESDAY = datetime(2026, 11, 24, 2, tzinfo=UTC)
STEPS = (process.CHECK, process.VISIT, process.APPROVE)
ANSWERS = {"is_there": True, "width_m": 4}


def visited_soon(town: make.Town, *steps: dict, **parts: object) -> Case:
    """A case of Siti that waits for a visit."""
    service = process.with_steps(*(steps or STEPS), report=[process.REPORT], **parts)
    case = make.submit(town.siti, service=service).case
    return actions.forward(by=town.operator, case=make.judge(town.operator, case))


def photo(by: Officer) -> UUID:
    content = photo_file().read()
    file = SimpleUploadedFile("lokasi.jpg", content, "image/jpeg")
    return files.store(by=by.as_actor(), owner=by.as_subject(), file=file, allow="photo").pk


def test_planned_visit_is_told_to_the_applicant_each_time_it_moves(town: make.Town, frozen_clock) -> None:
    frozen_clock(NOW)
    case, by = visited_soon(town), process.somebody(access.VISIT)
    case = actions.plan_visit(by=by, case=case, planned_at=TUESDAY)
    case = actions.plan_visit(by=by, case=case, planned_at=TUESDAY)  # the same again is no news
    case = actions.plan_visit(by=by, case=case, planned_at=TUESDAY + timedelta(days=1))
    run_due(50, raise_errors=True)
    planned = [event.text for event in queries.timeline(case) if event.kind == "planned"]
    assert planned == [
        "Petugas akan datang Selasa 24 November 2026, 09.00.",
        "Petugas akan datang Rabu 25 November 2026, 09.00.",
    ]
    assert Message.objects.filter(about_id=str(case.pk)).count() == 2


@pytest.mark.parametrize("days", [-1, 400])
def test_visit_in_the_past_or_far_away_is_refused(town: make.Town, days: int) -> None:
    with pytest.raises(VisitRefused):
        actions.plan_visit(
            by=process.somebody(access.VISIT),
            case=visited_soon(town),
            planned_at=clock.now() + timedelta(days=days),
        )


def test_report_keeps_answers_and_photos_and_opens_what_follows(town: make.Town) -> None:
    case, by = visited_soon(town), process.somebody(access.VISIT)
    upload = photo(by)
    case = actions.report_visit(by=by, case=case, found=Found(ANSWERS, {"place_seen": [upload]}))
    step = case.steps.get(step_id="visit")
    assert step.report.clear == {"answers": ANSWERS, "uploads": {"place_seen": [str(upload)]}}
    assert Upload.objects.get(pk=upload).owner_id == str(case.pk)
    assert [each.step_id for each in case.steps.filter(state="open")] == ["approve"]


def test_letter_quotes_the_newest_report_and_nothing_before_there_is_one(town: make.Town) -> None:
    case, by = visited_soon(town), process.somebody(access.VISIT)
    service, day = queries.definition_of(case), queries.filed_on(case)
    assert letters.found_on_visits(case, service, day) == {}
    case = actions.report_visit(by=by, case=case, found=Found(ANSWERS, {"place_seen": [photo(by)]}))
    found = letters.found_on_visits(case, service, day)
    data = letters.letter_data(service, case.answers.clear, number=case.number, filed_on=day, found=found)
    assert (data["is_there"], data["width_m"], data["raw"]["is_there"]) == ("Ya", "4", True)
    earlier = case.steps.get(step_id="visit")
    again = {"answers": {"is_there": False}, "uploads": {}}
    earlier.pk, earlier.report, earlier.done_at = uuid7(), again, clock.now()
    earlier.save(force_insert=True)
    assert letters.found_on_visits(case, service, day) == {"is_there": False}


@pytest.mark.parametrize(
    ("uploads", "refusal"), [({}, ReportMissing), ({"other": [UUID(int=1)]}, FileNotAsked)]
)
def test_report_without_its_photo_or_with_another_is_refused(
    town: make.Town, uploads: dict, refusal: type[Exception]
) -> None:
    case = visited_soon(town)
    with pytest.raises(refusal):
        actions.report_visit(by=process.somebody(access.VISIT), case=case, found=Found(ANSWERS, uploads))


def test_visit_before_its_turn_is_refused(town: make.Town) -> None:
    service = process.with_steps(*STEPS, report=[process.REPORT])
    case = make.submit(town.siti, service=service).case
    with pytest.raises(NotNow):
        actions.plan_visit(by=process.somebody(access.VISIT), case=case, planned_at=TUESDAY)


def test_pages_plan_and_report_without_losing_a_photo(town: make.Town) -> None:
    day = clock.now() + timedelta(days=2)
    case, by = visited_soon(town), process.somebody(access.VISIT)
    browser, page = officer_client(by), f"/meja/berkas/{case.pk}/"
    plan = form_in(browser.get(page).content.decode(), "day")
    assert (
        browser.post(plan.action, plan.filled({"day": f"{day:%d-%m-%Y}", "hour": "25.00"})).status_code == 400
    )
    assert (
        browser.post(plan.action, plan.filled({"day": f"{day:%d-%m-%Y}", "hour": "9.00"})).status_code == 302
    )
    mine = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert f"Petugas datang {format_date(day.date(), weekday=True)}, 09.00." in mine
    url = f"{page}hasil/visit/"
    form = form_in(browser.get(url).content.decode(), "width_m")
    again = browser.post(url, {**form.filled({"is_there": "yes"}), "place_seen": photo_file()})
    assert again.status_code == 400
    form = form_in(again.content.decode(), "width_m")
    assert browser.post(url, form.filled({"is_there": "yes", "width_m": "4"})).status_code == 302
    read = officer_client(town.head).get(page).content.decode()
    assert "Lebar jalan (m)" in read
    assert "Foto dari Meninjau lokasi" in read


def test_api_plans_and_reports_with_a_photo(town: make.Town) -> None:
    case, by = visited_soon(town), process.somebody(access.VISIT)
    caller, path = Caller(by), f"/desk/cases/{case.pk}"
    caller.post(f"{path}/plan-visit", at=(clock.now() + timedelta(days=1)).isoformat())
    caller.post(f"{path}/report-visit", status=422, answers={"is_there": True, "width_m": 0})
    sent = {"place_seen": [str(photo(by))]}
    caller.post(f"{path}/report-visit", answers=ANSWERS, uploads=sent)
    (found,) = Caller(town.head).get(path)["found"]
    assert (found["answers"], found["files"]) == (
        {"Usahanya ada?": "Ya", "Lebar jalan (m)": "4"},
        sent["place_seen"],
    )
