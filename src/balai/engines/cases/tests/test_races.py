"""What two people do at the same moment, in processes of their own, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from balai.audit.models import Entry
from balai.engines.cases import actions
from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.kernel.uuid7 import uuid7
from balai.runtime.errors import CitizenError
from balai.sync.tests.racing import Arena
from balai.work.models import WorkItem

pytestmark = pytest.mark.django_db(transaction=True)


def sentence_of(act, **facts) -> str:
    """ "" when the act was done, or the sentence of the refusal."""
    try:
        act(**facts)
    except CitizenError as refused:
        return refused.sentence
    return ""


def test_of_two_approvals_at_once_the_second_names_the_first(tmp_path: Path) -> None:
    town = make.make_town()
    case = make.checked(town)
    arena = Arena(tmp_path)
    both = arena.race(
        *(lambda by=by: sentence_of(actions.approve, by=by, case=case) for by in (town.head, town.other_head))
    )
    with arena.entered():
        after = Case.objects.get(pk=case.pk)
        assert after.state == CaseState.APPROVED
        assert Entry.objects.filter(event="cases.approved", about_id=str(case.pk)).count() == 1
        assert sorted(both) == ["", _overtaken(after.decided_by_name)]


def test_of_approval_and_rejection_at_once_one_holds(tmp_path: Path) -> None:
    town = make.make_town()
    case = make.checked(town)
    arena = Arena(tmp_path)
    both = arena.race(
        lambda: sentence_of(actions.approve, by=town.head, case=case),
        lambda: sentence_of(actions.reject, by=town.other_head, case=case, reason_code="not_true"),
    )
    with arena.entered():
        after = Case.objects.get(pk=case.pk)
        done = Entry.objects.filter(about_id=str(case.pk), event__in=["cases.approved", "cases.rejected"])
        assert done.count() == 1
        assert sum(sentence == "" for sentence in both) == 1
        assert any(after.decided_by_name in sentence for sentence in both)


def test_four_submits_of_one_form_at_once_make_one_case(tmp_path: Path) -> None:
    town = make.make_town()
    service, sent, case_id = make.service(), {make.PHOTO: [make.photo(town.siti)]}, uuid7()
    arena = Arena(tmp_path)

    def send() -> tuple[str, str]:
        receipt = actions.submit(
            by=town.siti, service=service, answers=make.ANSWERS, uploads=sent, key="form", id=case_id
        )
        return receipt.number, receipt.pin

    told = arena.race(send, send, send, send)
    with arena.entered():
        case = Case.objects.get()
        assert set(told) == {(case.number, actions.receipt_of(town.siti, case).pin)}
        assert WorkItem.objects.filter(subject_id=str(case.pk)).count() == 1


def test_one_id_under_four_keys_at_once_makes_one_case(tmp_path: Path) -> None:
    """The key was lost with the page, the id was not."""
    town = make.make_town()
    service, sent, case_id = make.service(), {make.PHOTO: [make.photo(town.siti)]}, uuid7()
    arena = Arena(tmp_path)

    def sender(key: str):
        return lambda: (
            actions.submit(
                by=town.siti, service=service, answers=make.ANSWERS, uploads=sent, key=key, id=case_id
            ).number
        )

    told = arena.race(*map(sender, "abcd"))
    with arena.entered():
        assert set(told) == {Case.objects.get().number}


def test_withdrawal_and_approval_at_once_leave_one_outcome(tmp_path: Path) -> None:
    town = make.make_town()
    case = make.checked(town)
    arena = Arena(tmp_path)
    both = arena.race(
        lambda: sentence_of(actions.withdraw, by=town.siti, case=case),
        lambda: sentence_of(actions.approve, by=town.head, case=case),
    )
    with arena.entered():
        after = Case.objects.get(pk=case.pk)
        expected = CaseState.WITHDRAWN if both[0] == "" else CaseState.APPROVED
        assert after.state == expected
        assert sum(sentence == "" for sentence in both) == 1


def _overtaken(who: str) -> str:
    return f"Berkas ini sudah disetujui oleh {who}. Muat ulang untuk melihat keadaannya."
