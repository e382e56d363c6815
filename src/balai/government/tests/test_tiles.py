"""Tiles of an outside server: one host, named with who drew them, and let into the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from balai.government import load
from balai.government.loading import serving
from balai.government.startup import host_of, tile_hosts
from balai.government.tests.folders import copy_of_blitar, faults_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_blitar(tmp_path)


def test_tiles_are_of_one_host_that_the_content_policy_then_names(folder: Path) -> None:
    path = folder / "government.toml"
    text = path.read_text(encoding="utf-8")
    tiles = 'tiles = "https://tiles.example:8443/osm/{z}/{x}/{y}.png"\nattribution = "© Contoh"'
    path.write_text(f"{text}\n[map]\n{tiles}\n", encoding="utf-8")
    assert host_of(load(folder).map.tiles) == "https://tiles.example:8443"
    path.write_text(f"{text}\n[map]\n{tiles.replace('tiles.', '{s}.tiles.')}\n", encoding="utf-8")
    assert "with one host" in " ".join(faults_of(folder))
    path.write_text(f"{text}\n[map]\n{tiles.splitlines()[0]}\n", encoding="utf-8")
    assert "tiles need an attribution" in " ".join(faults_of(folder))
    assert tile_hosts() == ()  # the town of the tests asks nobody


def test_content_policy_names_the_host_of_the_tiles_and_no_other(folder: Path) -> None:
    closed = Client().get("/healthz")["Content-Security-Policy"]
    with (folder / "government.toml").open("a", encoding="utf-8") as file:
        file.write('\n[map]\ntiles = "https://tiles.example/{z}/{x}/{y}.png"\nattribution = "© Contoh"\n')
    with serving(str(folder)):
        opened = Client().get("/healthz")["Content-Security-Policy"]
    assert opened == closed.replace("data: blob:", "data: blob: https://tiles.example")
