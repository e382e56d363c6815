"""What a hand-over is called towards the other side: which message, in which round, to which address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

# So much of an address's hash tells the addresses of one person apart.
MARK_LENGTH = 12
# Without the mark of an address: handed over before references had one.
_TEXT = re.compile(rf"([0-9a-f-]{{36}})-([0-9]{{1,4}})(?:-([0-9a-f]{{4,{MARK_LENGTH}}}))?")


@dataclass(frozen=True)
class Reference:
    """One round of a message to one address; `mark` is how the address's hash begins, "" for any."""

    message_id: UUID
    round: int
    mark: str = ""

    @classmethod
    def parse(cls, text: str) -> Reference | None:
        """What `str` wrote, None for anything else."""
        found = _TEXT.fullmatch(text)
        try:
            return cls(UUID(found[1]), int(found[2]), found[3] or "") if found else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.message_id}-{self.round}" + (f"-{self.mark}" if self.mark else "")
