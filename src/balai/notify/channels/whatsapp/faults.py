"""Codes of errors that the Cloud API publishes, as far as they change what we do.

A code that is not listed is judged by the status of the answer.
"""

from __future__ import annotations

from balai.notify.channels.registry import DeliveryFailed, PermanentFailure, TemporaryFailure

# The number has no WhatsApp, or cannot get messages from businesses.
WRONG_NUMBER = frozenset({131026})
# Template missing, paused or with other parameters; an unsupported kind; more than a day since they wrote;
# a recipient outside the list of a trial account; a person whom the platform spares; a recipient like us.
PERMANENT = frozenset(
    {
        *(100, 131008, 131009, 131021, 131030, 131047, 131049, 131050, 131051),
        *(132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018),
    }
)
# Their trouble (1, 2, 131000, 131016, 133004), limits (4, 80007, 130429, 131048, 131056, 131057), and ours
# to mend: tokens, permissions, payment, a locked account.
TEMPORARY = frozenset(
    {
        *(1, 2, 131000, 131016, 133004),
        *(4, 80007, 130429, 131048, 131056, 131057),
        *(0, 3, 10, 190, 200, 368, 131005, 131031, 131042, 131045, 133010),
    }
)


def failure_of_code(code: int) -> DeliveryFailed | None:
    """What a code of theirs means for a message, None when it is not known."""
    if code in WRONG_NUMBER:
        return PermanentFailure(f"whatsapp.{code}", is_doubtful=True)
    if code in PERMANENT:
        return PermanentFailure(f"whatsapp.{code}")
    return TemporaryFailure(f"whatsapp.{code}") if code in TEMPORARY else None
