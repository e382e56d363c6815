"""Django's sessions in the database, read by a statement written once: signed-in pages begin with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from balai.runtime import clock
from balai.runtime.statements import Statement

_FIND = Statement(
    Session,
    "SELECT session_data FROM {table} WHERE session_key = %s AND expire_date > %s",
    *("session_key", "expire_date"),
)


class SessionStore(db.SessionStore):
    """Everything but the reading is Django's."""

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or expired key is given up, as Django does."""
        row = _FIND.first(self.session_key, clock.now()) if self.session_key else None
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found
