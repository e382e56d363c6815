"""An address that is searched for, as it stands in links: sealed, for one officer, for half an hour.

Addresses of pages are kept in histories and logs and travel in redirects; a citizen's number must not.
"""

from __future__ import annotations

import json

from balai.notify.models import Address
from balai.people.models import Officer
from balai.runtime import clock
from balai.runtime.crypto import SealBroken, open_text, seal_text
from balai.runtime.keyring import KeyMissing

LIFE_SECONDS = 30 * 60
_CONTEXT = "desk.outbox_search"


def token_for(address: Address, officer: Officer) -> str:
    """What stands in a link for this address."""
    until = int(clock.now().timestamp()) + LIFE_SECONDS
    return seal_text(json.dumps([str(officer.pk), until, address.kind, address.value]), context=_CONTEXT)


def address_of(token: str, officer: Officer) -> Address | None:
    """The address behind a token of ours, None when it is another officer's, too old or not ours."""
    try:
        holder, until, kind, value = json.loads(open_text(token, context=_CONTEXT))
    except (SealBroken, KeyMissing):
        return None
    is_good = holder == str(officer.pk) and clock.now().timestamp() <= until
    return Address(kind, value) if is_good else None
