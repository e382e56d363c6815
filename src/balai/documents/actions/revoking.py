"""Taking a published letter back."""

from __future__ import annotations

from balai.documents.errors import NotInForce, RevocationUnexplained
from balai.documents.models import Letter
from balai.documents.permissions import REVOKE
from balai.documents.production import take_back
from balai.documents.revocation import is_choosable
from balai.people.models import Officer
from balai.runtime.errors import Forbidden
from balai.runtime.transaction import lock, write_transaction


@write_transaction(locks="letter")
def revoke(*, by: Officer, letter: Letter, code: str, note: str = "") -> Letter:
    """Say that the letter counts no more, with a reason of `revocation.REASONS`; its owner is told.

    Raises Forbidden, RevocationUnexplained for a code that may not be chosen, NotInForce.
    """
    if not by.has_permission(REVOKE, letter.office_code):
        raise Forbidden(REVOKE)
    if not is_choosable(code):
        raise RevocationUnexplained()
    fresh = lock(letter)
    if not fresh.is_in_force:
        raise NotInForce()
    take_back(fresh, by=by.as_actor(), code=code, note=" ".join(note.split()))
    return fresh
