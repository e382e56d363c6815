"""The officer's second factor: a code of an authenticator (TOTP, RFC 6238) or a recovery code.

A secret is replaced only after `reset_totp`, so that a stolen password alone enrols nothing new.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from balai import audit, government
from balai.kernel.references import Actor
from balai.people import rules, totp
from balai.people.errors import SecondFactorEnrolled, SecondFactorRefused
from balai.people.models import Officer
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash
from balai.runtime.transaction import lock, write_transaction

# Without letters and digits that look alike on paper; ten of them are 50 bits.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_HALF = 5


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator needs: the secret to type, or the otpauth:// address to show as a QR."""

    secret: str
    uri: str


@write_transaction(locks="officer")
def enrol_totp(*, by: Officer) -> Enrolment:
    """Begin: a secret, which counts only after `confirm_totp`.

    Asked again within ten minutes (a reload, a mistyped code) it is the same secret; later a new one, so
    that who had the first password for a while cannot have looked it up beforehand.
    Raises SecondFactorEnrolled when one is confirmed already.
    """
    officer = lock(by)
    if officer.is_enrolled:
        raise SecondFactorEnrolled()
    started = officer.totp_started_at
    if started is None or started <= clock.now() - rules.ENROLMENT_LIFE:
        officer.totp_secret, officer.totp_started_at = totp.new_secret(), clock.now()
        officer.save(update_fields=["totp_secret", "totp_started_at"])
    secret = officer.totp_secret.clear
    issuer = f"{government.current().product_name} {government.current().short_name}"
    return Enrolment(
        secret, totp.provisioning_uri(secret, login_name=str(officer.account.login_name), issuer=issuer)
    )


def confirm_totp(*, by: Officer, code: str) -> tuple[str, ...]:
    """Finish enrolling with a first code; returns ten recovery codes, never shown again.

    Raises SecondFactorRefused, SecondFactorEnrolled, TooMany.
    """
    rules.count(rules.SECOND_FACTORS_PER_OFFICER, str(by.pk))
    codes = _confirm(by=by, code=code)
    if codes is None:
        raise SecondFactorRefused()
    rules.forgive(rules.SECOND_FACTORS_PER_OFFICER, str(by.pk))
    return codes


def verify_second_factor(*, by: Officer, code: str) -> None:
    """Accept a code of the authenticator or a recovery code, each once; then mark the session.

    Raises SecondFactorRefused (wrong, too old, or used before), TooMany.
    """
    rules.count(rules.SECOND_FACTORS_PER_OFFICER, str(by.pk))
    if not _spend(by=by, code=code):
        raise SecondFactorRefused()
    rules.forgive(rules.SECOND_FACTORS_PER_OFFICER, str(by.pk))


@write_transaction(locks="officer")
def renew_recovery_codes(*, by: Officer) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones are worth nothing. For a page behind the second factor."""
    officer = lock(by)
    codes = _new_recovery_codes(officer)
    officer.save(update_fields=["recovery_hashes"])
    audit.record("people.recovery_renewed", by=by.as_actor(), about=by.as_subject())
    return codes


@write_transaction(locks="officer")
def reset_totp(*, by: Actor, officer: Officer) -> None:
    """Forget secret and recovery codes; the officer enrols anew at the next sign-in.

    Sessions that are open now end: each carries the time of the enrolment it was proven under.
    """
    row = lock(officer)
    row.totp_secret, row.totp_started_at, row.totp_confirmed_at = None, None, None
    row.totp_last_step, row.recovery_hashes = 0, []
    row.save()
    officer.refresh_from_db()
    audit.record("people.totp_reset", by=by, about=officer.as_subject())


@write_transaction(locks="officer")
def _confirm(*, by: Officer, code: str) -> tuple[str, ...] | None:
    officer = lock(by)
    if officer.is_enrolled:
        raise SecondFactorEnrolled()
    if not _fits_totp(officer, code):
        return None
    officer.totp_confirmed_at = clock.now()
    codes = _new_recovery_codes(officer)
    officer.save(update_fields=["totp_confirmed_at", "totp_last_step", "recovery_hashes"])
    by.totp_confirmed_at = officer.totp_confirmed_at
    audit.record("people.totp_enrolled", by=by.as_actor(), about=by.as_subject())
    return codes


@write_transaction(locks="officer")
def _spend(*, by: Officer, code: str) -> bool:
    officer = lock(by)
    if not officer.is_enrolled or not officer.account.is_active:
        return False
    if _fits_totp(officer, code):
        officer.save(update_fields=["totp_last_step"])
        audit.record("people.signed_in", by=by.as_actor(), about=by.as_subject())
        return True
    return _spend_recovery(officer, code)


def _fits_totp(officer: Officer, code: str) -> bool:
    """Whether the code fits; notes its step, so that it and every older one is refused from then on."""
    if officer.totp_secret is None:
        return False
    step = totp.fitting_step(officer.totp_secret.clear, code, after=officer.totp_last_step)
    if step is None:
        return False
    officer.totp_last_step = step
    return True


def _spend_recovery(officer: Officer, code: str) -> bool:
    spent = _recovery_hash(officer, code)
    left = [kept for kept in officer.recovery_hashes if not hmac.compare_digest(kept, spent)]
    if len(left) == len(officer.recovery_hashes):
        return False
    officer.recovery_hashes = left
    officer.save(update_fields=["recovery_hashes"])
    actor = officer.as_actor()
    audit.record("people.recovery_used", by=actor, about=officer.as_subject(), data={"left": len(left)})
    return True


def _new_recovery_codes(officer: Officer) -> tuple[str, ...]:
    halves = (
        "".join(secrets.choice(_ALPHABET) for _ in range(_HALF)) for _ in range(2 * rules.RECOVERY_CODES)
    )
    codes = tuple(f"{left}-{right}" for left, right in zip(halves, halves, strict=True))
    officer.recovery_hashes = [_recovery_hash(officer, code) for code in codes]
    return codes


def _recovery_hash(officer: Officer, code: str) -> str:
    letters = "".join(filter(str.isalnum, code.upper()))
    return lookup_hash(f"{officer.pk}:{letters}", context="people.recovery")
