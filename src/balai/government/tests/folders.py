"""Governments' folders for tests: the real one, copied and then spoilt."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from balai.government import GovernmentRefused, load
from balai.government.loading import GOVERNMENTS, folders
from balai.government.roles import SHARED_ROLES

BLITAR = GOVERNMENTS / "3505-kab-blitar"
TWO_SERVICES = """\
[[service]]
id = "village/business-statement"

[[service]]
id = "village/domicile-statement"
"""
_SERVICE = re.compile(r"\[\[service\]\]\n(?:.+\n)+")


def copy_of_blitar(folder: Path) -> Path:
    """A copy that a test may change, with what it takes from elsewhere written out: services and roles."""
    copy = Path(shutil.copytree(BLITAR, folder / BLITAR.name))
    path = copy / "government.toml"
    text = _SERVICE.sub("", path.read_text(encoding="utf-8"))
    path.write_text(f"{text}\n{TWO_SERVICES}\n{SHARED_ROLES.read_text(encoding='utf-8')}", encoding="utf-8")
    return copy


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
    return folders()
