"""Opening a masked value: allowed, purposeful, journalled, and shown to the person at /saya/."""

from __future__ import annotations

from django.utils.translation import gettext

from balai import audit
from balai.people import rules
from balai.people.enums import Purpose
from balai.people.facts import SEALED_FACTS, label
from balai.people.models import Citizen, Officer, Person
from balai.runtime.errors import NotFound
from balai.runtime.transaction import write_transaction

_FIELDS: dict[type[Person] | type[Citizen], frozenset[str]] = {
    Person: SEALED_FACTS,
    Citizen: frozenset({"nik", "contact"}),
}


@write_transaction
def reveal(*, by: Officer, person_or_citizen: Person | Citizen, field: str, purpose: Purpose | str) -> str:
    """The clear value of one sealed field, "" when empty.

    `field`: nik, kk, birth_on or phone of a person; nik or contact of an account. `purpose` is a code of
    `Purpose`; any other raises ValueError. Raises Forbidden, OutsideArea, NotFound for another field.
    """
    why = Purpose(purpose)
    rules.require_reveal(by, person_or_citizen)
    if field not in _FIELDS[type(person_or_citizen)]:
        raise NotFound(field)
    audit.record_reading(
        by=by.as_actor(),
        about=person_or_citizen.as_subject(),
        what=_what(field),
        purpose=str(why.label),
        office=by.office_name,
    )
    sealed = getattr(person_or_citizen, field)
    return sealed.clear if sealed is not None else ""


def _what(field: str) -> str:
    """The field as the person will read it in "who looked at my data"."""
    return gettext("Kontak akun") if field == "contact" else label(field)
