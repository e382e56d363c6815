"""People for tests, made through the same doors as in a real town."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from balai.kernel.references import SYSTEM
from balai.people import actions, totp
from balai.people.models import Citizen, Officer, Person, Role
from balai.region.models import Area, Office

PASSWORD = "kuda-lumping-turonggo"
SITI_NIK = "3505105708950001"
SITI_PHONE = "081234567801"
BUDI_NIK = "3505101708950001"
SAWENTAR = "35.05.10.2011"
BENCE = "35.05.11.2001"
KANIGORO = "35.05.10"
SITI = {
    "nik": SITI_NIK,
    "kk": "3505100101200003",
    "name": "Siti Aminah",
    "sex": "female",
    "birth_place": "Blitar",
    "birth_on": "1995-08-17",
    "religion": "islam",
    "marital_status": "married",
    "occupation": "Wiraswasta",
    "address": "Jalan Melati 7",
    "rt": "002",
    "rw": "001",
    "area_code": SAWENTAR,
    "phone": "+6281234567801",
}
_count = itertools.count(1)


def make_area(code: str = SAWENTAR, *, name: str = "Sawentar") -> Office:
    """A village with its kecamatan, and the offices of both."""
    district = code.rpartition(".")[0]
    _place(district, "district", "Kecamatan", "", None)
    return _place(code, "village", name, district, district)


def _place(code: str, kind: str, name: str, parent_office: str, parent_area: str | None) -> Office:
    Area.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, "parent_id": parent_area})
    office, _is_new = Office.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name": f"Kantor {name}",
            "area_code": code,
            "parent_code": parent_office,
            "number_code": "X",
            "head_title": "Kepala",
            "is_open": True,
        },
    )
    return office


def make_officer(
    *,
    office_code: str = SAWENTAR,
    permissions: Sequence[str] = ("people.prove", "people.reveal"),
    scope: str = "own",
    name: str = "Sri Wahyuni",
) -> Officer:
    """An officer with a role of these permissions at this office, from long ago without end."""
    number = next(_count)
    officer = actions.create_officer(
        by=SYSTEM, login_name=f"petugas{number}", name=name, password=PASSWORD, title="Petugas"
    )
    role = Role.objects.create(
        code=f"role-{number}", name="Peran", scope=scope, permissions=sorted(permissions)
    )
    officer.assignments.create(role=role, office_code=office_code, valid_from="2020-01-01")
    return officer


def make_person(**changes: str) -> Person:
    """Siti on record, or somebody who differs from her in `changes`."""
    return actions.register_person(by=SYSTEM, facts=SITI | changes)


def make_citizen(*, nik: str = SITI_NIK, contact: str = SITI_PHONE, name: str = "") -> Citizen:
    """An account whose contact is proven and whose NIK is merely claimed."""
    return actions.open_account(by=SYSTEM, nik=nik, contact=contact, name=name)


def make_proven_citizen(
    *, officer: Officer | None = None, contact: str = SITI_PHONE, **changes: str
) -> Citizen:
    """An account proven at the counter of its village."""
    facts = SITI | changes
    make_area(facts["area_code"])
    citizen = make_citizen(nik=facts["nik"], contact=contact)
    by = officer or make_officer(office_code=facts["area_code"])
    actions.prove_at_counter(by=by, citizen=citizen, facts=facts)
    return citizen


def enrol(officer: Officer) -> tuple[str, ...]:
    """Give the officer a confirmed second factor; returns the recovery codes. Uses the step now."""
    secret = actions.enrol_totp(by=officer).secret
    return actions.confirm_totp(by=officer, code=totp.code_at(secret, totp.current_step()))
