"""What a citizen has staged is read by that citizen alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from balai.files import readers
from balai.people.tests.factories import make_citizen

pytestmark = pytest.mark.django_db


def _request(who: Any) -> Any:
    return SimpleNamespace(citizen=who, officer=None)


def test_staged_file_is_read_by_its_citizen_alone() -> None:
    siti, other = make_citizen(), make_citizen(contact="081234567899")
    subject = siti.as_subject()
    assert readers.may_read(_request(siti), subject.label, subject.id)
    assert not readers.may_read(_request(other), subject.label, subject.id)
    assert not readers.may_read(_request(None), subject.label, subject.id)
