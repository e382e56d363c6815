"""STATUS by SMS: the state goes to the phone that was left with a report, or to who shows the PIN."""

from __future__ import annotations

import pytest

from balai.engines.reports.actions.answering import answer_status
from balai.engines.reports.tests import factories as make
from balai.notify import replies
from balai.notify.models import Address
from balai.notify.replies import Question

pytestmark = pytest.mark.django_db


def asked(rest: str, phone: str = "+6281234567800") -> str:
    question = Question("1", "sms", Address("phone", phone), "STATUS", rest, f"STATUS {rest}")
    reply = answer_status(question)
    return reply.text if reply else ""


def test_the_phone_that_was_left_needs_the_number_alone(town: make.Town) -> None:
    number = make.send(who=make.PHONE).number
    assert "Diterima, menunggu diperiksa" in asked(number, "+6281234567877")
    assert "kirim juga PIN" in asked(number)


def test_a_citizens_own_phone_is_known(town: make.Town) -> None:
    number = make.send(citizen=town.siti).number
    assert "Diterima" in asked(number, town.siti.contact.clear)


def test_every_other_phone_shows_the_pin_and_learns_nothing_without(town: make.Town) -> None:
    receipt = make.send()
    wrong = "000001" if receipt.pin != "000001" else "000002"
    assert "Diterima" in asked(f"no {receipt.number} pin {receipt.pin}")
    assert asked(f"{receipt.number} {wrong}") == asked(f"LAP-2026-0000-0005 {wrong}")


def test_what_everybody_reads_is_told_to_everybody(town: make.Town) -> None:
    report = make.assigned(town)
    assert f"/lapor/{report.number}/" in asked(report.number)


def test_what_is_about_an_application_is_left_to_others(town: make.Town) -> None:
    assert asked("SKU-2026-4831-7762 482910") == ""
    mine = [each.label for each in replies.handlers("STATUS") if each.label.startswith("reports.")]
    assert mine == ["reports.status", "reports.answer"]
