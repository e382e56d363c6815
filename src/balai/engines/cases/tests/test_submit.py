"""Filing an application, once, however often it is sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.catalogue.forms import FormErrors
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import filing
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import (
    ApplicationIdRefused,
    FileNotAsked,
    IdentityTooLow,
    OfficeNotOnline,
    RequirementMissing,
    ServiceClosed,
)
from balai.engines.cases.models import Case
from balai.engines.cases.rules import checking
from balai.engines.cases.tests import factories as make
from balai.files.errors import FileRefused
from balai.kernel.uuid7 import uuid7
from balai.region.models import Office
from balai.runtime.errors import NotFound, TooMany
from balai.work import queries as work

pytestmark = pytest.mark.django_db

# With one photo: files.attach takes two, sync.once, the limit and the definition (once a process) one each.
STATEMENTS_WITH_A_PHOTO = 12


def test_submit_opens_first_step_with_item_clock_and_journal(town: make.Town) -> None:
    case = make.submit(town.siti).case
    subject = case.as_subject()
    assert case.state == CaseState.SUBMITTED
    assert [step.step_id for step in case.steps.all()] == ["check"]
    (item,) = work.items_of(subject)
    assert (item.kind, item.reference, item.note) == ("check", case.number, "Siti A., Desa Sawentar")
    clock = work.clock(subject, "service")
    assert clock is not None
    assert (clock.amount, clock.unit, clock.state, clock.due_at) == (
        1,
        "working_days",
        "running",
        item.due_at,
    )
    assert Entry.objects.filter(event="cases.submitted", about_id=str(case.pk)).count() == 1
    assert [event.text for event in queries.timeline(case)] == ["Permohonan diterima."]


def test_submit_costs_a_known_number_of_statements(town: make.Town) -> None:
    make.submit(town.siti)
    photo = make.photo(town.siti)
    with CaptureQueriesContext(connection) as captured:
        make.submit(town.siti, uploads={make.PHOTO: [photo]})
    inside = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(inside) == STATEMENTS_WITH_A_PHOTO


def test_submit_stops_for_an_hour_after_sixty(town: make.Town, frozen_clock) -> None:
    frozen_clock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    first = make.submit(town.siti).case
    for number in range(1, filing.FILED_PER_HOUR):
        Case(**{**_columns(first), "id": uuid7(), "number": f"N-{number}"}).save(force_insert=True)
    photo = make.photo(town.siti)
    with pytest.raises(TooMany) as caught:
        make.submit(town.siti, uploads={make.PHOTO: [photo]})
    assert caught.value.retry_after == filing.HOUR
    frozen_clock(datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC))
    assert make.submit(town.siti, uploads={make.PHOTO: [photo]}).is_repeat is False


def _columns(case: Case) -> dict[str, object]:
    return {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}


def test_submit_twice_with_one_key_files_once_and_tells_the_same(town: make.Town) -> None:
    sent = {make.PHOTO: [make.photo(town.siti)]}
    first = make.submit(town.siti, uploads=sent, key="form-1")
    second = make.submit(town.siti, uploads=sent, key="form-1")
    assert (second.number, second.pin, second.is_repeat) == (first.number, first.pin, True)
    assert Case.objects.count() == 1


def test_submit_twice_with_one_id_files_once_even_under_another_key(town: make.Town) -> None:
    case_id = uuid7()
    first = make.submit(town.siti, id=case_id, key="a")
    second = make.submit(town.siti, id=case_id, key="b")
    assert (second.number, second.pin, second.is_repeat) == (first.number, first.pin, True)


def test_submit_refuses_an_id_that_is_somebody_elses_case(town: make.Town) -> None:
    taken = make.submit(town.siti).case.pk
    with pytest.raises(ApplicationIdRefused):
        make.submit(town.newcomer, id=taken)


def test_submit_refuses_an_id_that_is_no_version_7(town: make.Town) -> None:
    with pytest.raises(ApplicationIdRefused):
        make.submit(town.siti, id=type(uuid7())("12345678-1234-4234-8234-123456789012"))


def test_submit_draws_again_when_the_number_is_taken(town: make.Town) -> None:
    draws = iter(["0000001", "0000001", "0000002"])
    first = make.submit(town.siti, digits=lambda: next(draws))
    second = make.submit(town.siti, digits=lambda: next(draws))
    assert first.number != second.number
    assert next(draws, "all drawn") == "all drawn"


def test_pin_is_stored_only_hashed_and_shown_again_to_the_applicant_alone(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    row = Case.objects.filter(pk=receipt.case.pk).values().get()
    assert receipt.pin not in {str(value) for value in row.values()}
    assert actions.receipt_of(town.siti, receipt.case).pin == receipt.pin
    with pytest.raises(NotFound):
        actions.receipt_of(town.newcomer, receipt.case)


def test_submit_without_the_photo_names_it(town: make.Town) -> None:
    with pytest.raises(RequirementMissing) as refused:
        make.submit(town.siti, uploads={})
    assert refused.value.requirements == (make.PHOTO,)
    assert refused.value.sentence == "Masih kurang: Foto tempat usaha."


def test_submit_refuses_files_that_nobody_asked_for(town: make.Town) -> None:
    one, other = make.photo(town.siti), make.photo(town.siti, 9)
    for sent in ({make.PHOTO: [one], "diary": [other]}, {make.PHOTO: [one, other]}):
        with pytest.raises(FileNotAsked):
            make.submit(town.siti, uploads=sent)


def test_submit_refuses_a_file_of_another_citizen(town: make.Town) -> None:
    theirs = make.photo(town.newcomer)
    with pytest.raises(FileRefused):
        make.submit(town.siti, uploads={make.PHOTO: [theirs]})
    assert Case.objects.count() == 0


def test_submit_needs_the_identity_level_of_the_service(town: make.Town) -> None:
    strict = make.service().model_copy(update={"identity": "counter_proven"})
    with pytest.raises(IdentityTooLow):
        actions.submit(
            by=town.newcomer,
            service=strict,
            answers=make.ANSWERS,
            uploads={make.PHOTO: [make.photo(town.newcomer)]},
        )


def test_submit_before_any_deadline_is_in_force_is_refused(town: make.Town, frozen_clock) -> None:
    frozen_clock(datetime(2020, 1, 6, 3, tzinfo=UTC))
    with pytest.raises(ServiceClosed):
        make.submit(town.siti)


def test_submit_to_an_office_that_is_not_online_names_it(town: make.Town) -> None:
    Office.objects.filter(code=make.SAWENTAR).update(is_open=False, name="Kantor Desa Sawentar")
    with pytest.raises(OfficeNotOnline) as refused:
        make.submit(town.siti)
    assert "Kantor Desa Sawentar" in refused.value.sentence


def test_follow_finds_the_case_by_number_and_pin_alone(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    typed = receipt.number.lower().replace("-", " ")
    assert actions.follow(number=typed, pin=f" {receipt.pin} ", address="10.0.0.1") == receipt.case


@pytest.mark.parametrize("pin", ["", "abcdef", "１２３４５６"])
def test_follow_with_a_wrong_pin_looks_like_no_case(town: make.Town, pin: str) -> None:
    receipt = make.submit(town.siti)
    with pytest.raises(NotFound):
        actions.follow(number=receipt.number, pin=pin, address="10.0.0.1")


def test_follow_stops_guessing_however_the_number_is_typed(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    shapes = [receipt.number, receipt.number.lower(), receipt.number.replace("-", " ")]
    for attempt in range(10):
        with pytest.raises(NotFound):
            actions.follow(number=shapes[attempt % 3], pin=wrong, address=f"10.0.0.{attempt}")
    with pytest.raises(TooMany):
        actions.follow(number=f" {receipt.number} ", pin=receipt.pin, address="10.9.9.9")


def test_withdraw_closes_everything_and_only_by_the_applicant(town: make.Town) -> None:
    case = make.submit(town.siti).case
    with pytest.raises(NotFound):
        actions.withdraw(by=town.newcomer, case=case)
    case = actions.withdraw(by=town.siti, case=case)
    assert (case.state, case.is_over) == (CaseState.WITHDRAWN, True)
    assert work.items_of(case.as_subject()) == []
    assert [step.state for step in case.steps.all()] == ["cancelled"]


def test_submit_refuses_the_nik_of_another_and_names_the_field(town: make.Town) -> None:
    with pytest.raises(FormErrors) as refused:
        actions.submit(by=town.newcomer, service=make.service(), answers=make.ANSWERS, uploads={})
    assert {name: faults[0].code for name, faults in refused.value.errors.items()} == {
        "nik": "cases.nik_not_yours"
    }
    assert Case.objects.count() == 0


def test_repair_refuses_the_nik_of_another(town: make.Town) -> None:
    case = make.returned(town, checking.field("nik"))
    other = make.ANSWERS | {"nik": "3505101708950001"}
    with pytest.raises(FormErrors):
        actions.repair(by=town.siti, case=case, answers=other)
