"""The officer's second factor."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from balai.kernel.references import SYSTEM
from balai.people import actions, totp
from balai.people.errors import SecondFactorEnrolled, SecondFactorRefused
from balai.people.models import Officer
from balai.people.tests.factories import enrol, make_officer
from balai.runtime.errors import TooMany

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock(frozen_clock):
    return frozen_clock(MORNING)


@pytest.fixture
def officer(clock):
    return make_officer()


def code(officer: Officer, *, steps: int = 0) -> str:
    officer.refresh_from_db()
    return totp.code_at(officer.totp_secret.clear, totp.current_step() + steps)


def test_enrolment_counts_only_after_a_first_code(officer):
    enrolment = actions.enrol_totp(by=officer)
    assert enrolment.uri.startswith("otpauth://totp/")
    assert not Officer.objects.get().is_enrolled
    codes = actions.confirm_totp(by=officer, code=totp.code_at(enrolment.secret, totp.current_step()))
    assert Officer.objects.get().is_enrolled
    assert (len(set(codes)), {len(each) for each in codes}) == (10, {11})


def test_enrolment_asked_again_is_the_same_for_ten_minutes(officer, clock):
    first = actions.enrol_totp(by=officer).secret
    clock.move(minutes=9)
    assert actions.enrol_totp(by=officer).secret == first
    clock.move(minutes=1)
    assert actions.enrol_totp(by=officer).secret != first


def test_enrolling_twice_is_refused(officer):
    enrol(officer)
    with pytest.raises(SecondFactorEnrolled):
        actions.enrol_totp(by=officer)


def test_confirming_with_a_wrong_code_is_refused(officer):
    actions.enrol_totp(by=officer)
    with pytest.raises(SecondFactorRefused):
        actions.confirm_totp(by=officer, code="abcdef")
    assert not Officer.objects.get().is_enrolled


def test_secret_and_recovery_codes_stand_nowhere_in_the_clear(officer):
    secret = actions.enrol_totp(by=officer).secret
    codes = actions.confirm_totp(by=officer, code=totp.code_at(secret, totp.current_step()))
    row = repr(Officer.objects.values().get())
    assert [text for text in (secret, *codes) if text in row] == []


def test_code_is_accepted_once(officer, clock):
    enrol(officer)
    clock.move(seconds=60)
    actions.verify_second_factor(by=officer, code=code(officer))
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=code(officer))


def test_code_of_enrolment_is_not_accepted_again(officer):
    enrol(officer)
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=code(officer))


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clock_may_be_one_step_off(officer, clock, steps, accepted):
    enrol(officer)
    clock.move(minutes=10)
    try:
        actions.verify_second_factor(by=officer, code=code(officer, steps=steps))
    except SecondFactorRefused:
        assert not accepted
    else:
        assert accepted


def test_older_code_is_refused_after_a_newer_one(officer, clock):
    enrol(officer)
    clock.move(minutes=10)
    actions.verify_second_factor(by=officer, code=code(officer, steps=1))
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=code(officer))


def test_recovery_code_is_accepted_once_however_it_is_typed(officer):
    codes = enrol(officer)
    actions.verify_second_factor(by=officer, code=codes[3].lower().replace("-", " "))
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=codes[3])
    assert len(Officer.objects.get().recovery_hashes) == 9


def test_recovery_code_of_another_officer_is_refused(officer):
    enrol(officer)
    other = make_officer(name="Bambang Sutejo")
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=enrol(other)[0])


def test_renewed_recovery_codes_replace_the_old(officer):
    old = enrol(officer)
    new = actions.renew_recovery_codes(by=officer)
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=old[0])
    actions.verify_second_factor(by=officer, code=new[0])


def test_officer_without_second_factor_passes_none(officer):
    for typed in ("", "000000"):
        with pytest.raises(SecondFactorRefused):
            actions.verify_second_factor(by=officer, code=typed)


def test_guessing_is_limited(officer, clock):
    enrol(officer)
    clock.move(minutes=10)
    for _ in range(6):
        with pytest.raises(SecondFactorRefused):
            actions.verify_second_factor(by=officer, code="abcdef")
    with pytest.raises(TooMany):
        actions.verify_second_factor(by=officer, code=code(officer))
    clock.move(minutes=5)
    actions.verify_second_factor(by=officer, code=code(officer))


def test_right_codes_are_not_counted_as_guesses(officer, clock):
    enrol(officer)
    for _ in range(10):
        clock.move(seconds=30)
        actions.verify_second_factor(by=officer, code=code(officer))


def test_reset_lets_the_officer_enrol_anew(officer):
    first = enrol(officer)
    actions.reset_totp(by=SYSTEM, officer=officer)
    with pytest.raises(SecondFactorRefused):
        actions.verify_second_factor(by=officer, code=first[0])
    assert len(enrol(officer)) == 10


@pytest.mark.parametrize(("step", "digits"), [(0, "755224"), (1, "287082"), (9, "520489")])
def test_codes_are_those_of_rfc_4226_appendix_d(step, digits):
    assert totp.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", step) == digits
