"""The checking sheet as it is sent: what a tick, or none, means."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import VerdictGiven
from balai.engines.cases.forms.officer import sheet, verdicts_given
from balai.engines.cases.rules import checking
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import officer_client

PURPOSE = checking.field("purpose")
pytestmark = pytest.mark.django_db


def test_answers_stand_under_the_titles_of_their_pages(town: make.Town) -> None:
    case = make.submit(town.siti).case
    service = queries.definition_of(case)
    lines = sheet(queries.check_lines(case, service), service, case.answers.clear, {})
    assert list(dict.fromkeys(line.page for line in lines)) == ["", "Data diri", "Usaha Anda"]
    assert {line.page for line in lines if line.is_field} == {"Data diri", "Usaha Anda"}
    page = officer_client(town.operator).get(f"/meja/berkas/{case.pk}/").content.decode()
    assert re.findall(r"<h4>([^<]*)</h4>", page) == ["Data diri", "Usaha Anda"]


def test_repaired_answer_without_a_new_mark_has_passed(town: make.Town) -> None:
    case = make.returned(town, PURPOSE)
    answers = {**case.answers.clear, "purpose": "Mengajukan KUR di Bank Jatim"}
    case = actions.repair(by=town.siti, case=case, answers=answers)
    lines = queries.check_lines(case, queries.definition_of(case))
    assert verdicts_given(lines, QueryDict()) == [VerdictGiven(PURPOSE, is_ok=True)]


def test_answer_never_marked_needs_no_verdict(town: make.Town) -> None:
    case = make.submit(town.siti).case
    lines = queries.check_lines(case, queries.definition_of(case))
    assert verdicts_given(lines, QueryDict()) == []


def test_answer_is_offered_reasons_about_answers_before_those_about_files(town: make.Town) -> None:
    case = make.submit(town.siti).case
    lines = queries.check_lines(case, queries.definition_of(case))
    offered = {line.target: [reason.code for reason in line.reasons] for line in lines}
    assert "unreadable" in offered[make.PHOTO_TARGET]
    assert offered[make.PURPOSE_TARGET][:3] == ["differs_from_record", "incomplete", "unclear"]
    assert "unreadable" in offered[make.PURPOSE_TARGET]
