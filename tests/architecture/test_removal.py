"""An engine can be deleted: the house imports, migrates and answers without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PROJECT

ENGINES = sorted(path.parent.name for path in (PROJECT / "src/balai/engines").glob("*/apps.py"))


def run_without(package: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run removal.py in a process of its own, on an empty SQLite town, with the other engines."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BALAI_")}
    environment |= {
        "BALAI_MODE": "test",
        "BALAI_DATA_DIR": str(data),
        # An empty value would mean "not set"; a lone comma is a list without names.
        "BALAI_ENGINES": ",".join([name for name in ENGINES if not package.endswith(name)] + [""]) or ",",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}:{PROJECT / 'tools'}",
    }
    script = Path(__file__).with_name("removal.py")
    command = [sys.executable, script, package]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_there_is_an_engine_to_remove() -> None:
    assert "cases" in ENGINES


@pytest.mark.parametrize("engine", ENGINES)
def test_the_house_stands_without(engine: str, tmp_path: Path) -> None:
    done = run_without(f"balai.engines.{engine}", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]


def test_a_package_that_the_house_needs_is_caught(tmp_path: Path) -> None:
    done = run_without("balai.kernel", tmp_path)
    assert "imported all the same: balai.kernel" in done.stdout
    assert done.returncode == 1
