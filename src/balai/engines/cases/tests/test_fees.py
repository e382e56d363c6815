"""What is paid: said where it is paid, and not at all of a case that came to nothing."""

from __future__ import annotations

import pytest

from balai.engines.cases import actions
from balai.engines.cases.rules import fees
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import citizen_client


def test_nothing_to_pay_is_said_in_one_word() -> None:
    assert fees.text_of(make.service().fee) == "Gratis"


@pytest.mark.django_db
def test_page_says_gratis_once_and_no_fee_of_a_rejected_case(town: make.Town) -> None:
    case, client = make.checked(town), citizen_client(town.siti)
    html = client.get(case.get_absolute_url()).content.decode()
    assert (html.count("Gratis"), html.count("Rp0")) == (1, 0)
    actions.reject(by=town.head, case=case, reason_code="not_true")
    assert "Gratis" not in client.get(case.get_absolute_url()).content.decode()
