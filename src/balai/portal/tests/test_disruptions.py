"""Banners of disruption in the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from balai.catalogue.models import Disruption
from balai.runtime import clock

pytestmark = pytest.mark.django_db
TEXT = "Server sedang diperbaiki"


def stand(**changes: Any) -> None:
    now = clock.now()
    given = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1), "written_by": "x"}
    Disruption.objects.create(text=TEXT, created_at=now, **(given | changes))


def shown(client: Client) -> list[bool]:
    return [
        TEXT in client.get(path).content.decode()
        for path in ("/", "/layanan/surat-uji/", "/layanan/surat-lain/")
    ]


def test_notice_about_all_stands_on_home_and_on_every_service(client: Client) -> None:
    stand()
    assert shown(client) == [True, True, True]


def test_notice_about_one_service_stands_on_home_and_there(client: Client) -> None:
    stand(service_ids=["village/second"])
    assert shown(client) == [True, False, True]
    assert "Surat pengantar lain" in client.get("/").content.decode()


@pytest.mark.parametrize("hours", [(-2, -1), (1, 2)])
def test_notice_before_and_after_its_time_stands_nowhere(client: Client, hours: tuple[int, int]) -> None:
    now = clock.now()
    stand(starts_at=now + timedelta(hours=hours[0]), ends_at=now + timedelta(hours=hours[1]))
    assert shown(client) == [False, False, False]


def test_notice_called_off_stands_nowhere(client: Client) -> None:
    stand(called_off_at=clock.now())
    assert shown(client) == [False, False, False]
