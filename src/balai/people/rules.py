"""Who may do what to whose data, and the limits on guessing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from balai.people.errors import OutsideArea
from balai.people.models import Citizen, Officer, Person
from balai.people.today import local_today
from balai.runtime import ratelimit
from balai.runtime.errors import Forbidden

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
RECOVERY_CODES = 10
ENROLMENT_LIFE = timedelta(minutes=10)

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds` for each key of the bucket."""

    bucket: str
    times: int
    seconds: int


# Five guesses a code, and these many codes: a stranger has at most 25 guesses in a million an hour and
# 75 a day at one contact, each announced to its owner by a message.
CODES_PER_CONTACT = (Limit("people.code.contact", 5, HOUR), Limit("people.code.contact_day", 15, DAY))
# A village office, a school or a mobile carrier shares one address.
CODES_PER_ADDRESS = (Limit("people.code.address", 60, HOUR),)
SIGN_INS_PER_NAME = Limit("people.password.name", 10, 15 * 60)
SIGN_INS_PER_ADDRESS = Limit("people.password.address", 60, 15 * 60)
ALERT_CODES_PER_OFFICER = Limit("people.alert_contact.officer", 5, HOUR)
# Tokens have 256 random bits: this is about the load of trying, not about the odds.
TOKENS_PER_ADDRESS = Limit("people.token.address", 120, 15 * 60)
SECOND_FACTORS_PER_OFFICER = Limit("people.second_factor", 6, 5 * 60)


# A bound against typing errors, not a rule of law: who is away for longer is replaced by an acting official.
LONGEST_ABSENCE_DAYS = 366


def count(limit: Limit, key: str) -> None:
    """Count one attempt; raises TooMany above the limit. The key is stored as a keyed hash only."""
    ratelimit.hit(limit.bucket, key, limit=limit.times, seconds=limit.seconds)


def forgive(limit: Limit, key: str) -> None:
    """Forget the attempts of who has just succeeded."""
    ratelimit.forgive(limit.bucket, key)


def require(officer: Officer, permission: str) -> None:
    """Refuse an officer who holds the permission nowhere today."""
    if not officer.has_permission(permission):
        raise Forbidden(permission)


def require_area(officer: Officer, permission: str, area_code: str) -> None:
    """Refuse an officer none of whose offices with the permission is in charge of the area."""
    require(officer, permission)
    if not officer.covers_area(permission, area_code):
        raise OutsideArea()


def require_reveal(officer: Officer, whose: Person | Citizen) -> None:
    """A person on record is opened by an office of their area; a mere claim has no area to go by."""
    person = whose if isinstance(whose, Person) else whose.person
    if person is not None and person.area_code:
        require_area(officer, "people.reveal", person.area_code)
    else:
        require(officer, "people.reveal")


def require_may_record_absence(by: Officer, of: Officer) -> None:
    """An officer records her own absence; whoever manages people, that of officers at offices in her care."""
    if by.pk == of.pk:
        return
    offices = by.office_codes("people.manage")
    if not any(each.office_code in offices for each in of.assignments.held_on(local_today())):
        raise Forbidden("people.manage")
