"""Telling the package that asked for a letter what became of it: at least once, and as soon as can be.

A job is owed in the transaction of the fact. Right after the commit the telling is tried in this process
as well, so that the next page already shows it; owners are idempotent.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from balai.documents import owners
from balai.documents.enums import News
from balai.documents.models import Letter, Turn
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.statements import Statement, by_key
from balai.runtime.transaction import after_commit, write_transaction

_TOLD = Statement(
    Letter, "UPDATE {table} SET told_at = %s WHERE id = %s AND told_at IS NULL", "told_at", "id"
)


def announce(letter: Letter, news: News, turn: Turn | None = None) -> None:
    """Owe the owner the news, in the caller's transaction, and tell it once that is committed."""
    turn_id = str(turn.pk) if turn is not None else ""
    key = f"{letter.pk}:{news}:{turn_id}"
    enqueue("documents.tell", key=key, letter_id=letter.pk, news=str(news), turn_id=turn_id)
    after_commit(partial(deliver, letter.pk, news, turn_id))


def deliver(letter_id: UUID | str, news: News, turn_id: str) -> None:
    """Tell the owner now; a publication that it has heard of is not told again."""
    [letter] = by_key(Letter).read(letter_id)
    if news is News.PUBLISHED and letter.told_at is not None:
        return
    owners.tell(letter.owner_label, letter.owner_id, str(letter.pk), news, turn_id)
    if news is News.PUBLISHED:
        _told(letter=letter)


@write_transaction
def _told(*, letter: Letter) -> None:
    _TOLD.change(clock.now(), letter.pk)
