"""From a decided case to a letter: who signs, until when it holds, and asking `documents` for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from balai.catalogue.schema.conditions import holds
from balai.documents import actions as documents
from balai.engines.cases.queries.finding import filed_on
from balai.engines.cases.queries.letters import letter_data
from balai.engines.cases.rules.letters import add_months
from balai.government import current as government
from balai.region import queries as region

if TYPE_CHECKING:
    from balai.documents.models import Letter
    from balai.engines.cases.actions.acts import Move
    from balai.people.models import Officer
    from balai.region.models import Office


def request_letter(move: Move) -> Letter | None:
    """Ask for the letter that the definition promises, in this transaction; None when it promises none."""
    case, service, output = move.case, move.service, move.service.output
    answers, day = case.answers.clear, filed_on(case)
    if output.kind != "letter" or not holds(output.when, answers, day):
        return None
    today = move.at.astimezone(ZoneInfo(government().zone)).date()
    office = region.office(case.office_code)
    until = add_months(today, output.valid_months) if output.valid_months else None
    return documents.request_letter(
        by=move.by.as_actor(),
        owner=case.as_subject(),
        office_code=case.office_code,
        title=output.title,
        classification=service.classification_on(today).code,
        pattern=government().letter_number_pattern(case.office_code),
        files=service.files,
        data=letter_data(service, answers, number=case.number, filed_on=day),
        signer=_signer(move.by, office),
        valid_until_on=until,
        book=output.number_book or "letters-out",
        template=output.template or "letter.typ",
    )


def _signer(officer: Officer, office: Office | None) -> documents.Signer:
    """The officer under the title of the office's head ("Kepala Desa Sawentar"), unless she has her own."""
    place = region.area(office.area_code) if office and office.area_code else None
    of_office = " ".join(filter(None, (office.head_title if office else "", place.name if place else "")))
    return documents.Signer(name=officer.name, title=officer.title or of_office, nip=officer.nip)
