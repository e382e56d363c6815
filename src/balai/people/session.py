"""Sessions: who signed in, when, and how long that holds.

Citizens stay signed in for 30 days. Officers for 12 hours at most and 30 minutes without doing anything,
and have no desk before their second factor is confirmed in this very session.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from balai import audit
from balai.people.enums import AccountKind
from balai.people.models import Account, Citizen, Officer
from balai.runtime import clock
from balai.runtime.errors import Forbidden

CITIZEN_LIFE = timedelta(days=30)
OFFICER_LIFE = timedelta(hours=12)
OFFICER_IDLE = timedelta(minutes=30)
# How stale the note of the last request may get before it is written anew: one write a minute, not more.
SEEN_GRAIN = timedelta(minutes=1)
# A page that asks for news by itself says so, and does not keep an absent officer signed in.
POLL_HEADER = "X-Balai-Poll"

SIGNED_IN_AT = "people.signed_in_at"
SEEN_AT = "people.seen_at"
SECOND_FACTOR = "people.second_factor"
# What stood beside the account when the session began: only that is joined at every request. A citizen who
# was proven since is still known whole, by one statement more.
BESIDE = "people.beside"
_JOINED = {"person": ("citizen__person",), "officer": ("officer",)}
_EVERYTHING = ("citizen__person", "officer")
_CITIZEN = f"""
SELECT citizen.*, account.password AS account_password, account.is_active AS account_is_active
FROM {Citizen._meta.db_table} AS citizen
JOIN {Account._meta.db_table} AS account ON account.id = citizen.id
WHERE citizen.id = %s
"""  # noqa: S608 (names of our own tables)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in_citizen(request: HttpRequest, citizen: Citizen) -> None:
    """Begin a citizen's session after `actions.confirm_code`; the session's key changes."""
    _begin(request, citizen.account, CITIZEN_LIFE, beside="person" if citizen.person_id else "citizen")


def sign_in_officer(request: HttpRequest, officer: Officer) -> None:
    """Begin an officer's session after `actions.verify_password`.

    Until `mark_second_factor`, `request.officer` stays None and `request.officer_pending` is the officer.
    """
    _begin(request, officer.account, OFFICER_LIFE, beside="officer")


def mark_second_factor(request: HttpRequest, officer: Officer) -> None:
    """Open the desk in this session, after `verify_second_factor` or `confirm_totp` has accepted a code.

    Raises Forbidden when the session is another's.
    """
    if request.session.get(SESSION_KEY) != str(officer.pk):
        raise Forbidden(officer.pk)
    officer.refresh_from_db(fields=["totp_confirmed_at"])
    request.session.cycle_key()
    request.session[SECOND_FACTOR] = _enrolment_mark(officer)
    _forget_asked(request)


def sign_out(request: HttpRequest) -> None:
    """End the session of whoever it is and forget all it held."""
    holder = getattr(request, "citizen", None) or getattr(request, "officer", None)
    if holder is not None:
        audit.record("people.signed_out", by=holder.as_actor(), about=holder.as_subject())
    logout(request)
    _forget_asked(request)


def account_of(request: HttpRequest) -> Account | None:
    """The account of the session while it holds, with its citizen or officer: one query.

    A session that has run out, was signed by an older password, or whose account is closed is flushed.
    """
    session = request.session
    key = session.get(SESSION_KEY)
    if key is None:
        return None
    account = _account(key, session.get(BESIDE, ""))
    if account is None or not _holds(session, account):
        session.flush()
        return None
    if account.kind == AccountKind.OFFICER and POLL_HEADER not in request.headers:
        _note_seen(session)
    return account


def _account(key: str, beside: str) -> Account | None:
    """The account with what stood beside it when the session began, by one statement."""
    if beside == "citizen":
        return _account_of_citizen(key)
    joined = _JOINED.get(beside, _EVERYTHING)
    return next(iter(Account.objects.select_related(*joined).filter(pk=key)), None)


def _account_of_citizen(key: str) -> Account | None:
    """Written in SQL because every page of a signed-in citizen begins with it (a third of the ORM's cost)."""
    wanted = Account._meta.pk.get_db_prep_value(key, connection)
    citizen: Any = next(iter(Citizen.objects.raw(_CITIZEN, [wanted])), None)
    if citizen is None:
        return None
    read = {
        "id": citizen.pk,
        "kind": AccountKind.CITIZEN,
        "is_active": bool(citizen.account_is_active),
        "password": citizen.account_password,
    }
    # Whatever else is wanted of it is fetched then, as of any row that was read in part.
    values = [read[field.attname] for field in Account._meta.concrete_fields if field.attname in read]
    account: Account = Account.from_db(citizen._state.db, read, values)
    account.citizen = citizen
    return account


def has_second_factor(request: HttpRequest, officer: Officer) -> bool:
    """Whether this session has passed the second factor that the officer has now."""
    mark = request.session.get(SECOND_FACTOR)
    return officer.is_enrolled and mark == _enrolment_mark(officer)


def _begin(request: HttpRequest, account: Account, life: timedelta, *, beside: str) -> None:
    request.session.pop(SECOND_FACTOR, None)
    # login() looks whether the request has a user, which must not make WhoAsks judge a half-made session.
    request.__dict__["user"] = account
    login(request, account, backend=_BACKEND)
    now = int(clock.now().timestamp())
    request.session[BESIDE] = beside
    request.session[SIGNED_IN_AT] = now
    request.session[SEEN_AT] = now
    request.session.set_expiry(int(life.total_seconds()))
    _forget_asked(request)


def _holds(session: SessionBase, account: Account) -> bool:
    if (
        session.get(BACKEND_SESSION_KEY) != _BACKEND
        or not account.is_active
        or not _is_signed(session, account)
    ):
        return False
    now = clock.now()
    age = now - _instant(session, SIGNED_IN_AT)
    if account.kind == AccountKind.CITIZEN:
        return age < CITIZEN_LIFE
    return age < OFFICER_LIFE and now - _instant(session, SEEN_AT) < OFFICER_IDLE


def _is_signed(session: SessionBase, account: Account) -> bool:
    """Django's own mark that the password has not changed since (also under a rotated SECRET_KEY)."""
    kept = session.get(HASH_SESSION_KEY, "")
    marks = [account.get_session_auth_hash()]
    if settings.SECRET_KEY_FALLBACKS:
        marks += account.get_session_auth_fallback_hash()
    return any(constant_time_compare(kept, mark) for mark in marks)


def _note_seen(session: SessionBase) -> None:
    now = clock.now()
    if now - _instant(session, SEEN_AT) >= SEEN_GRAIN:
        session[SEEN_AT] = int(now.timestamp())


def _instant(session: SessionBase, name: str) -> datetime:
    return datetime.fromtimestamp(session.get(name, 0), tz=clock.now().tzinfo)


def _enrolment_mark(officer: Officer) -> str:
    """Ties the mark to one enrolment: after a reset every open session is without a second factor."""
    return officer.totp_confirmed_at.isoformat() if officer.totp_confirmed_at else ""


def _forget_asked(request: HttpRequest) -> None:
    """Let WhoAsks look again, should the same request ask after signing in or out."""
    for name in ("account", "citizen", "officer", "officer_pending", "_officer_of_account", "user"):
        request.__dict__.pop(name, None)
