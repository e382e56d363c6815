"""What stands between a town and its opening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from balai import audit
from balai.audit.actions import seal_next
from balai.kernel.references import SYSTEM, Subject
from config.preparation import refuse_lost_keys
from config.refusals import Refused


@pytest.mark.django_db
def test_a_town_whose_keys_are_gone_does_not_open_on_new_ones(settings: Any, tmp_path: Path) -> None:
    audit.record("config.noted", by=SYSTEM, about=Subject("config.town", "1"))
    refuse_lost_keys()
    assert seal_next() is not None
    refuse_lost_keys()
    settings.BALAI = settings.BALAI.model_copy(update={"keys_dir": tmp_path})
    with pytest.raises(Refused, match="key ring"):
        refuse_lost_keys()
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_a_new_town_makes_its_keys_later(settings: Any, tmp_path: Path) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"keys_dir": tmp_path})
    refuse_lost_keys()
