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
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal, cast

import typst
from PIL import Image

from balai.documents.enums import TurnKind, TurnState
from balai.documents.errors import RenderFailed
from balai.documents.glyphs import FONT_FOLDER, drawable
from balai.documents.models import Letter, Turn
from balai.documents.signing.registry import Level, SignOrder
from balai.documents.sources import FRAME_PATH, checked, fingerprint, laid_out
from balai.kernel.dates import format_date
from balai.people.today import local_today
from balai.runtime import clock

STANDARD: Final = "a-2b"
DRAFT: Final = "KONSEP"
PICTURE_PPI: Final = 110
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
    return render(letter.source.files, _given(letter, facts), letter.template)


def preview(letter: Letter, signer: Mapping[str, Any], form: Literal["pdf", "png"] = "pdf") -> bytes:
    """The letter as it will be under this signer, dated today and "KONSEP" for its number.

    As a picture all pages stand under each other. Raises RenderFailed.
    """
    facts = letter_facts(
        title=letter.title,
        number=letter.number.text if letter.number else DRAFT,
        dated_on=letter.dated_on or local_today(),
        valid_until_on=letter.valid_until_on,
    )
    given = {**_given(letter, facts), "signer": dict(signer)}
    if form == "pdf":
        return render(letter.source.files, given, letter.template)
    return _one_picture(_compiled(letter.source.files, given, letter.template, format="png", ppi=PICTURE_PPI))


def _given(letter: Letter, facts: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = letter.data.clear
    return {**given, "letter": {**given.get("letter", {}), **facts}}


def _one_picture(pages: bytes | list[bytes]) -> bytes:
    """All pages under each other, as a phone scrolls them."""
    if isinstance(pages, bytes):
        return pages
    pictures = [Image.open(BytesIO(page)).convert("RGB") for page in pages]
    whole = Image.new("RGB", (max(p.width for p in pictures), sum(p.height for p in pictures)), "white")
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    kept = BytesIO()
    whole.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def sign_order(turn: Turn, pdf: bytes) -> SignOrder:
    """How the turn's letter is to be signed now; `turn.batch` says by whom."""
    letter, officer = turn.letter, turn.batch.officer if turn.batch else turn.officer
    signed = letter.turns.filter(kind=TurnKind.SIGN, state=TurnState.TAKEN).count()
    number = letter.number.text if letter.number else ""
    return SignOrder(
        field_name=f"TTE-{signed + 1}",
        reason=f"{letter.title} {number}".strip(),
        location=letter.data.clear.get("office", {}).get("place", ""),
        name=officer.name if officer else letter.signer_name,
        level=cast("Level", letter.level or "b-b"),
        mark=None,
        at=clock.now(),
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
    pdf = _compiled(files, data, template, format="pdf", pdf_standards=[STANDARD])
    if not isinstance(pdf, bytes):
        raise RenderFailed("typst gave no document")
    return pdf


def _compiled(
    files: Mapping[str, str], data: Mapping[str, Any], template: str, **options: Any
) -> bytes | list[bytes]:
    whole = checked(files, template)
    folder = laid_out(whole, fingerprint(whole))
    inputs = {"data": json.dumps(drawable(data), ensure_ascii=False)}
    year, month, day = data["letter"]["date_parts"]
    midnight = datetime.combine(date(year, month, day), time(), UTC)
    try:
        with _SETTING:
            made = _compiler(folder).compile(sys_inputs=inputs, timestamp=midnight, **options)
    except typst.TypstError as error:
        raise RenderFailed(_diagnosis(error)) from None
    if made is None:
        raise RenderFailed("typst gave nothing")
    return made


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
