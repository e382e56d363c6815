"""What is known about people, and to whom it may be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.kernel import nik as nik_rules
from balai.kernel.nik import Nik
from balai.notify.addressees import Addressee
from balai.notify.models import Address
from balai.people.contacts import nik_hash
from balai.people.enums import IdentityLevel, RoleScope
from balai.people.facts import FACTS, SEALED_FACTS
from balai.people.models import (
    Absence,
    Account,
    AlertContact,
    ApiToken,
    Assignment,
    Citizen,
    Officer,
    Person,
    Role,
)
from balai.people.models.officers import AssignmentQuerySet
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash

_CHUNK = 500
_DOUBTS: Mapping[str, str | Promise] = {
    "nik.placeholder": _("Ini nomor sementara dari desa, bukan NIK."),
    "nik.region_unknown": _("Kode kecamatan pada NIK tidak ada di daftar sekarang; mungkin wilayah lama."),
    "nik.birth_differs": _("Tanggal lahir berbeda dari tanggal pada NIK; periksa akta atau biodata."),
    "nik.sex_differs": _("Jenis kelamin berbeda dari yang terbaca pada NIK."),
}


@dataclass(frozen=True)
class NikWarning:
    """A doubt for the officer to look at; it refuses nothing (domain.md §2.2)."""

    code: str
    sentence: str


@dataclass(frozen=True)
class TokenHolder:
    """Whom a token speaks for, and what it may."""

    account: Account
    scopes: frozenset[str]
    token_id: UUID
    expires_at: datetime


def known_facts(citizen: Citizen) -> dict[str, str]:
    """What the town knows about the account's holder, by names of `facts.FACTS`; days as ISO text.

    EMPTY unless an officer has proven the account at a counter (architecture.md, decision 10): who
    merely types a NIK gets nothing, whatever is on record under it.
    """
    if citizen.level != IdentityLevel.COUNTER_PROVEN or citizen.person is None:
        return {}
    return facts_of(citizen.person)


def facts_of(person: Person) -> dict[str, str]:
    """Everything on record about a person, blank facts left out; for officers' packages, not for pages."""
    values = {fact: _clear(person, fact) for fact in FACTS}
    return {fact: value for fact, value in values.items() if value}


def addressee(citizen_id: str) -> Addressee | None:
    """Where a citizen is told of her affairs: her account's contact, and once an officer has proven who she
    is also the phone on record. None when the account is gone or closed.
    """
    try:
        key = UUID(citizen_id)
    except ValueError:
        return None
    rows = Citizen.objects.select_related("account", "person")
    citizen = rows.filter(pk=key, account__is_active=True).first()
    if citizen is None:
        return None
    contact = citizen.contact_value
    usual = Address(contact.kind.value, contact.value)
    phone = known_facts(citizen).get("phone", "")
    recorded = (Address("phone", phone),) if phone.startswith("+62") and phone != usual.value else ()
    return Addressee((usual, *recorded), citizen.name)


def officer_addressee(officer_id: str) -> Addressee | None:
    """Where an officer is alerted: the contact that she set and confirmed herself, and nothing else."""
    try:
        key = UUID(officer_id)
    except ValueError:
        return None
    rows = AlertContact.objects.select_related("officer").filter(pk=key, officer__account__is_active=True)
    kept = rows.first()
    contact = kept.contact if kept is not None else None
    if kept is None or contact is None:
        return None
    return Addressee((Address(contact.kind.value, contact.value),), kept.officer.name)


def alert_contact(officer: Officer) -> AlertContact | None:
    """The officer's alert contact, confirmed or waiting for its code."""
    return AlertContact.objects.filter(officer=officer).first()


def acts_at(office_code: str, day: date) -> frozenset[str]:
    """Every permission that somebody holds at the office on `day`, away or not."""
    return frozenset(act for each in _held_at(office_code, day) for act in each.role.permissions)


def holders(permission: str, office_code: str, day: date, *, even_away: bool = False) -> list[Officer]:
    """Who may do this at the office on `day` and is not recorded as away, by name; `even_away` all."""
    at_office = _held_at(office_code, day)
    held = at_office if even_away else at_office.in_force_on(day)
    found = {each.officer.pk: each.officer for each in held if each.role.grants(permission)}
    return sorted(found.values(), key=lambda each: (each.name, str(each.pk)))


def _held_at(office_code: str, day: date) -> AssignmentQuerySet:
    """Roles that count at the office: its own, and those of the offices above that reach down."""
    codes, office = [office_code], region.office(office_code)
    while office is not None and office.parent_code and office.parent_code not in codes:
        codes.append(office.parent_code)
        office = region.office(office.parent_code)
    held = Assignment.objects.held_on(day).filter(office_code__in=codes, officer__account__is_active=True)
    reaching = Q(office_code=office_code) | Q(role__scope=RoleScope.BELOW)
    return held.filter(reaching).select_related("role", "officer__account")


def person_by_nik(nik: str) -> Person | None:
    """The person on record under a canonical NIK, or None."""
    return Person.objects.filter(nik_hash=nik_hash(nik)).first()


