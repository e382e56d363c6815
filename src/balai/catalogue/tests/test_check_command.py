"""`catalogue_check`: says every fault, and its exit code says whether there is one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from balai.catalogue.engine import engines
from balai.catalogue.tests.conftest import SERVICE, Folder


def test_faulty_catalogue_is_printed_and_fails(folder: Folder) -> None:
    folder.write("a/one/service.toml", SERVICE.replace('act = "look"', 'act = "fly"'))
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("catalogue_check", services=folder.root, stdout=out)
    lines = out.getvalue().splitlines()
    assert 'services/a/one/service.toml:53: the engine "testing" knows no act "fly"; it knows look.' in lines


def test_schemas_are_written_where_asked(tmp_path: Path, folder: Folder) -> None:
    with pytest.raises(CommandError):  # the small folder lacks what the government switches on
        call_command("catalogue_check", services=folder.root, schema=tmp_path / "out", stdout=io.StringIO())
    schemas = {file.name: json.loads(file.read_text()) for file in (tmp_path / "out").iterdir()}
    own = {"example.schema.json", "service.schema.json"}
    of_engines = {f"{name}.schema.json" for each in engines() for name in each.schemas()}
    assert {*schemas} == own | of_engines
    assert "testing" in schemas["service.schema.json"]["properties"]["engine"]["enum"]
