"""What an act writes, recorded once, and written again as bare rows: the reference of a life-cycle.

Recorded are the INSERTs of each transaction as they reached the database. Written again, whatever names one
thing (ids of version 7 made during the recording, long hashes, the report's number) is another one each time,
the same one wherever it stands.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from balai.kernel.uuid7 import uuid7

_NAMES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,64}|LAP-\d{4}-\d+-?\d*"
)
_TIMED, _LENGTHS_OF_IDS = 7, (32, 36)
Statement = tuple[str, Any]


class Recording:
    """The INSERTs of some acts, one list for each transaction."""

    def __init__(self) -> None:
        self.acts: list[list[Statement]] = []
        self._since = uuid7()

    @contextmanager
    def act(self) -> Iterator[None]:
        """Record one transaction."""
        kept: list[Statement] = []

        def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("INSERT") and not many:
                kept.append((sql, tuple(params or ())))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            yield
        self.acts.append(kept)

    def write_again(self) -> None:
        """The same rows of another thing, a transaction for each act."""
        names: dict[str, str] = {}
        keys: dict[UUID, UUID] = {}
        for act in self.acts:
            with transaction.atomic(), connection.cursor() as cursor:
                for sql, params in act:
                    cursor.execute(sql, [self._another(value, names, keys) for value in params])
                    if cursor.description:
                        cursor.fetchall()

    def _another(self, value: Any, names: dict[str, str], keys: dict[UUID, UUID]) -> Any:
        if isinstance(value, UUID):
            return self._key(value, keys)
        if isinstance(value, str):
            return _NAMES.sub(
                lambda found: names.setdefault(found[0], self._name(found[0], keys)),
                value,
            )
        return value

    def _key(self, key: UUID, keys: dict[UUID, UUID]) -> UUID:
        """Another id; of one that was there before the recording, the same."""
        if key.version == _TIMED and key < self._since:
            return key
        return keys.setdefault(key, uuid7())

    def _name(self, name: str, keys: dict[UUID, UUID]) -> str:
        """Another name of the same shape."""
        if name.startswith("LAP-"):
            return f"{name[:9]}{secrets.randbelow(10**12):012d}"[: len(name)]
        if len(name) not in _LENGTHS_OF_IDS:
            return secrets.token_hex(32)[: len(name)]
        made = self._key(UUID(name), keys)
        return str(made) if "-" in name else made.hex
