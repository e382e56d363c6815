"""The plug: what the shells, the catalogue and the lower packages get from this engine."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.catalogue import engine as catalogue_engine
from balai.catalogue.schema import Example, ServiceDefinition
from balai.documents import owners
from balai.engines.cases import actions, exports, queries
from balai.engines.cases.engine import CaseEngine, can_read_file
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.files import readers
from balai.people import permissions
from balai.people.tests.factories import make_area, make_officer
from balai.runtime.errors import NotFound
from balai.runtime.jobs import registry
from balai.work import subjects

pytestmark = pytest.mark.django_db
ENGINE = CaseEngine()
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def changed(**parts: object) -> ServiceDefinition:
    """The business statement with other parts."""
    return ServiceDefinition.model_validate({**json.loads(make.service().canonical()), **parts})


def test_every_registry_knows_the_engine() -> None:
    assert isinstance(catalogue_engine.engine("cases"), CaseEngine)
    assert {"cases.check", "cases.decide", "cases.produce", "cases.hand_over"} <= permissions.names()
    assert subjects.link("cases.case", "x") == "/meja/berkas/x/"
    acts = ["attest", "check", "decide", "hand_over", "produce", "recommend", "review", "visit"]
    mine = [name for name in subjects.permissions() if name.startswith(("cases.", "documents."))]
    assert mine == [*(f"cases.{act}" for act in acts), "documents.initial", "documents.sign"]
    assert "cases.tell_applicant" in registry.names()


def example(**expect: object) -> Example:
    """Siti's shop, filed on a Monday."""
    return Example.model_validate(
        {"title": "x", "filed_on": "2026-11-23", "answers": make.ANSWERS, "expect": expect}
    )


def test_example_with_the_right_deadline_differs_in_nothing() -> None:
    assert ENGINE.run_example(make.service(), example(due_in_working_days=1)) == []


def test_example_with_another_deadline_is_told_in_a_sentence() -> None:
    found = ENGINE.run_example(make.service(), example(due_in_working_days=9))
    assert found == ["due in 1 working days, expected 9."]


def test_example_without_a_decision_for_its_answers_is_told() -> None:
    steps = json.loads(make.service().canonical())["step"]
    steps[1]["when"] = [{"field": "same_address", "is": False}]
    assert ENGINE.run_example(changed(step=steps), example()) == ["with these answers nobody decides."]


def test_definition_must_decide_exactly_once() -> None:
    steps = json.loads(make.service().canonical())["step"]
    assert list(ENGINE.faults(make.service())) == []
    assert [path for path, _ in ENGINE.faults(changed(step=steps[:1]))] == [("step",)]
    assert [path for path, _ in ENGINE.faults(changed(step=[*steps, {**steps[1], "id": "again"}]))] == [
        ("step",)
    ]


def test_definition_that_prints_before_the_decision_is_refused() -> None:
    check, approve, printing, handing = json.loads(make.service().canonical())["step"]
    found = list(ENGINE.faults(changed(step=[check, printing, approve, handing])))
    assert found == [(("step", 1, "act"), '"print" can only follow the decision.')]


def test_affairs_are_the_citizens_own_in_one_statement(town: make.Town) -> None:
    mine = [make.submit(town.siti).case for _ in range(3)]
    make.submit(town.newcomer)
    with CaptureQueriesContext(connection) as captured:
        affairs = ENGINE.affairs(town.siti)
    assert len(captured) == 1
    assert [affair.number for affair in affairs] == [case.number for case in reversed(mine)]
    assert {affair.tone for affair in affairs} == {"waiting"}


