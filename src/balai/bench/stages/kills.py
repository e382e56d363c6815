"""A town for the crash rounds: citizens ready to send, officers with tokens; and what it holds afterwards."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import connection

from balai.audit.verification import JournalAltered, verify
from balai.bench.stages.applications import applications
from balai.bench.stages.sending import send
from balai.files import queries as files
from balai.files.encryption import StoredFileDamaged
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.models import Officer

# Signed in ink: its letters are made by a job, which is what the worker is killed in.
SERVICE = "village/domicile-statement"
ROLES = {"check": "village-operator", "decide": "village-head", "shelve": "village-operator"}
SCOPES = ("desk:read", "desk:work")
# Readers that make nobody wait: people work on while the town is looked at.
SNAPSHOT = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def kills(count: int, officers: int) -> dict[str, Any]:
    """So many applications, and tokens of so many officers for each tray of the office they go to."""
    made = applications(count + 1, SERVICE)
    send(made[0])
    places = {_id(pk): office for pk, office in _rows("SELECT id, office_code FROM cases_case")}
    office_code = places[_id(made[0]["case_id"])]
    tokens = {
        tray: [_token(f"{tray}-{number}", role, office_code) for number in range(officers)]
        for tray, role in ROLES.items()
    }
    return {"applications": made[1:], "tokens": tokens, "before": list(places)}


def _token(name: str, role: str, office_code: str) -> str:
    officer = people.create_officer(by=SYSTEM, login_name=f"petugas-{name}", name="Petugas Ukur")
    people.assign_role(by=SYSTEM, officer=officer, role_code=role, office_code=office_code)
    account = Officer.objects.get(pk=officer.pk).account
    return people.issue_token(by=SYSTEM, account=account, scopes=SCOPES, days=1)


def kept() -> dict[str, Any]:
    """Everything that the crash rounds look at, as plain values of one instant."""
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[connection.vendor])
    try:
        return _kept()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")


def _kept() -> dict[str, Any]:
    return {
        "cases": {
            _id(pk): [number, state]
            for pk, number, state in _rows("SELECT id, number, state FROM cases_case")
        },
        "events": _counted("SELECT case_id, kind, count(*) FROM cases_event GROUP BY case_id, kind"),
        "journal": _counted(
            "SELECT about_id, event, count(*) FROM audit_entry WHERE about_label = 'cases.case'"
            " GROUP BY about_id, event"
        ),
        "open_steps": _counted(
            "SELECT case_id, step_id, count(*) FROM cases_casestep WHERE state = 'open'"
            " GROUP BY case_id, step_id"
        ),
        "open_items": _counted(
            "SELECT subject_id, kind, count(*) FROM work_workitem WHERE subject_label = 'cases.case'"
            " AND state IN ('open', 'paused') GROUP BY subject_id, kind"
        ),
        "letters": [
            [_id(owner), state, number, bool(told)]
            for owner, state, number, told in _rows(
                "SELECT owner_id, state, number_id, told_at FROM documents_letter"
                " WHERE owner_label = 'cases.case'"
            )
        ],
        "numbers": _numbers(),
        "messages": [
            list(row)
            for row in _rows(
                "SELECT key, state, about_id FROM notify_message WHERE about_label = 'cases.case'"
            )
        ],
        "jobs": [
            list(row)
            for row in _rows(
                "SELECT name, state, attempts, last_error FROM runtime_job WHERE NOT (key = 'periodic')"
            )
        ],
        "bad_files": _bad_files(),
        "journal_fault": _journal_fault(),
    }


def _numbers() -> list[dict[str, Any]]:
    """Each series with its counter and the state of every number."""
    states: dict[int, dict[int, str]] = defaultdict(dict)
    for series, sequence, state in _rows("SELECT series_id, sequence, state FROM documents_number"):
        states[series][sequence] = state
    return [
        {
            "last": last,
            "states": [states[pk].get(at + 1, "missing") for at in range(last)],
            "rows": len(states[pk]),
        }
        for pk, last in _rows("SELECT id, last FROM documents_series")
    ]


def _bad_files() -> list[str]:
    """Published letters whose stored bytes are gone or are not those that the row speaks of."""
    bad = []
    for (upload_id,) in _rows("SELECT upload_id FROM documents_letter WHERE state = 'published'"):
        found = files.upload(_id(upload_id))
        try:
            content = files.open_content(found) if found else b""
        except (OSError, StoredFileDamaged):
            content = b""
        if found is None or hashlib.sha256(content).hexdigest() != found.sha256:
            bad.append(_id(upload_id))
    return bad


def _journal_fault() -> str:
    try:
        verify()
    except JournalAltered as fault:
        return str(fault)
    return ""


def _counted(query: str) -> list[list[Any]]:
    return [[_id(subject), what, count] for subject, what, count in _rows(query)]


def _id(value: object) -> str:
    return str(UUID(str(value)))


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
