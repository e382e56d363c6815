"""Putting the cast on record through the same doors that a real town uses."""

from __future__ import annotations

from datetime import timedelta

from balai.demo.town.cast import PASSWORD, SIGNING_PASSPHRASE, Place, Resident, Staff, login_name, residents
from balai.documents.permissions import SIGN
from balai.documents.signing import credentials
from balai.kernel.references import SYSTEM
from balai.people import actions, queries
from balai.people.contacts import nik_hash, parse_contact
from balai.people.models import Citizen, Officer
from balai.people.today import local_today
from balai.people.totp import code_at, current_step
from balai.runtime import clock

# The demo's applications were filed in the last days, and somebody was in office then.
IN_OFFICE_SINCE = timedelta(days=30)


def seed_staff(place: Place) -> dict[str, Officer]:
    """The officers of a village: password, role, confirmed second factor, a certificate for who signs."""
    return {staff.key: _officer(staff, place) for staff in place.staff}


def _officer(staff: Staff, place: Place) -> Officer:
    name = login_name(staff, place)
    officer = Officer.objects.select_related("account").filter(account__login_name=name).first()
    if officer is None:
        officer = actions.create_officer(
            by=SYSTEM,
            login_name=name,
            name=staff.name,
            password=PASSWORD,
            title=staff.title,
        )
    if not officer.assignments.exists():
        actions.assign_role(
            by=SYSTEM,
            officer=officer,
            role_code=staff.role,
            office_code=place.code,
            valid_from=local_today() - IN_OFFICE_SINCE,
        )
    if not officer.is_enrolled:
        enrolment = actions.enrol_totp(by=officer)
        actions.confirm_totp(by=officer, code=code_at(enrolment.secret, current_step()))
    _let_sign(Officer.objects.get(pk=officer.pk))
    return officer


def _let_sign(officer: Officer) -> None:
    """Whoever signs letters gets a demo certificate, unless there is one that still holds."""
    held = credentials.open_credential(officer)
    if officer.has_permission(SIGN) and (held is None or held.ends_at <= clock.now()):
        credentials.make_demo(officer=officer, passphrase=SIGNING_PASSPHRASE)


def seed_residents(place: Place, operator: Officer) -> dict[str, Citizen]:
    """The citizens, each with an account; those whom the village knows are proven at its counter."""
    return {resident.key: _citizen(resident, place, operator) for resident in residents()}


def _citizen(resident: Resident, place: Place, operator: Officer) -> Citizen:
    facts = resident.facts(place.code)
    citizen = _account_of(facts["nik"], resident.phone) or actions.open_account(
        by=SYSTEM, nik=facts["nik"], contact=resident.phone, name=resident.name if resident.is_proven else ""
    )
    if resident.is_proven and citizen.person_id is None:
        if queries.person_by_nik(facts["nik"]) is None:
            actions.register_person(by=SYSTEM, facts=facts)
        actions.prove_at_counter(by=operator, citizen=citizen, facts=facts)
    return citizen


def _account_of(nik: str, phone: str) -> Citizen | None:
    """The account that an earlier start has opened: nothing is opened, and nothing journalled, twice."""
    found = Citizen.objects.select_related("account", "person")
    return found.filter(nik_hash=nik_hash(nik), contact_hash=parse_contact(phone).hash).first()
