"""The API keeps its own description, whatever is sent to it.

Schemathesis reads /api/openapi.json and sends to every operation what the description allows and what it
forbids, twice: with ids made up, and with ids of the town below, so that what lies behind them is reached.
A short round runs always; `./balai test --deep` runs a long one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from balai.documents.verification.tests import book
from balai.documents.verification.tests.letters import plain
from balai.documents.wallet import actions as wallet
from balai.engines.cases.rules.access import PERMISSIONS
from balai.engines.cases.tests import factories as make
from balai.engines.reports import actions as acts
from balai.engines.reports.enums import Channel
from balai.engines.reports.models import Report
from balai.engines.reports.rules.access import PERMISSIONS as OF_REPORTS
from balai.engines.reports.tests import factories as reports
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.models import Account
from balai.people.tests.factories import make_officer
from balai.runtime.api import Holder, scopes_for
from config.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
pytestmark = pytest.mark.django_db

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
Addresses = Iterator[dict[str, str]]
ROUND: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),
}


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Let the connection outlive each request, as Django's own test client does; nothing is committed."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def town() -> make.Town:
    return make.make_town()


@pytest.fixture
def tokens(town: make.Town) -> dict[str, str]:
    """The headers of each side: an officer who may do everything, and Siti."""
    permissions = (*PERMISSIONS, *OF_REPORTS, "people.prove", "people.reveal")
    officer = make_officer(name="Semua Bisa", permissions=permissions)
    role = officer.assignments.get().role
    reports.make_agency(reports.RECEPTION)
    officer.assignments.create(role=role, office_code=reports.RECEPTION, valid_from="2020-01-01")
    return {"officer": bearer(officer.account, "officer"), "citizen": bearer(town.siti.account, "citizen")}


def bearer(account: Account, holder: Holder) -> str:
    return f"Bearer {people.issue_token(by=SYSTEM, account=account, scopes=scopes_for(holder), days=1)}"


def send(case: schemathesis.Case, tokens: dict[str, str]) -> None:
    """Call with the token of the side that the operation is for, and judge the answer."""
    token = tokens["officer" if "/desk/" in case.path else "citizen"]
    # The client of WSGI applications does not unpack what is compressed.
    case.call_and_validate(headers={"Authorization": token, "Accept-Encoding": "identity"}, checks=CHECKS)


@schema.parametrize()
@settings(max_examples=5, **ROUND)
def test_operation_keeps_its_description(case: schemathesis.Case, tokens: dict[str, str]) -> None:
    send(case, tokens)


@pytest.fixture
def addresses(town: make.Town) -> Addresses:
    """What stands in addresses, in turn: cases of Siti at several stages, a file, a service, her letters."""
    stages = (
        make.submit(town.siti).case,
        make.returned(town, make.PURPOSE_TARGET),
        make.checked(town),
        make.decided(town),
    )
    upload_id, slug = str(make.photo(town.siti)), make.service().slug
    holder = town.siti.as_subject()
    letter = book.publish(plain(), holder_label=holder.label, holder_id=holder.id)
    report = everybodys_report()
    shared = wallet.share(by=town.siti, letter=letter, days=7)
    others = {
        "upload_id": upload_id,
        "slug": slug,
        "code": letter.verification_code,
        "letter_id": str(letter.pk),
        "share_id": str(shared.pk),
        "report_id": str(report.pk),
        "report_number": report.number,
    }
    return cycle({"number": case.number, "case_id": str(case.pk), **others} for case in stages)


def everybodys_report() -> Report:
    """A report that an office has in hand."""
    receiver = make_officer(
        name="Nining Rahayu", office_code=reports.RECEPTION, permissions=("reports.triage",)
    )
    sent = reports.send(photos=0, channel=Channel.PHONE).report
    return acts.assign(by=receiver, report=sent, office_code=reports.RECEPTION)


def aim(case: schemathesis.Case, addresses: Addresses) -> None:
    """Put what there is in place of what was made up."""
    known = next(addresses)
    case.path_parameters = {name: known[name] for name in case.path_parameters}


@schema.parametrize()
@settings(max_examples=5, **ROUND)
def test_operation_keeps_its_description_behind_real_addresses(
    case: schemathesis.Case, tokens: dict[str, str], addresses: Addresses
) -> None:
    aim(case, addresses)
    send(case, tokens)


@pytest.mark.deep
@schema.parametrize()
@settings(max_examples=150, **ROUND)
def test_operation_keeps_its_description_for_long(
    case: schemathesis.Case, tokens: dict[str, str], addresses: Addresses
) -> None:
    send(case, tokens)
    aim(case, addresses)
    send(case, tokens)
