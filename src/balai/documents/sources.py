"""Typst sources of a letter: checked, fingerprinted, and laid out in a folder that Typst can read."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from balai.documents.errors import TemplateRefused
from balai.government import current

SEAL_PATH = "_shared/seal.svg"
FRAME_PATH = "_frame.typ"
# What holds for every letter, around the template: metadata of the file (PDF/A wants title and date),
# language, and the two shipped fonts. Kept with the sources, so an old letter is set again as it was.
_FRAME = """#let given = json(bytes(sys.inputs.data))
#let (year, month, day) = given.letter.date_parts
#set document(
  title: given.letter.title,
  author: given.office.name,
  date: datetime(year: year, month: month, day: day),
)
#set text(font: ("Liberation Serif", "DejaVu Sans"), lang: "id", region: "ID")
#include "/{template}"
"""
_PATH = re.compile(r"(?:[a-z0-9_][a-z0-9_-]*/)*[a-z0-9_][a-z0-9_-]*\.(?:typ|svg)")
# "@preview/…" would be fetched from the network while an officer waits, and change what a letter says.
_PACKAGE = re.compile(r"""["']@[a-z]""")


def checked(files: Mapping[str, str], template: str) -> dict[str, str]:
    """The sources with seal and frame beside them; raises TemplateRefused with a sentence.

    Sources that hold both already (kept with a letter) stay as they are.
    """
    if template not in files:
        raise TemplateRefused(f"there is no {template} among the sources.")
    for path, text in files.items():
        if not _PATH.fullmatch(path):
            raise TemplateRefused(f"{path!r} is not a path of a Typst or SVG source.")
        if _PACKAGE.search(text):
            raise TemplateRefused(f"{path} imports a package; letters are set from their own sources only.")
    return {SEAL_PATH: _seal(), FRAME_PATH: _FRAME.replace("{template}", template), **files}


def _seal() -> str:
    """The seal in the government's colour: the file leaves it to whoever shows it ("currentColor")."""
    government = current()
    return government.seal_svg.replace("currentColor", government.colours.primary)


def fingerprint(files: Mapping[str, str]) -> str:
    """SHA-256 over paths and texts in canonical JSON."""
    canonical = json.dumps(dict(files), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def laid_out(files: Mapping[str, str], source_hash: str) -> Path:
    """A folder with these sources, made once: `<data_dir>/letter-sources/<hash>`.

    Written beside and renamed, so that no process ever sees half of it; content never changes under a
    hash, so the folder is shared by all and may be deleted at any time.
    """
    folder: Path = settings.BALAI.data_dir / "letter-sources" / source_hash
    if not folder.is_dir():
        _lay_out(files, folder)
    return folder


def _lay_out(files: Mapping[str, str], folder: Path) -> None:
    making = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.part")
    for path, text in files.items():
        target = making / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    try:
        making.rename(folder)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        if not folder.is_dir():  # not a faster process, then, but a fault of the disk
            raise
