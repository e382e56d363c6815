"""The checking sheet as it is sent: what a tick, or none, means."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import VerdictGiven
from balai.engines.cases.forms.officer import verdicts_given
from balai.engines.cases.rules import checking
from balai.engines.cases.tests import factories as make

PURPOSE = checking.field("purpose")
pytestmark = pytest.mark.django_db


def test_repaired_answer_without_a_new_mark_has_passed() -> None:
    town = make.make_town()
    case = make.returned(town, PURPOSE)
    answers = {**case.answers.clear, "purpose": "Mengajukan KUR di Bank Jatim"}
    case = actions.repair(by=town.siti, case=case, answers=answers)
    lines = queries.check_lines(case, queries.definition_of(case))
    assert verdicts_given(lines, QueryDict()) == [VerdictGiven(PURPOSE, is_ok=True)]


def test_answer_never_marked_needs_no_verdict() -> None:
    town = make.make_town()
    case = make.submit(town.siti).case
    lines = queries.check_lines(case, queries.definition_of(case))
    assert verdicts_given(lines, QueryDict()) == []
