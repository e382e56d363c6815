"""Filling in and sending, page by page and without scripts."""

from __future__ import annotations

import pytest

from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import (
    citizen_client,
    fill_all_pages,
    form_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def test_form_walks_from_start_to_slip_without_scripts() -> None:
    town = make.make_town()
    client = citizen_client(town.siti)
    review = fill_all_pages(client)
    html = client.get(review).content.decode()
    assert [
        text for text in ("Warung Bu Siti", "Rp0", "1 hari kerja", "warung.jpg") if text not in html
    ] == []
    answer = client.post(review, form_in(html, "berkas").values)
    case = Case.objects.get()
    assert answer["Location"] == f"/saya/berkas/{case.number}/bukti/"
    slip = client.get(answer["Location"]).content.decode()
    assert case.number in slip