def people_by_nik(niks: Collection[str]) -> dict[str, Person]:
    """People on record under these canonical NIKs, one query for each 500."""
    by_hash = {nik_hash(nik): nik for nik in niks}
    hashes = list(by_hash)
    found: dict[str, Person] = {}
    for start in range(0, len(hashes), _CHUNK):
        people = Person.objects.filter(nik_hash__in=hashes[start : start + _CHUNK])
        found |= {by_hash[person.nik_hash]: person for person in people}
    return found


def nik_warnings(citizen: Citizen, facts: Mapping[str, str]) -> tuple[NikWarning, ...]:
    """Doubts between the account's NIK and clean facts of a card, each with a sentence for the officer."""
    born = facts.get("birth_on")
    codes = nik_rules.warnings(
        Nik.parse(citizen.nik.clear),
        birth_date=date.fromisoformat(born) if born else None,
        sex=facts.get("sex") or None,
        known_districts=region.known_districts(),
        today=local_today(),
    )
    return tuple(NikWarning(code, str(_DOUBTS[code])) for code in codes)


def officer_by_login(login_name: str) -> Officer | None:
    """An officer by login name, or None."""
    rows = Officer.objects.select_related("account")
    return rows.filter(account__login_name=login_name.strip().lower()).first()


def absences_on(day: date) -> list[Absence]:
    """Who is away on `day`, with who stands in."""
    rows = Absence.objects.filter(from_on__lte=day, to_on__gte=day)
    return list(rows.select_related("officer__account", "stand_in__account").order_by("from_on", "pk"))


def absences_of(officer: Officer, day: date) -> list[Absence]:
    """An officer's own absences that are not over on `day`, the next one first."""
    return list(officer.absences.filter(to_on__gte=day).select_related("stand_in").order_by("from_on"))


def absence_of(officer: Officer, absence_id: UUID) -> Absence | None:
    """One of an officer's own absences, or None."""
    rows = officer.absences.select_related("officer__account", "stand_in__account")
    return rows.filter(pk=absence_id).first()


def colleagues_of(officer: Officer, day: date) -> list[Officer]:
    """Others who hold a role on `day` at an office where she holds one, by name.

    Where she is alone, those of the office above: somebody there can always take over.
    """
    offices = {each.office_code for each in officer.assignments.held_on(day)}
    above = {office.parent_code for office in map(region.office, offices) if office and office.parent_code}
    return _others_at(offices, officer, day) or _others_at(above, officer, day)


def _others_at(offices: Collection[str], officer: Officer, day: date) -> list[Officer]:
    held = Assignment.objects.in_force_on(day).filter(office_code__in=offices)
    found = {each.officer.pk: each.officer for each in held.select_related("officer__account")}
    found.pop(officer.pk, None)
    return sorted((each for each in found.values() if each.account.is_active), key=lambda each: each.name)


def seats(permission: str, day: date) -> frozenset[str]:
    """Codes of the offices where somebody whose account is open may do this on `day`, away or not."""
    granting = [role.pk for role in Role.objects.all() if permission in role.permissions]
    held = Assignment.objects.held_on(day).filter(role__in=granting, officer__account__is_active=True)
    return frozenset(code for each in held.select_related("role") for code in each.offices())


def nearest_seat(permission: str, office_code: str, day: date) -> str:
    """The office itself or the nearest above it where somebody may do this on `day`; itself without any."""
    seated = seats(permission, day)
    office = region.office(office_code)
    while office is not None and office.code not in seated:
        office = region.office(office.parent_code) if office.parent_code else None
    return office.code if office is not None else office_code


def token_account(secret: str) -> TokenHolder | None:
    """Whom an API token speaks for; None when it is unknown, run out, revoked or its account closed."""
    rows = ApiToken.objects.select_related("account__citizen", "account__officer")
    token = rows.filter(secret_hash=token_hash(secret), revoked_at=None, expires_at__gt=clock.now()).first()
    if token is None or not token.account.is_active:
        return None
    return TokenHolder(token.account, frozenset(token.scopes), token.pk, token.expires_at)


def token(token_id: UUID) -> ApiToken | None:
    """A token by its id, which is no secret; or None."""
    return ApiToken.objects.select_related("account").filter(pk=token_id).first()


def tokens_of(account: Account) -> list[ApiToken]:
    """The tokens that speak for an account now, oldest first."""
    living = account.tokens.filter(revoked_at=None, expires_at__gt=clock.now())
    return list(living.order_by("created_at", "pk"))


def token_hash(secret: str) -> str:
    """What a token is found by; its 256 random bits need no slow hash."""
    return lookup_hash(secret, context="people.token")


def _clear(person: Person, fact: str) -> str:
    value = getattr(person, fact)
    if fact in SEALED_FACTS:
        return value.clear if value is not None else ""
    return str(value)


def may_read_own_files(request: HttpRequest, citizen_id: str) -> bool:
    """Whether the citizen asks for files that she has stored and not yet sent (`files.readers`)."""
    citizen: Citizen | None = getattr(request, "citizen", None)
    return citizen is not None and str(citizen.pk) == citizen_id
