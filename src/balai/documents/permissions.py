"""Acts of this package that a role may grant."""

from __future__ import annotations

from typing import Final

INITIAL: Final = "documents.initial"
SIGN: Final = "documents.sign"
REVOKE: Final = "documents.revoke"
READ_BOOK: Final = "documents.read_book"
TURN_PERMISSIONS: Final = (INITIAL, SIGN)
