"""Officers: accounts, passwords, roles."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from balai.kernel.errors import ValueRefused
from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.errors import LoginNameRefused, LoginNameTaken, PasswordWeak, SignInRefused, Unknown
from balai.people.models import Assignment, Officer, Role
from balai.people.tests.factories import (
    BENCE,
    KANIGORO,
    PASSWORD,
    SAWENTAR,
    make_area,
    make_officer,
)
from balai.runtime.errors import TooMany

pytestmark = pytest.mark.django_db
IP = "203.0.113.7"
TODAY = date(2026, 11, 23)


@pytest.fixture
def clock(frozen_clock):
    return frozen_clock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.fixture
def officer(clock):
    make_area()
    make_area(BENCE, name="Bence")
    return actions.create_officer(by=SYSTEM, login_name="Sri.Wahyuni", name="Sri Wahyuni", password=PASSWORD)


@pytest.fixture
def role():
    return Role.objects.create(code="operator", name="Petugas", permissions=["cases.check"])


def fresh(officer: Officer) -> Officer:
    return Officer.objects.select_related("account").get(pk=officer.pk)


def test_officer_signs_in_with_name_in_any_case(officer):
    assert actions.verify_password(login_name=" SRI.wahyuni ", password=PASSWORD, ip=IP) == officer


@pytest.mark.parametrize(("name", "password"), [("sri.wahyuni", "salah-sekali"), ("tidak.ada", PASSWORD)])
def test_wrong_password_and_unknown_name_look_alike(officer, name, password):
    with pytest.raises(SignInRefused) as refused:
        actions.verify_password(login_name=name, password=password, ip=IP)
    assert refused.value.sentence == "Nama pengguna atau kata sandi salah."


def test_closed_account_looks_like_a_wrong_password(officer):
    actions.set_active(by=SYSTEM, account=officer.account, is_active=False)
    with pytest.raises(SignInRefused):
        actions.verify_password(login_name="sri.wahyuni", password=PASSWORD, ip=IP)


def test_officer_without_password_cannot_sign_in(clock):
    actions.create_officer(by=SYSTEM, login_name="baru", name="Baru")
    with pytest.raises(SignInRefused):
        actions.verify_password(login_name="baru", password="", ip=IP)


def test_guessing_is_limited_for_each_name(officer, clock):
    for number in range(10):
        with pytest.raises(SignInRefused):
            actions.verify_password(login_name="sri.wahyuni", password="salah", ip=f"203.0.113.{number}")
    with pytest.raises(TooMany):
        actions.verify_password(login_name="sri.wahyuni", password=PASSWORD, ip=IP)
    clock.move(minutes=15)
    assert actions.verify_password(login_name="sri.wahyuni", password=PASSWORD, ip=IP)


def test_guessing_is_limited_for_each_address(officer):
    for number in range(60):
        with pytest.raises(SignInRefused):
            actions.verify_password(login_name=f"tebak{number}", password="salah", ip=IP)
    with pytest.raises(TooMany):
        actions.verify_password(login_name="sri.wahyuni", password=PASSWORD, ip=IP)
    assert actions.verify_password(login_name="sri.wahyuni", password=PASSWORD, ip="203.0.113.8")


@pytest.mark.parametrize("weak", ["pendek", "12345678901234", "sri.wahyuni2026", "qwertyuiop123"])
def test_weak_password_is_refused_with_reasons(officer, weak):
    with pytest.raises(PasswordWeak) as refused:
        actions.set_password(by=SYSTEM, officer=officer, password=weak)
    assert len(refused.value.sentence) > len("Kata sandi belum cukup kuat. ")


def test_weak_password_creates_no_officer(clock):
    with pytest.raises(PasswordWeak):
        actions.create_officer(by=SYSTEM, login_name="baru", name="Baru", password="pendek")


@pytest.mark.parametrize("name", ["", "ab", "1abc", "sri wahyuni", "sri@desa", "x" * 51])
def test_login_name_of_another_shape_is_refused(clock, name):
    with pytest.raises(LoginNameRefused):
        actions.create_officer(by=SYSTEM, login_name=name, name="Sri")


def test_login_name_is_taken_once(officer):
    with pytest.raises(LoginNameTaken):
        actions.create_officer(by=SYSTEM, login_name="sri.wahyuni", name="Sri Lain")


def test_officer_needs_a_name(clock):
    with pytest.raises(ValueRefused):
        actions.create_officer(by=SYSTEM, login_name="baru", name=" ")


def test_role_holds_at_its_office_only(officer, role):
    actions.assign_role(by=SYSTEM, officer=officer, role_code="operator", office_code=SAWENTAR)
    assert officer.office_codes("cases.check") == {SAWENTAR}
    assert officer.office_codes() == {SAWENTAR}
    assert officer.has_permission("cases.check")
    assert officer.has_permission("cases.check", SAWENTAR)
    assert not officer.has_permission("cases.check", BENCE)
    assert not officer.has_permission("cases.decide")
    assert officer.office_codes("cases.decide") == frozenset()


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(1), None, False),
        (TODAY - timedelta(9), TODAY - timedelta(1), False),
        (TODAY - timedelta(9), TODAY + timedelta(9), True),
    ],
)
def test_role_holds_between_its_days(officer, role, first, last, holds):
    actions.assign_role(
        by=SYSTEM,
        officer=officer,
        role_code="operator",
        office_code=SAWENTAR,
        valid_from=first,
        valid_to=last,
    )
    assert officer.has_permission("cases.check") is holds


def test_days_of_a_role_are_the_governments_not_utc(officer, role, clock):
    actions.assign_role(
        by=SYSTEM, officer=officer, role_code="operator", office_code=SAWENTAR, valid_from=TODAY
    )
    clock.set(datetime(2026, 11, 22, 16, 59, tzinfo=UTC))
    assert not fresh(officer).has_permission("cases.check")
    clock.set(datetime(2026, 11, 22, 17, 0, tzinfo=UTC))  # midnight in Jakarta
    assert fresh(officer).has_permission("cases.check")


def test_district_role_covers_villages_only_with_scope_below(clock):
    make_area()
    own = make_officer(office_code=KANIGORO, permissions=["cases.check"])
    below = make_officer(office_code=KANIGORO, permissions=["cases.check"], scope="below")
    assert own.office_codes("cases.check") == {KANIGORO}
    assert below.office_codes("cases.check") == {KANIGORO, SAWENTAR}
    assert (own.covers_area("cases.check", SAWENTAR), below.covers_area("cases.check", SAWENTAR)) == (
        False,
        True,
    )
    assert not below.covers_area("cases.check", BENCE)
    assert not below.covers_area("cases.check", "")


def test_closed_account_holds_nothing(clock):
    officer = make_officer()
    actions.set_active(by=SYSTEM, account=officer.account, is_active=False)
    assert fresh(officer).office_codes() == frozenset()


def test_ended_role_holds_until_the_day_and_not_after(officer, role, clock):
    actions.assign_role(by=SYSTEM, officer=officer, role_code="operator", office_code=SAWENTAR)
    ended = actions.end_assignments(
        by=SYSTEM, officer=officer, role_code="operator", office_code=SAWENTAR, on=TODAY
    )
    assert ended == 1
    assert officer.has_permission("cases.check")
    clock.move(days=1)
    assert not fresh(officer).has_permission("cases.check")


def test_role_that_would_begin_later_is_deleted_when_ended(officer, role):
    actions.assign_role(
        by=SYSTEM,
        officer=officer,
        role_code="operator",
        office_code=SAWENTAR,
        valid_from=TODAY + timedelta(5),
    )
    actions.end_assignments(by=SYSTEM, officer=officer, role_code="operator", office_code=SAWENTAR, on=TODAY)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(("role_code", "office_code"), [("unknown", SAWENTAR), ("operator", "99.99")])
def test_unknown_role_or_office_is_refused(officer, role, role_code, office_code):
    with pytest.raises(Unknown):
        actions.assign_role(by=SYSTEM, officer=officer, role_code=role_code, office_code=office_code)


def test_roles_gone_from_the_folder_lose_their_permissions(officer, role):
    actions.assign_role(by=SYSTEM, officer=officer, role_code="operator", office_code=SAWENTAR)
    Role.objects.create(code="nobody", name="Tanpa orang")
    head = Role(code="head", name="Kepala", permissions=["cases.decide"])
    assert actions.load_roles(by=SYSTEM, roles=[head]) == ["head", "operator", "nobody"]
    assert set(Role.objects.values_list("code", "name")) == {("operator", "Petugas"), ("head", "Kepala")}
    assert fresh(officer).office_codes() == {SAWENTAR}
    assert not fresh(officer).has_permission("cases.check")
    assert actions.load_roles(by=SYSTEM, roles=[head]) == []
