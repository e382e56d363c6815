"""Citizens sign in: NIK and contact, a one-time code, an account.

Every well-formed NIK and contact gets a code, whether or not the town knows either: there is nothing to
learn from the answer, nor from how long it takes (architecture.md, decision 10).
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balai import audit, government
from balai.kernel.nik import Nik
from balai.kernel.references import Actor, Subject
from balai.notify import actions as notify
from balai.notify import queries as ways_out
from balai.notify.models import Address
from balai.people.contacts import Contact, nik_hash, parse_contact
from balai.people.enums import AccountKind, ContactKind, IdentityLevel
from balai.people.errors import AccountClosed, CodeRefused, ContactUnreachable
from balai.people.models import Account, Challenge, Citizen
from balai.people.rules import (
    CODE_LIFE,
    CODE_TRIES,
    CODES_PER_ADDRESS,
    CODES_PER_CONTACT,
    count,
)
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash
from balai.runtime.transaction import is_open, lock, write_transaction


def request_code(*, nik: str, contact: str, ip: str) -> UUID:
    """Send a six-digit code to `contact` for whoever claims `nik`; returns the challenge's id.

    Keep the id in the visitor's session. Raises ValueRefused (nik.*, phone.shape, email.shape),
    ContactUnreachable when the town cannot send to this kind of contact, TooMany.
    """
    claimed = Nik.parse(nik).text
    to = parse_contact(contact)
    if to.kind not in ways_out.reachable_kinds():
        raise ContactUnreachable()
    _count_request(to, ip)
    code = f"{secrets.randbelow(10**6):06d}"
    # Worded here, in the language of the page where she asks; what a transaction says is the town's.
    subject = _("Kode masuk %(product)s") % {"product": government.current().product_name}
    return _send_code(nik=claimed, to=to, code=code, subject=subject, text=_code_text(code)).pk


def confirm_code(*, challenge_id: UUID | str, code: str) -> Citizen:
    """The account of who typed the right code; a new one when this NIK and contact never met before.

    Five tries and ten minutes, then a new code is needed. Raises CodeRefused, the same for a wrong, old,
    spent or unknown challenge, and AccountClosed. Must not run inside a write transaction: a wrong try
    is counted although the action refuses.
    """
    if is_open():
        raise RuntimeError("confirm_code counts wrong tries and needs a transaction of its own")
    citizen = _try_code(challenge_id=challenge_id, code=code)
    if citizen is None:
        raise CodeRefused()
    if not citizen.account.is_active:
        raise AccountClosed()
    return citizen


@write_transaction
def open_account(*, by: Actor, nik: str, contact: str, name: str = "") -> Citizen:
    """The account of a NIK and a contact that `by` has seen proven by other means than our code.

    For seeding a demo town or carrying accounts over from an older system; level "contact_proven".
    Raises ValueRefused.
    """
    citizen = _account_of(Nik.parse(nik).text, parse_contact(contact), name)
    audit.record("people.account_opened", by=by, about=citizen.as_subject())
    return citizen


@write_transaction
def forget_challenges(*, before: datetime) -> int:
    """Delete challenges that ran out before `before`; returns how many."""
    return Challenge.objects.filter(expires_at__lt=before).delete()[0]


def _count_request(to: Contact, ip: str) -> None:
    """By who asks and whom it reaches. Not by NIK: that would only let strangers lock its bearer out."""
    for limits, value in ((CODES_PER_ADDRESS, ip), (CODES_PER_CONTACT, to.value)):
        for limit in limits:
            count(limit, value)


@write_transaction
def _send_code(*, nik: str, to: Contact, code: str, subject: str, text: str) -> Challenge:
    now = clock.now()
    challenge = Challenge(
        nik=nik,
        contact_kind=to.kind,
        contact=to.value,
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    challenge.code_hash = _code_hash(challenge, code)
    challenge.save(force_insert=True)
    notify.send(
        to=Address(to.kind, to.value),
        subject=subject,
        text=text,
        key=f"people.code:{challenge.pk}",
        about=Subject("people.challenge", str(challenge.pk)),
        expires_at=challenge.expires_at,
        template="code",
        parameters={"code": code},
    )
    return challenge


def _code_text(code: str) -> str:
    return _(
        "%(code)s adalah kode masuk %(product)s Anda, berlaku %(minutes)s menit. "
        "Jangan berikan kepada siapa pun, termasuk petugas."
    ) % {
        "code": code,
        "product": government.current().product_name,
        "minutes": int(CODE_LIFE.total_seconds() // 60),
    }


@write_transaction(locks="challenge")
def _try_code(*, challenge_id: UUID | str, code: str) -> Citizen | None:
    """Spend one try; the account when the code fits, else None."""
    challenge = _open_challenge(challenge_id)
    if challenge is None:
        return None
    challenge.tries += 1
    typed = "".join(code.split())
    if not hmac.compare_digest(_code_hash(challenge, typed), challenge.code_hash):
        challenge.save(update_fields=["tries"])
        return None
    challenge.used_at = clock.now()
    challenge.save(update_fields=["tries", "used_at"])
    to = Contact(ContactKind(challenge.contact_kind), challenge.contact.clear)
    notify.trust(address=Address(to.kind, to.value))
    citizen = _account_of(challenge.nik.clear, to)
    if citizen.account.is_active:
        audit.record("people.signed_in", by=citizen.as_actor(), about=citizen.as_subject())
    return citizen


def _open_challenge(challenge_id: UUID | str) -> Challenge | None:
    """The challenge, locked, when it may still be tried."""
    try:
        key = UUID(str(challenge_id))
    except ValueError:
        return None
    for challenge in lock(Challenge.objects.filter(pk=key)):
        is_fresh = challenge.used_at is None and challenge.expires_at > clock.now()
        return challenge if is_fresh and challenge.tries < CODE_TRIES else None
    return None


def _code_hash(challenge: Challenge, code: str) -> str:
    return lookup_hash(f"{challenge.pk}:{code}", context="people.code")


def _account_of(nik: str, to: Contact, name: str = "") -> Citizen:
    """The one account of this NIK and contact, made when missing, its contact now proven."""
    same = Citizen.objects.select_related("account", "person")
    same = same.filter(nik_hash=nik_hash(nik), contact_hash=to.hash)
    citizen = same.first()
    if citizen is None:
        try:
            with transaction.atomic():  # a lost race leaves neither account nor citizen behind
                return _new_citizen(nik, to, name)
        except IntegrityError:
            citizen = same.get()
    if citizen.level == IdentityLevel.CLAIMED:
        citizen.level = IdentityLevel.CONTACT_PROVEN
        citizen.save(update_fields=["level"])
    return citizen


def _new_citizen(nik: str, to: Contact, name: str) -> Citizen:
    account = Account(kind=AccountKind.CITIZEN, created_at=clock.now())
    account.set_unusable_password()
    account.save(force_insert=True)
    return Citizen.objects.create(
        account=account,
        nik=nik,
        nik_hash=nik_hash(nik),
        contact_kind=to.kind,
        contact=to.value,
        contact_hash=to.hash,
        level=IdentityLevel.CONTACT_PROVEN,
        name=name,
        created_at=clock.now(),
    )
