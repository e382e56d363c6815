"""What the applicant's pages say first of all once her letter was revoked."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.tests import signing as by_turns
from balai.engines.cases.tests.factories import Town
from balai.engines.cases.tests.pages import citizen_client
from balai.engines.cases.tests.signing import RunJobs
from balai.engines.cases.tests.signing import signing as signing
from balai.engines.cases.views.tracking import grant_url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "signing")]
TOLD = "Surat ini sudah dicabut."


def first_said(client: Client, url: str) -> str:
    """The page before its first heading of the second rank."""
    html = client.get(url, follow=True).content.decode()
    return str(html[html.index("<h1") :].split("<h2", 1)[0])


def revoked(town: Town, run_jobs: RunJobs) -> Case:
    case = by_turns.issued(town, run_jobs, delivery="download")
    actions.revoke_letter(by=town.head, case=case, code="content-wrong", note="Salah ketik.")
    run_jobs()
    return by_turns.fresh(case)


def test_revoked_letter_is_told_first_with_its_reason_and_what_to_do(town: Town, run_jobs: RunJobs) -> None:
    case = revoked(town, run_jobs)
    for client, url in (
        (citizen_client(town.siti), f"/saya/berkas/{case.number}/"),
        (Client(), grant_url(case.number)),
    ):
        said = first_said(client, url)
        wanted = (TOLD, "Alasannya: Isi surat keliru.", "ajukan lagi")
        assert [text for text in wanted if text not in said] == []
        assert "Salah ketik" not in said


def test_letter_in_force_and_one_that_is_being_replaced_are_not_said_to_be_revoked(
    town: Town, run_jobs: RunJobs
) -> None:
    case = by_turns.issued(town, run_jobs, delivery="download")
    page = f"/saya/berkas/{case.number}/"
    assert TOLD not in first_said(citizen_client(town.siti), page)
    actions.revoke_letter(by=town.head, case=case, code="content-wrong")
    run_jobs()
    case = by_turns.fresh(case)
    actions.replace_letter(by=town.head, case=case, reason_code="content-wrong", fields=())
    assert TOLD not in first_said(citizen_client(town.siti), page)
