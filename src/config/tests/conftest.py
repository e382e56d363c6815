"""The commands tested here speak to their children through the environment; what they say stays here."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _environment_as_before() -> Iterator[None]:
    """Put the environment back: a later test that starts a process would inherit another town's folder."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)
