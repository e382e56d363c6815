"""The five import contracts hold, and each catches an import that breaks it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PROJECT, layers

LINTER = Path(sys.executable).with_name("lint-imports")

BROKEN = {
    "Imports go down only": {"kernel/nik.py": "import balai.portal.views\n"},
    "Engines do not see each other": {"engines/cases/queries.py": "import balai.engines.reports.queries\n"},
    "Inside an engine: from the page down to the row": {
        "engines/cases/models.py": "import balai.engines.cases.actions\n"
    },
    "An engine's rows are its own": {"portal/views.py": "import balai.engines.cases.models\n"},
    "The kernel is plain Python": {"kernel/nik.py": "import django.utils.timezone\n"},
}


def lint(folder: Path) -> str:
    """What the linter says about the package `balai` under `folder`, decorations removed."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [LINTER, "--config", PROJECT / ".importlinter", "--no-cache"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


def house(folder: Path, files: dict[str, str]) -> Path:
    """An empty house with every package of the contract, two engines, and `files` put in."""
    names = [name for layer in layers() for name in layer]
    modules = {f"{name}/__init__.py": "" for name in names}
    for engine in ("cases", "reports"):
        modules |= {
            f"engines/{engine}/{name}.py": "" for name in ("__init__", "models", "queries", "actions")
        }
    modules |= {"__init__.py": "", "portal/views.py": "", "kernel/nik.py": ""} | files
    for name, text in modules.items():
        path = folder / "src" / "balai" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_the_repository_keeps_all_contracts() -> None:
    assert f"Contracts: {len(BROKEN)} kept, 0 broken." in lint(PROJECT)


def test_an_empty_house_keeps_all_contracts(tmp_path: Path) -> None:
    assert f"Contracts: {len(BROKEN)} kept, 0 broken." in lint(house(tmp_path, {}))


@pytest.mark.parametrize("contract", BROKEN)
def test_the_contract_catches_its_bad_sample(contract: str, tmp_path: Path) -> None:
    assert f"{contract} BROKEN" in lint(house(tmp_path, BROKEN[contract]))


@pytest.mark.parametrize("module", ["strange/__init__.py", "engines/cases/strange.py"])
def test_a_place_that_the_contract_does_not_know_is_refused(module: str, tmp_path: Path) -> None:
    assert "1 broken" in lint(house(tmp_path, {module: ""}))


def test_the_linter_is_the_environments_own() -> None:
    assert shutil.which(LINTER)
