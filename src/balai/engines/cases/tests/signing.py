"""The signing of a case's letter as `documents` does it, with a partner that signs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from balai.documents import actions as documents
from balai.documents import queries as letters
from balai.documents.models import Letter, Turn
from balai.documents.permissions import INITIAL
from balai.documents.tests.partner import PASSPHRASE, give_certificate, partner, signing_here
from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import Town
from balai.people.models import Citizen, Officer
from balai.people.tests.factories import make_officer
from balai.runtime.jobs import run_due

RunJobs = Callable[[], int]
INK = "ink"


@pytest.fixture
def signing(db: None) -> Iterator[None]:
    """Batches are signed before `begin_batch` returns."""
    partner()
    with signing_here():
        yield


def secretary() -> Officer:
    """Who initials in Sawentar."""
    return make_officer(name="Hendra Gunawan", permissions=(INITIAL,), office_code=make.SAWENTAR)


def forwarded(town: Town, *, by: Citizen | None = None, delivery: str = "pickup") -> Case:
    """A case whose letter waits for its first turn."""
    sent = make.submit(by or town.siti, service=make.certified(), delivery=delivery)
    return actions.forward(by=town.operator, case=make.judge(town.operator, sent.case))


def letter_of(case: Case) -> Letter:
    """The letter that the case waits for or has."""
    found = letters.letter(case.letter_id) if case.letter_id else None
    assert found is not None
    return found


def turn_of(case: Case) -> Turn:
    """The open turn at its letter."""
    found = letters.open_turn(letter_of(case))
    assert found is not None
    return found


def initialled(case: Case, run_jobs: RunJobs, by: Officer | None = None) -> Case:
    """Read and found right."""
    documents.initial(by=by or secretary(), turn=turn_of(case))
    run_jobs()
    return fresh(case)


def signed(case: Case, head: Officer, run_jobs: RunJobs) -> Case:
    """Signed with a certificate, and told."""
    if not head.credentials.exists():
        give_certificate(head)
    documents.begin_batch(by=head, turns=[turn_of(case)], passphrase=PASSPHRASE)
    run_jobs()
    return fresh(case)


def issued(town: Town, run_jobs: RunJobs, *, delivery: str = "pickup") -> Case:
    """A case of Siti's whose certified letter is out; the module's where one stands (`letters_out`)."""
    if delivery in town.letters_out:
        return _standing(town, delivery)
    return signed(initialled(forwarded(town, delivery=delivery), run_jobs), town.head, run_jobs)


def in_ink(town: Town, run_jobs: RunJobs) -> Case:
    """A case of Siti's whose letter is out and waits for a pen; the module's where one stands."""
    if INK in town.letters_out:
        return _standing(town, INK)
    case = make.decided(town)
    run_jobs()
    return fresh(case)


def put_out(town: Town, *kinds: str) -> None:
    """Let a case of each kind stand among the module's rows; a test takes each of them once."""

    def run_jobs() -> int:
        return run_due(100, raise_errors=True)

    with signing_here():
        for kind in kinds:
            case = in_ink(town, run_jobs) if kind == INK else issued(town, run_jobs, delivery=kind)
            town.letters_out[kind] = case.pk


def _standing(town: Town, kind: str) -> Case:
    return Case.objects.select_related("applicant").get(pk=town.letters_out.pop(kind))


def fresh(case: Case) -> Case:
    """The case as it stands now."""
    return Case.objects.select_related("applicant").get(pk=case.pk)
