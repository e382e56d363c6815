"""A town whose key ring is its own, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from balai.runtime import keyring

if TYPE_CHECKING:
    from balai.documents.compact.tests.town import Desk


@pytest.fixture
def ring(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key ring of this test alone."""
    folder = tmp_path / "keys"
    town = {"keys_dir": folder, "public_url": "https://balai.blitarkab.example"}
    settings.BALAI = settings.BALAI.model_copy(update=town)
    monkeypatch.setattr(keyring, "_rings", {})
    return folder


@pytest.fixture
def desk(db: None, ring: Path, frozen_clock: Callable[[datetime], object]) -> Desk:
    """Desa Sawentar on 21 November 2026, seven in the morning."""
    from balai.documents.compact.tests.town import MORNING, Desk  # noqa: PLC0415 - models load after this file
    from balai.documents.tests import samples  # noqa: PLC0415 - models load after this file

    frozen_clock(MORNING)
    samples.make_offices()
    return Desk(frozen_clock)
