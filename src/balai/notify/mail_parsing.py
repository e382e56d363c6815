"""Taking an e-mail apart with the standard library, as far as that takes a moment.

Its parser of structured headers and its reader of parts take minutes for what was made to keep them busy;
a letter of a person is far below these bounds.
"""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, Message
from itertools import islice
from typing import Any

MOST_PARTS = 200
LONGEST_HEADER = 10_000
# Never looked at, and long where somebody writes to many.
_NOT_READ = frozenset({"to", "cc"})


def parse(raw: bytes) -> EmailMessage:
    """The letter; raises ValueError for one beyond the bounds, and what the standard library raises."""
    # The old policy takes headers as they are: it says cheaply what is there.
    if _is_beyond(email.message_from_bytes(raw, policy=email.policy.compat32)):
        raise ValueError("more parts or longer headers than a person's letter has")
    return email.message_from_bytes(raw, policy=email.policy.default)


def _is_beyond(letter: Message[Any, Any]) -> bool:
    parts = list(islice(letter.walk(), MOST_PARTS + 1))
    return len(parts) > MOST_PARTS or any(
        len(value) > LONGEST_HEADER and name.lower() not in _NOT_READ
        for part in parts
        for name, value in part.raw_items()
    )
