"""An officer's alert contact: hers alone, sealed, and only once its code came back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from balai.audit.models import Entry
from balai.kernel.errors import ValueRefused
from balai.kernel.references import Subject
from balai.notify import addressees
from balai.notify.models import Address, Message
from balai.people import actions, queries
from balai.people.errors import CodeRefused
from balai.people.models import AlertContact, Officer
from balai.people.tests.factories import make_area, make_officer
from balai.runtime.errors import TooMany

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(frozen_clock: Any) -> Any:
    return frozen_clock(NOW)


@pytest.fixture
def sri() -> Officer:
    make_area()
    return make_officer()


def code() -> str:
    newest = Message.objects.latest("created_at", "pk")
    (found,) = re.findall(r"\b\d{6}\b", newest.text.clear)
    return found


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 10**6:06d}"


def where(officer: Officer) -> tuple[Address, ...]:
    found = addressees.of(Subject("people.officer", str(officer.pk)))
    return found.addresses if found else ()


def test_contact_counts_once_its_code_was_typed(sri: Officer) -> None:
    actions.request_alert_contact(by=sri, contact="0812 3456 7801")
    assert where(sri) == ()
    actions.confirm_alert_contact(by=sri, code=code())
    assert where(sri) == (Address("phone", "+6281234567801"),)
    assert Entry.objects.filter(event="people.alert_contact_set", about_id=str(sri.pk)).count() == 1


def test_old_contact_counts_until_the_new_one_is_confirmed(sri: Officer, clock: Any) -> None:
    actions.request_alert_contact(by=sri, contact="081234567801")
    actions.confirm_alert_contact(by=sri, code=code())
    clock.move(minutes=1)
    actions.request_alert_contact(by=sri, contact="sri@contoh.example")
    assert where(sri) == (Address("phone", "+6281234567801"),)
    actions.confirm_alert_contact(by=sri, code=code())
    assert where(sri) == (Address("email", "sri@contoh.example"),)


def test_wrong_old_and_spent_codes_look_alike(sri: Officer, clock: Any) -> None:
    actions.request_alert_contact(by=sri, contact="081234567801")
    right = code()
    for _try in range(5):
        with pytest.raises(CodeRefused):
            actions.confirm_alert_contact(by=sri, code=wrong(right))
    with pytest.raises(CodeRefused):
        actions.confirm_alert_contact(by=sri, code=right)
    actions.request_alert_contact(by=sri, contact="081234567802")
    clock.move(minutes=11)
    with pytest.raises(CodeRefused):
        actions.confirm_alert_contact(by=sri, code=code())
    assert where(sri) == ()


def test_contact_is_removed_with_what_waited(sri: Officer) -> None:
    actions.request_alert_contact(by=sri, contact="081234567801")
    actions.confirm_alert_contact(by=sri, code=code())
    for _again in range(2):
        actions.remove_alert_contact(by=sri)
    assert (where(sri), queries.alert_contact(sri)) == ((), None)
    assert Entry.objects.filter(event="people.alert_contact_removed").count() == 1


def test_closed_account_is_alerted_nowhere(sri: Officer) -> None:
    actions.request_alert_contact(by=sri, contact="081234567801")
    actions.confirm_alert_contact(by=sri, code=code())
    sri.account.is_active = False
    sri.account.save()
    assert where(sri) == ()
    assert addressees.of(Subject("people.officer", "nobody")) is None


def test_nonsense_and_haste_are_refused(sri: Officer) -> None:
    with pytest.raises(ValueRefused):
        actions.request_alert_contact(by=sri, contact="12")
    for number in range(5):
        actions.request_alert_contact(by=sri, contact=f"08123456780{number}")
    with pytest.raises(TooMany):
        actions.request_alert_contact(by=sri, contact="081234567809")


def test_contact_is_sealed_in_the_table(sri: Officer) -> None:
    actions.request_alert_contact(by=sri, contact="081234567801")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {AlertContact._meta.db_table}")  # noqa: S608 (the table's name is our own)
        assert "81234567801" not in str(cursor.fetchall())
