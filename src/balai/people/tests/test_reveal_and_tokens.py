"""Opening masked values, and tokens of the API."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from balai.audit.queries import readings_about
from balai.kernel.references import SYSTEM
from balai.people import actions, queries
from balai.people.errors import OutsideArea
from balai.people.models import ApiToken
from balai.people.tests.factories import (
    BENCE,
    SITI,
    SITI_NIK,
    make_citizen,
    make_officer,
    make_person,
    make_proven_citizen,
)
from balai.runtime.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["nik", "kk", "birth_on", "phone"])
def test_revealed_value_is_clear_and_the_person_can_read_who_looked(officer, field):
    person = make_person()
    value = actions.reveal(by=officer, person_or_citizen=person, field=field, purpose="case_check")
    assert value == SITI[field]
    (reading,) = readings_about([person.as_subject()])
    assert (reading.by_name, reading.by_office) == ("Sri Wahyuni", "Kantor Sawentar")
    assert reading.purpose == "Memeriksa berkas permohonan"
    assert SITI[field] not in reading.what


def test_empty_value_reveals_as_empty(officer):
    person = make_person(kk="")
    assert actions.reveal(by=officer, person_or_citizen=person, field="kk", purpose="correction") == ""


def test_claim_is_revealed_to_who_may_reveal_anywhere(officer):
    citizen = make_citizen()
    assert actions.reveal(by=officer, person_or_citizen=citizen, field="nik", purpose="contact") == SITI_NIK


def test_purpose_outside_the_list_reveals_nothing(officer):
    person = make_person()
    with pytest.raises(ValueError, match="curiosity"):
        actions.reveal(by=officer, person_or_citizen=person, field="nik", purpose="curiosity")
    assert list(readings_about([person.as_subject()])) == []


def test_person_of_another_area_is_not_revealed(officer):
    outsider = make_officer(office_code=BENCE)
    for whose in (make_person(), make_proven_citizen(officer=officer)):
        with pytest.raises(OutsideArea):
            actions.reveal(by=outsider, person_or_citizen=whose, field="nik", purpose="case_check")


def test_officer_without_the_permission_reveals_nothing(officer):
    clerk = make_officer(permissions=("cases.check",))
    for whose in (make_person(), make_citizen()):
        with pytest.raises(Forbidden):
            actions.reveal(by=clerk, person_or_citizen=whose, field="nik", purpose="case_check")


@pytest.mark.parametrize("field", ["password", "nik_hash", "name", "contact"])
def test_field_that_is_not_sealed_personal_data_is_not_there(officer, field):
    with pytest.raises(NotFound):
        actions.reveal(by=officer, person_or_citizen=make_person(), field=field, purpose="case_check")


MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def issue(account, days=30):
    return actions.issue_token(
        by=SYSTEM, account=account, scopes=["cases:write", "catalogue:read"], days=days
    )


def test_token_speaks_for_its_account_within_its_scopes():
    account = make_citizen().account
    holder = queries.token_account(issue(account))
    assert holder.account == account
    assert holder.scopes == {"cases:write", "catalogue:read"}


def test_token_ends_with_its_days(frozen_clock):
    clock = frozen_clock(MORNING)
    secret = issue(make_citizen().account, days=1)
    clock.move(hours=23, minutes=59)
    assert queries.token_account(secret)
    clock.move(minutes=1)
    assert queries.token_account(secret) is None


def test_revoked_token_speaks_for_nobody():
    secret = issue(make_citizen().account)
    actions.revoke_token(by=SYSTEM, token=ApiToken.objects.get())
    assert queries.token_account(secret) is None


def test_token_of_a_closed_account_speaks_for_nobody():
    account = make_citizen().account
    secret = issue(account)
    actions.set_active(by=SYSTEM, account=account, is_active=False)
    assert queries.token_account(secret) is None


@pytest.mark.parametrize("secret", ["", "balai_", "balai_x"])
def test_unknown_token_speaks_for_nobody(secret):
    issue(make_citizen().account)
    assert queries.token_account(secret) is None


def test_token_is_kept_as_a_hash():
    secret = issue(make_citizen().account)
    assert secret not in repr(ApiToken.objects.values().get())


@pytest.mark.parametrize(("scopes", "days"), [([], 30), (["x"], 0), (["x"], 367)])
def test_token_without_scope_or_end_is_refused(scopes, days):
    with pytest.raises(ValueError, match="token"):
        actions.issue_token(by=SYSTEM, account=make_citizen().account, scopes=scopes, days=days)
