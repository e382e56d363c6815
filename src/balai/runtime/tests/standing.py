"""Rows that stand for a whole module of tests, so that not every test makes them anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def standing_rows(blocker: Any) -> Iterator[None]:
    """A transaction around the tests of a module: rows made in it stand until it ends.

    Each test's own transaction lies inside and is rolled back as ever. `blocker` is pytest-django's
    `django_db_blocker`; unblock it to make the rows. Not for modules with `transaction=True`.
    """
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: actions may begin in it
    with blocker.unblock():
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
