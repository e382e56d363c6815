"""Checking as the tests do it: with the tests' own authorities, at any instant, without a book."""

from __future__ import annotations

from datetime import datetime

from balai.documents.verification.chamber.materials import Materials
from balai.documents.verification.held import HeldFile
from balai.documents.verification.tests.cases import Case, usual
from balai.documents.verification.tests.pki import NOW
from balai.documents.verification.verifying import Trusted, Verdict, verify_held
from balai.runtime import clock


def check(content: bytes, *, moment: datetime = NOW, materials: Materials | None = None) -> Verdict:
    """The verdict on these bytes."""
    whom = Trusted(materials or usual(), frozenset())
    with HeldFile.of(content) as held, clock.reading(lambda: moment):
        return verify_held(held, believe=lambda: whom, with_register=False)


def check_case(case: Case) -> Verdict:
    """The verdict on one of the odd and hostile files."""
    return check(case.make(), moment=case.moment, materials=case.materials() if case.materials else None)
