"""Who reads and answers reports in a demo town: a few people, each at an office that has work to do."""

from __future__ import annotations

import pytest

from balai.demo.town.cast import cast
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.examples import handling_office
from balai.government.loading import folders, serving

ANSWERED = ("jalan-rusak", "sampah-belum-diangkut", "obat-kosong")


@pytest.mark.parametrize("town", [folder.name for folder in folders()])
def test_reception_inspectorate_and_three_agencies_have_officers(town: str) -> None:
    with serving(town):
        found = definitions.current()
        agencies = {handling_office(found.category(slug), found.here) for slug in ANSWERED}
        roles = {office.code: {each.role for each in office.officers} for office in cast().office}
    assert "report-receiver" in roles[found.here.reception]
    assert roles[found.here.inspectorate] == {"inspector"}
    assert len(agencies) == len(ANSWERED)
    assert {code: roles[code] for code in agencies} == {
        code: {"agency-officer", "agency-head"} for code in agencies
    }
