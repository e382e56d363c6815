"""Setting a letter with Typst: PDF/A-2b, the project's fonts alone, the same bytes for the same letter.

What people typed goes in as JSON through `sys.inputs` and comes out of `json()` as strings; Typst sets
strings as text and never reads them as markup, so `#read("/etc/passwd")` is printed as it stands.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from balai.documents.errors import RenderFailed
from balai.documents.glyphs import FONT_FOLDER, drawable
from balai.documents.models import Letter
from balai.documents.sources import FRAME_PATH, checked, fingerprint, laid_out
from balai.kernel.dates import format_date

STANDARD: Final = "a-2b"
# A Typst compiler is not made for two threads at once; setting takes milliseconds, so they queue.
_SETTING = threading.Lock()


def render_letter(letter: Letter) -> bytes:
    """The PDF of a numbered letter; raises RenderFailed with Typst's diagnosis."""
    if letter.number is None or letter.dated_on is None:
        raise ValueError("a letter is set once it has number and date")
    facts = letter_facts(
        title=letter.title,
        number=letter.number.text,
        dated_on=letter.dated_on,
        valid_until_on=letter.valid_until_on,
    )
    given = letter.data.clear
    return render(
        letter.source.files, {**given, "letter": {**given.get("letter", {}), **facts}}, letter.template
    )


def letter_facts(*, title: str, number: str, dated_on: date, valid_until_on: date | None) -> dict[str, Any]:
    """What a template reads under `letter`; dates in words as they are printed."""
    return {
        "title": title,
        "number": number,
        "date": format_date(dated_on),
        "date_parts": [dated_on.year, dated_on.month, dated_on.day],
        "valid_until": format_date(valid_until_on) if valid_until_on else "",
    }


def render(files: Mapping[str, str], data: Mapping[str, Any], template: str = "letter.typ") -> bytes:
    """Set `template` with this data; `data["letter"]` as letter_facts gives it, `data["office"]["name"]`.

    Also for the catalogue, which sets examples without a letter. Deterministic. Raises RenderFailed.
    """
    whole = checked(files, template)
    folder = laid_out(whole, fingerprint(whole))
    inputs = {"data": json.dumps(drawable(data), ensure_ascii=False)}
    year, month, day = data["letter"]["date_parts"]
    midnight = datetime.combine(date(year, month, day), time(), UTC)
    try:
        with _SETTING:
            pdf = _compiler(folder).compile(
                format="pdf", pdf_standards=[STANDARD], sys_inputs=inputs, timestamp=midnight
            )
    except typst.TypstError as error:
        raise RenderFailed(_diagnosis(error)) from None
    if not isinstance(pdf, bytes):
        raise RenderFailed("typst gave no document")
    return pdf


def _diagnosis(error: typst.TypstError) -> str:
    """Message, hints and place; Typst quotes sources, which are not personal, and at most one character."""
    return " ".join([error.message, *error.hints, *error.trace])[:1000]


@lru_cache(maxsize=32)
def _compiler(folder: Path) -> typst.Compiler:
    """A compiler for one set of sources, kept warm: its parsed sources and fonts make later letters cheap."""
    return typst.Compiler(
        input=folder / FRAME_PATH,
        root=folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=folder,
        package_cache_path=folder,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )
