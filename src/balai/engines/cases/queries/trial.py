"""What would come of an application, without filing it: for the examples of the catalogue.

Needs no database: an author checks her letter on a fresh checkout.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from balai.catalogue.schema import ServiceDefinition
from balai.documents import rendering, sources
from balai.engines.cases.queries.letters import letter_data
from balai.engines.cases.rules.filing import answer_to_fact
from balai.engines.cases.rules.letters import add_months
from balai.government import current as government
from balai.kernel.letter_number import render_number
from balai.region import queries as region

NINE = time(9)


def due_working_days(service: ServiceDefinition, answers: Mapping[str, Any], day: date) -> int:
    """Working days from `day` to the deadline; NoRuleInForce when none holds on that day."""
    duration = service.deadline_on(day, answers).duration
    if duration.unit == "working_days":
        return duration.amount
    calendar = region.working_calendar()
    start = calendar.next_open(datetime.combine(day, NINE, ZoneInfo(government().zone)))
    return calendar.days_between(start, duration.due(calendar, start))


def trial_letter(service: ServiceDefinition, answers: Mapping[str, Any], day: date) -> bytes:
    """The letter as a PDF, numbered 1, dated `day`, signed by nobody; RenderFailed, TemplateRefused."""
    town, output = government(), service.output
    template = output.template or "letter.typ"
    office = _office(answer_to_fact(service, answers, "area_code"))
    until = add_months(day, output.valid_months) if output.valid_months else None
    number = render_number(
        town.letter_number_pattern(office["code"]),
        sequence=1,
        classification=service.classification_on(day).code,
        office_code=office["number_code"],
        on=day,
    )
    letter = rendering.letter_facts(title=output.title, number=number, dated_on=day, valid_until_on=until)
    data = {
        **letter_data(service, answers, number=f"{service.code}-{day.year}-0000-0000", filed_on=day),
        "letter": letter,
        "government": {"name": town.name, "short_name": town.short_name, "kind": town.kind},
        "office": office,
        "signer": {"name": "Nama Penanda Tangan", "title": office["head"], "nip": "", "on_behalf": ""},
    }
    return rendering.render(sources.checked(service.files, template), data, template)


def trial_letter_text(service: ServiceDefinition, answers: Mapping[str, Any], day: date) -> str:
    """The words of the trial letter. Reading a PDF needs pypdf, which is among the test requirements."""
    from pypdf import PdfReader  # noqa: PLC0415 (a town in production has no use for it)

    reader = PdfReader(io.BytesIO(trial_letter(service, answers, day)))
    return "\n".join(page.extract_text() for page in reader.pages)


def _office(area_code: str) -> dict[str, Any]:
    """The office of an area as a letterhead shows it, from the government's folder alone."""
    town = government()
    found = next((each for each in town.offices if each.area_code == area_code), town.offices[0])
    district = next((each.name for each in town.offices if each.code == found.parent_code), "")
    place = next((area.name for area in town.areas if area.code == found.area_code), town.short_name)
    return {
        "code": found.code,
        "number_code": found.number_code,
        "name": found.name,
        "kind": found.kind,
        "place": place,
        "lines": [line for line in (f"Pemerintah {town.name}", district, found.name) if line],
        "address": found.address or town.contacts.address,
        "contact": f"Telepon {town.contacts.phone}",
        "head": f"{found.head_title} {place}",
    }
