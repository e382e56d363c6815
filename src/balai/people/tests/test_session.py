"""Sessions and who asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from balai.kernel.references import SYSTEM
from balai.people import actions, session
from balai.people.middleware import WhoAsks
from balai.people.models import Account
from balai.people.tests.factories import PASSWORD, enrol, make_citizen, make_officer, make_proven_citizen
from balai.runtime.errors import Forbidden
from balai.runtime.jobs import enqueue

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
store = SessionStore


@pytest.fixture
def clock(frozen_clock):
    return frozen_clock(MORNING)


@pytest.fixture
def citizen(clock):
    return make_citizen()


@pytest.fixture
def officer(clock):
    officer = make_officer()
    enrol(officer)
    return officer


def request_with(key: str | None = None, **headers: str):
    """A request as it leaves WhoAsks, with the session of `key`."""
    request = RequestFactory().get("/", headers=headers)
    request.session = store(key)
    request.user = "what AuthenticationMiddleware left"
    WhoAsks(lambda request: HttpResponse())(request)
    return request


def after(request):
    """The next request of the same browser."""
    request.session.save()
    return request_with(request.session.session_key)


def signed_in(holder):
    request = request_with()
    if hasattr(holder, "nik"):
        session.sign_in_citizen(request, holder)
    else:
        session.sign_in_officer(request, holder)
    return request


def at_the_desk(officer):
    request = after(signed_in(officer))
    session.mark_second_factor(request, officer)
    return request


def test_officer_is_nobody_in_the_very_request_that_signs_out(officer):
    request = after(at_the_desk(officer))
    assert request.officer == officer
    session.sign_out(request)
    assert (request.officer, request.officer_pending) == (None, None)


def test_sessions_that_ran_out_are_forgotten(citizen, run_jobs):
    stale, living = after(signed_in(citizen)), after(signed_in(citizen))
    Session.objects.filter(pk=stale.session.session_key).update(expire_date=MORNING - timedelta(days=400))
    enqueue("people.forget_sessions")
    run_jobs()
    assert list(Session.objects.values_list("pk", flat=True)) == [living.session.session_key]


def test_stranger_is_nobody_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        request = request_with()
        assert (request.citizen, request.officer, request.officer_pending) == (None, None, None)
        assert isinstance(request.user, AnonymousUser)


def test_citizen_is_known_in_one_query_beside_the_session(clock):
    request = signed_in(make_proven_citizen())
    request.session.save()
    with CaptureQueriesContext(connection) as queries_run:
        later = request_with(request.session.session_key)
        assert later.session.get("x") is None  # Django reads the session here
        before = len(queries_run)
        assert later.citizen.person.name == "Siti Aminah"
        assert later.citizen.account.is_active
        assert later.user == later.citizen.account
        assert (later.officer, later.officer_pending) == (None, None)
        assert len(queries_run) - before == 1


def test_account_of_a_session_says_nothing_wrong_about_what_was_not_read(citizen):
    request = signed_in(citizen)
    request.session.save()
    later = request_with(request.session.session_key)
    assert later.citizen.account.created_at == Account.objects.get(pk=citizen.pk).created_at


def test_officer_is_known_in_one_query_beside_the_session(officer):
    request = at_the_desk(officer)
    request.session.save()
    with CaptureQueriesContext(connection) as queries_run:
        later = request_with(request.session.session_key)
        assert later.session.get("x") is None
        before = len(queries_run)
        assert later.officer.account.is_active
        assert later.officer == officer
        assert len(queries_run) - before == 1


def test_page_that_does_not_ask_costs_nothing(citizen, django_assert_num_queries):
    request = signed_in(citizen)
    request.session.save()
    with django_assert_num_queries(0):
        request_with(request.session.session_key)


def test_signing_in_changes_the_key_of_the_session(citizen):
    request = request_with()
    request.session["draft"] = "kept"
    request.session.save()
    before = request.session.session_key
    session.sign_in_citizen(request, citizen)
    assert request.session.session_key != before
    assert request.session["draft"] == "kept"
    assert request.citizen == citizen


def test_citizen_stays_for_thirty_days(citizen, clock):
    request = signed_in(citizen)
    clock.move(days=29, hours=23)
    request = after(request)
    assert request.citizen == citizen
    clock.move(hours=1)
    request = after(request)
    assert request.citizen is None
    assert request.session.is_empty()


def test_officer_is_pending_until_the_second_factor(officer):
    request = after(signed_in(officer))
    assert (request.officer, request.officer_pending) == (None, officer)
    key = request.session.session_key
    session.mark_second_factor(request, officer)
    assert request.session.session_key != key
    assert (request.officer, request.officer_pending) == (officer, None)
    assert after(request).officer == officer


def test_second_factor_of_one_session_opens_no_other(officer):
    at_the_desk(officer)
    assert after(signed_in(officer)).officer is None


def test_second_factor_cannot_be_marked_in_another_officers_session(officer):
    request = signed_in(make_officer(name="Bambang"))
    with pytest.raises(Forbidden):
        session.mark_second_factor(request, officer)


def test_signing_in_again_asks_for_the_second_factor_again(officer):
    request = at_the_desk(officer)
    session.sign_in_officer(request, officer)
    assert (request.officer, request.officer_pending) == (None, officer)


def test_officer_who_enrols_in_this_session_has_the_desk(clock):
    officer = make_officer()
    request = signed_in(officer)
    assert request.officer is None
    enrol(request.officer_pending)
    session.mark_second_factor(request, officer)
    assert request.officer == officer


def test_officer_is_signed_out_after_half_an_hour_of_nothing(officer, clock):
    request = at_the_desk(officer)
    clock.move(minutes=29, seconds=59)
    request = after(request)
    assert request.officer == officer
    clock.move(minutes=30)
    request = after(request)
    assert (request.officer, request.officer_pending) == (None, None)


def test_working_officer_is_signed_out_after_twelve_hours(officer, clock):
    request = at_the_desk(officer)
    for _ in range(12 * 3 - 1):
        clock.move(minutes=20)
        request = after(request)
        assert request.officer == officer
    clock.move(minutes=20)
    assert after(request).officer is None


def test_page_that_polls_keeps_nobody_signed_in(officer, clock):
    request = at_the_desk(officer)
    request.session.save()
    for _ in range(2):
        clock.move(minutes=14)
        request = request_with(request.session.session_key, **{"X-Balai-Poll": "1"})
        assert request.officer == officer
        request.session.save()
    clock.move(minutes=2)
    assert after(request).officer is None


def test_seen_is_written_once_a_minute_at_most(officer, clock):
    request = after(at_the_desk(officer))
    clock.move(seconds=59)
    request = after(request)
    assert request.officer == officer
    assert not request.session.modified
    clock.move(seconds=1)
    request = after(request)
    assert request.officer == officer
    assert request.session.modified


def test_new_password_ends_every_session(officer):
    request = at_the_desk(officer)
    actions.set_password(by=SYSTEM, officer=officer, password=PASSWORD + "-baru")
    assert after(request).officer is None


def test_reset_of_the_second_factor_takes_the_desk_away(officer, clock):
    request = at_the_desk(officer)
    actions.reset_totp(by=SYSTEM, officer=officer)
    assert after(request).officer is None
    clock.move(minutes=1)
    enrol(officer)
    assert after(request).officer is None


@pytest.mark.parametrize("kind", ["citizen", "officer"])
def test_closed_account_is_nobody(kind, citizen, officer):
    holder = citizen if kind == "citizen" else officer
    request = signed_in(citizen) if kind == "citizen" else at_the_desk(officer)
    actions.set_active(by=SYSTEM, account=holder.account, is_active=False)
    request = after(request)
    assert (request.citizen, request.officer, request.officer_pending) == (None, None, None)


def test_signing_out_forgets_the_session(citizen):
    request = after(signed_in(citizen))
    request.session["draft"] = "gone"
    session.sign_out(request)
    assert request.citizen is None
    assert "draft" not in request.session
