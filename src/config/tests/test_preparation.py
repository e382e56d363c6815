"""What stands between a town and its opening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from balai import audit
from balai.audit.actions import seal_next
from balai.catalogue import running
from balai.government.loading import serving
from balai.kernel.references import SYSTEM, Subject
from balai.region import queries as region
from config.preparation import refuse_data_of_another_government, refuse_faulty_catalogue, refuse_lost_keys
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


@pytest.mark.django_db
def test_data_of_another_government_are_left_alone(settings: Any) -> None:
    refuse_data_of_another_government(settings.BALAI)
    call_command("government_load", verbosity=0)
    refuse_data_of_another_government(settings.BALAI)
    with (
        serving("3604-kab-serang"),
        pytest.raises(Refused, match="not of Kabupaten Serang"),
    ):
        refuse_data_of_another_government(settings.BALAI)
    assert region.area_code_on_record() == "35.05"


def test_faults_of_the_services_are_told_by_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "services" / "a" / "one"
    broken.mkdir(parents=True)
    (broken / "service.toml").write_text("engine = \n", encoding="utf-8")
    monkeypatch.setattr(running, "SERVICES", tmp_path / "services")
    monkeypatch.setattr(running, "_current", None)
    with pytest.raises(Refused, match=r"stays closed:\n(.*\n)*services/a/one/service.toml:1: "):
        refuse_faulty_catalogue()