def test_track_needs_number_and_pin(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    address = ENGINE.track(receipt.number, receipt.pin)
    assert address is not None
    assert address.startswith(f"/lacak/{receipt.number}/")
    assert ENGINE.track(receipt.number, "") is None
    assert ENGINE.track("SKU-2026-0000-0000", receipt.pin) is None
    assert ENGINE.track("nothing", "nothing") is None


def test_figures_count_the_governments_day(town: make.Town, frozen_clock) -> None:
    clock = frozen_clock(NOW)
    make.returned(town, make.PURPOSE_TARGET)
    make.submit(town.siti)
    clock.set(datetime(2026, 11, 23, 16, 59, tzinfo=UTC))  # a minute before midnight in Blitar
    make.submit(town.newcomer)
    assert queries.figures(clock()) == {
        "filed_today": 3,
        "finished_today": 0,
        "returned_today": 1,
        "late_now": 0,
    }
    clock.move(minutes=1)
    assert queries.figures(clock())["filed_today"] == 0
    clock.set(
        datetime(2026, 11, 24, 8, 31, tzinfo=UTC)
    )  # Tuesday 15.31: what came in by night counts from today
    assert queries.figures(clock())["late_now"] == 1
    assert [figure.value for figure in ENGINE.figures(clock().date())] == ["0", "0", "0", "1"]


def test_files_are_read_by_applicant_and_officers_of_the_office_only(town: make.Town) -> None:
    case = make.submit(town.siti).case
    make_area("35.05.11.1006", name="Bence")
    stranger = make_officer(office_code="35.05.11.1006", permissions=("cases.check",))

    def may(citizen: object = None, officer: object = None, case_id: str = str(case.pk)) -> bool:
        return can_read_file(SimpleNamespace(citizen=citizen, officer=officer), case_id)  # type: ignore[arg-type]  # a stand-in

    assert may(citizen=town.siti)
    assert may(officer=town.operator)
    assert may(officer=town.head)
    assert not may(citizen=town.newcomer)
    assert not may(officer=stranger)
    assert not may()
    assert not may(citizen=town.siti, case_id="not-an-id")
    assert readers.may_read(SimpleNamespace(citizen=town.siti, officer=None), "cases.case", str(case.pk))  # type: ignore[arg-type]  # a stand-in


def test_case_of_another_office_or_citizen_looks_absent(town: make.Town) -> None:
    case = make.submit(town.siti).case
    make_area("35.05.11.1006", name="Bence")
    stranger = make_officer(office_code="35.05.11.1006", permissions=("cases.check",))
    assert queries.case_for_citizen(town.siti, case.number.lower()) == case
    assert queries.case_for_officer(town.operator, str(case.pk)) == case
    for refused in (
        lambda: queries.case_for_citizen(town.newcomer, case.number),
        lambda: queries.case_for_citizen(town.siti, "SKU"),
        lambda: queries.case_for_officer(stranger, case.pk),
        lambda: queries.case_for_officer(town.operator, "x"),
    ):
        with pytest.raises(NotFound):
            refused()


def test_desk_costs_the_same_whatever_happened_before(town: make.Town, run_jobs) -> None:
    first = make.submit(town.siti).case
    again = actions.repair(
        by=town.siti,
        case=make.returned(town, make.PURPOSE_TARGET),
        answers={**make.ANSWERS, "purpose": "Mengajukan KUR di Bank Jatim"},
    )
    officer = town.operator
    assert cost(first, officer) == cost(again, officer) - 1  # what came with the last repair


def cost(case: Case, officer: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        queries.desk(case, officer)  # type: ignore[arg-type]  # a stand-in
    return len(captured)


def test_progress_shows_what_is_done_open_and_ahead(town: make.Town) -> None:
    case = make.checked(town)
    assert [(line.act, line.state, line.actor_name) for line in queries.progress(case)] == [
        ("check", "done", "Sri W."),
        ("approve", "open", ""),
        ("print", "ahead", ""),
        ("hand_over", "ahead", ""),
    ]


def test_register_lists_cases_without_personal_data(town: make.Town) -> None:
    case = make.submit(town.siti).case
    rows = queries.register_rows(
        town.operator, office_code=make.SAWENTAR, since=case.filed_at, until=datetime(2100, 1, 1, tzinfo=UTC)
    )
    text = "".join(exports.register_csv(rows))
    assert case.number in text
    assert "Siti" not in text
    assert "3505105708950001" not in text
    with pytest.raises(NotFound):
        list(queries.register_rows(town.operator, office_code="other", since=NOW, until=NOW))


def test_register_gives_a_spreadsheet_no_formula() -> None:
    row = dict.fromkeys(exports.COLUMNS, "=cmd()")
    assert "'=cmd()" in list(exports.register_csv([row]))[1]


def test_published_letter_of_an_unknown_case_is_refused_without_trace() -> None:
    with pytest.raises(NotFound):
        owners.tell("cases.case", "01a1ff54-4dd0-78ef-bfbf-c77113871675", "x")
