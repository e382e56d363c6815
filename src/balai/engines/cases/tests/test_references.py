"""A letter of the village as a requirement elsewhere: chosen from the wallet, seen as it stands today."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

import pytest

from balai.catalogue.schema import ServiceDefinition
from balai.documents import actions as documents
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import VerdictGiven
from balai.engines.cases.engine import can_read_letter
from balai.engines.cases.errors import FileNotAsked, LetterRefused, RequirementMissing
from balai.engines.cases.forms import application as filling
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access, checking
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.pages import citizen_client, officer_client
from balai.engines.cases.tests.signing import RunJobs, issued, letter_of, signing

__all__ = ["signing"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signing")]
LETTER = {
    "id": "statement",
    "title": "Surat keterangan usaha",
    "kind": "letter",
    "service": "village/business-statement",
    "or_upload": True,
    "reasons": ["unreadable"],
}
STATEMENT = checking.requirement("statement")


def permit(**changes: object) -> ServiceDefinition:
    """A service that wants the business statement."""
    steps = [process.CHECK, process.APPROVE]
    return process.with_steps(*steps, requirement=[{**LETTER, **changes}])


def referring(town: make.Town, source: Case, **changes: object) -> Case:
    """Siti's application that refers to her letter."""
    letters = {"statement": letter_of(source).pk}
    return make.submit(town.siti, service=permit(**changes), uploads={}, letters=letters).case


def test_letter_from_the_wallet_answers_the_requirement(town: make.Town, run_jobs: RunJobs) -> None:
    source = issued(town, run_jobs)
    case = referring(town, source, or_upload=False)
    (line,) = [line for line in queries.desk(case, town.operator).lines if line.requirement]
    assert line.letter is not None
    assert (line.letter.is_valid, line.letter.state) == (True, "Asli dari sistem, masih berlaku")
    verdict = VerdictGiven(STATEMENT, is_ok=True)
    case = actions.record_verdicts(by=town.operator, case=case, verdicts=[verdict])
    assert actions.forward(by=town.operator, case=case).steps.get(step_id="approve").state == "open"


def test_letter_that_is_revoked_later_is_seen_as_revoked(town: make.Town, run_jobs: RunJobs) -> None:
    source = issued(town, run_jobs)
    case = referring(town, source)
    documents.revoke(by=town.head, letter=letter_of(source), code="content-wrong")
    page = officer_client(town.operator).get(f"/meja/berkas/{case.pk}/").content.decode()
    assert "Sudah dicabut:" in page
    with pytest.raises(LetterRefused):
        referring(town, source)


def test_letter_of_another_or_of_another_service_is_refused(town: make.Town, run_jobs: RunJobs) -> None:
    letters = {"statement": letter_of(issued(town, run_jobs)).pk}
    with pytest.raises(LetterRefused):
        make.submit(town.newcomer, service=permit(), uploads={}, letters=letters)
    with pytest.raises(LetterRefused):
        make.submit(town.siti, service=permit(service=make.WET_ID), uploads={}, letters=letters)


def test_nothing_or_a_scan_where_only_the_letter_counts_is_refused(town: make.Town) -> None:
    with pytest.raises(RequirementMissing):
        make.submit(town.siti, service=permit(), uploads={})
    sent = {"statement": [make.photo(town.siti)]}
    with pytest.raises(FileNotAsked):
        make.submit(town.siti, service=permit(or_upload=False), uploads=sent)
    assert make.submit(town.siti, service=permit(), uploads=sent).number


def test_faulty_scan_is_repaired_with_the_letter(town: make.Town, run_jobs: RunJobs) -> None:
    source = issued(town, run_jobs)
    sent = {"statement": [make.photo(town.siti)]}
    case = make.submit(town.siti, service=permit(), uploads=sent).case
    fault = VerdictGiven(STATEMENT, is_ok=False, reason_code="unreadable")
    case = actions.record_verdicts(by=town.operator, case=case, verdicts=[fault])
    case = actions.return_for_repair(by=town.operator, case=case)
    page = citizen_client(town.siti).get(f"{case.get_absolute_url()}perbaiki/").content.decode()
    assert letter_of(source).number.text in page  # type: ignore[union-attr]  # an issued letter has one
    letters = {"statement": letter_of(source).pk}
    case = actions.repair(by=town.siti, case=case, answers=make.ANSWERS, letters=letters)
    assert (queries.files_of(case), list(queries.referred_letters(case))) == ([], ["statement"])


def test_related_cases_are_listed_for_both_and_the_letter_is_read_by_whoever_sees_the_case(
    town: make.Town, run_jobs: RunJobs
) -> None:
    source = issued(town, run_jobs)
    case = referring(town, source)
    stranger = process.somebody(access.RECOMMEND, "35.05.10")
    request = SimpleNamespace(citizen=None, officer=stranger)
    assert not can_read_letter(request, str(source.pk))  # type: ignore[arg-type]  # a stand-in
    case.steps.update(office_code="35.05.10")
    assert can_read_letter(request, str(source.pk))  # type: ignore[arg-type]  # a stand-in
    mine = [(each.number, each.how) for each in queries.related_of_citizen(case)]
    assert mine == [(source.number, "suratnya dipakai di sini")]
    (seen,) = queries.related_for_officer(case, stranger)
    assert (seen.number, seen.url) == (source.number, "")
    (back,) = queries.related_for_officer(source, town.operator)
    assert (back.number, back.how) == (case.number, "memakai surat dari berkas ini")


def test_page_offers_the_letter_and_api_takes_it(
    town: make.Town, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = letter_of(issued(town, run_jobs))
    service = permit()
    serve(monkeypatch, service)
    url = f"/layanan/{service.slug}/ajukan/requirements/"
    browser = citizen_client(town.siti)
    filling.keep(replace(filling.open_application(town.siti, service), answers=make.ANSWERS))
    page = browser.get(url).content.decode()
    assert letter.number.text in page  # type: ignore[union-attr]  # an issued letter has one
    assert browser.post(url, {"letter.statement": "upload"}).status_code == 400
    assert browser.post(url, {"letter.statement": str(letter.pk)}).status_code == 302
    assert str(letter.pk) in browser.get(url).content.decode()
    sent = {"service": service.slug, "answers": make.ANSWERS, "letters": {"statement": str(letter.pk)}}
    receipt = Caller(town.siti).post("/cases", status=201, **sent)
    case = Case.objects.get(pk=UUID(receipt["id"]))
    assert case.references.get().letter_id == letter.pk


def serve(monkeypatch: pytest.MonkeyPatch, service: ServiceDefinition) -> None:
    """Let the running catalogue hold this definition in place of the one at its address."""
    from balai.catalogue import running  # noqa: PLC0415 - only this test changes it

    catalogue = running.current()
    monkeypatch.setitem(catalogue._by_slug, service.slug, service)  # type: ignore[arg-type]  # a dict inside
    monkeypatch.setitem(catalogue._by_id, service.id, service)  # type: ignore[arg-type]  # a dict inside


def test_missing_letter_says_that_a_scan_is_enough_and_keeps_the_help(
    town: make.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = permit(help="Surat dari desa lain juga berlaku.")
    serve(monkeypatch, service)
    filling.keep(replace(filling.open_application(town.siti, service), answers=make.ANSWERS))
    page = citizen_client(town.siti).get(f"/layanan/{service.slug}/ajukan/requirements/").content.decode()
    said = ("Surat dari desa lain juga berlaku.", "Cukup kirim foto atau PDF", "ajukan suratnya dahulu")
    assert [text for text in said if text not in page] == []
