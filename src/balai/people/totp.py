"""Arithmetic of time-based one-time passwords (RFC 6238): steps of 30 seconds, six digits."""

from __future__ import annotations

import hmac

import pyotp

from balai.runtime import clock

STEP_SECONDS = 30


def new_secret() -> str:
    """160 random bits in base32, as authenticators take them."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, *, login_name: str, issuer: str) -> str:
    """The otpauth:// address that a QR carries."""
    return pyotp.TOTP(secret).provisioning_uri(name=login_name, issuer_name=issuer)


def current_step() -> int:
    """The step that it is now, counted since 1970."""
    return int(clock.now().timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits that an authenticator shows in a step."""
    return pyotp.TOTP(secret).generate_otp(step)


def fitting_step(secret: str, code: str, *, after: int) -> int | None:
    """The step, this one or a neighbour (clocks drift), whose code this is; never `after` or earlier."""
    now = current_step()
    typed = "".join(code.split()).encode()
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed) and step > after:
            return step
    return None
