"""Governments' folders for tests: the real one, copied and then spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

from balai.government import GovernmentRefused, load
from balai.government.loading import GOVERNMENTS

BLITAR = GOVERNMENTS / "3505-kab-blitar"


def copy_of_blitar(folder: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(BLITAR, folder / BLITAR.name))


def replace(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the one place where `old` stands; return its line, counted from 1."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_of(folder: Path) -> list[str]:
    """Every fault as text; none when the folder loads."""
    try:
        load(folder)
    except GovernmentRefused as refused:
        return [str(fault) for fault in refused.faults]
    return []


def every_folder() -> list[Path]:
    """Each government that ships with the code."""
    return [path for path in sorted(GOVERNMENTS.iterdir()) if path.is_dir()]
