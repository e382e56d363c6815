"""Who files, where it belongs, what must come with it, and the PIN by which a paper slip is followed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from balai.catalogue.schema import NoRuleInForce, Requirement, ServiceDefinition
from balai.engines.cases.errors import FileNotAsked, NikNotYours, RequirementMissing, ServiceClosed
from balai.kernel.calendars import Duration
from balai.kernel.names import short_name
from balai.runtime.crypto import lookup_hash

PIN_DIGITS = 6


def answer_to_fact(service: ServiceDefinition, answers: Mapping[str, Any], fact: str) -> str:
    """The answer to the question that asks for a known fact ("name", "area_code"); "" without one."""
    for spec in service.fields:
        if spec.fact == fact and answers.get(spec.id):
            return str(answers[spec.id])
    return ""


def applicant_label(service: ServiceDefinition, answers: Mapping[str, Any], name: str) -> str:
    """Whose application it is, for lists: "Siti A."; `name` is the account's, where no question asks."""
    return short_name(answer_to_fact(service, answers, "name") or name)[:100]


def foreign_nik_fields(
    service: ServiceDefinition, answers: Mapping[str, Any], own_nik: str
) -> tuple[str, ...]:
    """Questions for the applicant's own NIK (`fact = "nik"`) that were answered with another one."""
    return tuple(
        spec.id
        for spec in service.fields
        if spec.fact == "nik" and answers.get(spec.id) not in (None, "", own_nik)
    )


def require_own_nik(service: ServiceDefinition, answers: Mapping[str, Any], own_nik: str) -> None:
    """Raise NikNotYours when somebody files under a NIK that the account does not claim.

    A letter names the person by this answer, and what is proven at the counter is the account's NIK.
    """
    foreign = foreign_nik_fields(service, answers, own_nik)
    if foreign:
        raise NikNotYours(fields=foreign)


def lawful_time(service: ServiceDefinition, answers: Mapping[str, Any], day: date) -> Duration:
    """How long the office may take from a complete application filed on `day`.

    Raises ServiceClosed where no deadline is in force: a promise without a rule is not made up.
    """
    try:
        return service.deadline_on(day, answers).duration
    except NoRuleInForce:
        raise ServiceClosed() from None


def require_files(
    asked: Iterable[Requirement],
    uploads: Mapping[str, Sequence[UUID]],
    letters: Mapping[str, UUID] | None = None,
) -> None:
    """Raise RequirementMissing or FileNotAsked unless files and letters are those that the service asks for.

    `letters` answer requirements of kind letter by reference; nothing is answered twice.
    """
    by_id = {each.id: each for each in asked if each.is_upload}
    referred = letters or {}
    for name, files in uploads.items():
        if files and (name in referred or not _takes(by_id.get(name), len(files))):
            raise FileNotAsked()
    if any(name not in by_id or not by_id[name].is_letter for name in referred):
        raise FileNotAsked()
    given = {name for name, files in uploads.items() if files} | referred.keys()
    missing = [each for each in by_id.values() if each.required and each.id not in given]
    if missing:
        titles = ", ".join(each.title for each in missing)
        raise RequirementMissing(requirements=tuple(each.id for each in missing), titles=titles)


def _takes(asked: Requirement | None, count: int) -> bool:
    return asked is not None and asked.takes_files and count <= asked.max_files


def fingerprint(
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Any],
    delivery: str = "",
    *more: Any,
) -> str:
    """What tells a repeat from another application under the same key. Keyed: answers can be guessed."""
    sent = [service.id, answers, uploads, *([delivery] if delivery else []), *(each for each in more if each)]
    return lookup_hash(json.dumps(sent, sort_keys=True, default=str), context="cases.submit")


def pin_of(case_id: UUID) -> str:
    """The six digits on the slip: derived, never stored, so a lost reply can be answered again.

    HMAC of the case's id under the lookup key, which is the one key of the ring that is never rotated.
    """
    mark = lookup_hash(str(case_id), context="cases.pin")
    return f"{int(mark, 16) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def pin_hash(case_id: UUID, pin: str) -> str:
    """What is stored of a PIN. A keyed hash is enough: whoever has the key could derive the PIN itself."""
    return lookup_hash(f"{case_id}:{pin}", context="cases.pin_hash")


def pin_fits(case_id: UUID, pin: str, stored: str) -> bool:
    """Whether a typed PIN is the one on the slip; in constant time."""
    return hmac.compare_digest(pin_hash(case_id, pin.strip()), stored)


def masked_card_number(number: str) -> str:
    """The last four characters of a card's number behind dots; all dots when it is shorter than eight."""
    letters = "".join(number.split())
    visible = letters[-4:] if len(letters) >= 8 else ""
    return "•" * max(len(letters) - len(visible), 4) + visible
