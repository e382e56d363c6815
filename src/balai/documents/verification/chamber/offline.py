"""Runs pyHanko's coroutines where nothing may be waited for: no network, no file, no timer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from selectors import SelectorKey, SelectSelector
from typing import Any, TypeVar

Result = TypeVar("Result")


class WouldWait(RuntimeError):
    """Something wanted to wait, so it wanted something from outside."""


class _Nothing(SelectSelector):
    """No file is ever ready, and waiting for one is refused."""

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if timeout is None or timeout > 0:
            raise WouldWait("checking a signature does not wait for anything")
        return []


_loop = asyncio.SelectorEventLoop(_Nothing())


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine that needs nothing from outside; raises WouldWait for one that does."""
    return _loop.run_until_complete(work)
