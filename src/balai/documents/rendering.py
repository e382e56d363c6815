"""Setting a letter with Typst: tagged, the project's fonts alone, the same bytes for the same letter.

What people typed goes in as JSON through `sys.inputs` and comes out of `json()` as strings; Typst sets
strings as text and never reads them as markup, so `#read("/etc/passwd")` is printed as it stands.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal, cast

import typst
from django.utils.translation import gettext_lazy as _
from PIL import Image

from balai.documents import compact, plain_text
from balai.documents.errors import RenderFailed
from balai.documents.glyphs import FONT_FOLDER, drawable
from balai.documents.models import Letter, LetterSource, Turn
from balai.documents.numbering import valid_until
from balai.documents.signing.registry import Level, Mark, SignOrder
from balai.documents.sources import FRAME_PATH, checked, fingerprint, laid_out
from balai.government import current
from balai.kernel.dates import format_date
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.statements import Statement, by_key

# Kept for good and read aloud: PDF/A-2a (ISO 19005-2, tagged) and PDF/UA-1 (ISO 14289-1) at once.
STANDARDS: Final = ("a-2a", "ua-1")
DRAFT: Final = "KONSEP"
# What the letterhead says about room for a visible signature; a compiler asks the document it has set last.
MARKS: Final = "<signature-mark>"
PICTURE_PPI: Final = 110
_HEAD, _PAGES = 200, re.compile(rb"/Type/Pages/Count (\d+)")
# A Typst compiler is not made for two threads at once; setting takes milliseconds, so they queue.
_SETTING = threading.Lock()
_SIGNED = Statement(
    Turn, "SELECT COUNT(*) FROM {table} WHERE letter_id = %s AND kind = 'sign' AND state = 'taken'", "letter"
)


Room = Mapping[str, float]


@dataclass(frozen=True)
class SetLetter:
    """A letter's PDF, and where it leaves room for visible signatures (None: not asked yet)."""

    pdf: bytes
    rooms: Sequence[Room] | None = None


def render_letter(letter: Letter) -> bytes:
    """The PDF of a numbered letter; raises RenderFailed with Typst's diagnosis."""
    return set_letter(letter).pdf


def set_letter(letter: Letter) -> SetLetter:
    """A numbered letter with its rooms, set once for both. Raises RenderFailed."""
    if letter.number is None or letter.dated_on is None:
        raise ValueError("a letter is set once it has number and date")
    [source] = by_key(LetterSource).read(letter.source_hash)
    with _setting(source.files, letter.template) as compiler:
        pdf = _set(compiler, _given(letter, _facts_of(letter)), format="pdf", pdf_standards=[*STANDARDS])
        rooms = json.loads(compiler.query(MARKS, field="value"))
    if not isinstance(pdf, bytes):
        raise RenderFailed("typst gave no document")
    return SetLetter(pdf, rooms)


def preview(letter: Letter, signer: Mapping[str, Any], form: Literal["pdf", "png"] = "pdf") -> bytes:
    """The letter as it will be under this signer, dated today and "KONSEP" for its number.

    As a picture all pages stand under each other. Raises RenderFailed.
    """
    given = {**_given_as_draft(letter), "signer": dict(signer)}
    if form == "pdf":
        return render(letter.source.files, given, letter.template)
    return _one_picture(_compiled(letter.source.files, given, letter.template, format="png", ppi=PICTURE_PPI))


def words(letter: Letter, signer: Mapping[str, Any]) -> list[str]:
    """What the letter will say under this signer, line for line; empty where its sources refuse."""
    given = {**_given_as_draft(letter), "signer": dict(signer)}
    return read_out(letter.source.files, given, letter.template)


def read_out(files: Mapping[str, str], data: Mapping[str, Any], template: str) -> list[str]:
    """Lines of `template` set with this data, for reading; empty where its sources refuse."""
    framed = {**files, FRAME_PATH: plain_text.frame(template)}
    try:
        made = _compiled(framed, data, template, format="html")
    except RenderFailed:
        return []
    return plain_text.lines_of(made.decode()) if isinstance(made, bytes) else []


def _facts_of(letter: Letter) -> dict[str, Any]:
    dated_on = letter.dated_on or local_today()
    return letter_facts(
        title=letter.title,
        number=letter.number.text if letter.number else DRAFT,
        dated_on=dated_on,
        valid_until_on=valid_until(letter, dated_on),
    )


def _given_as_draft(letter: Letter) -> dict[str, Any]:
    """Without number and code, even when a number is reserved: a code proves a letter that went out."""
    return _given(letter, {**_facts_of(letter), "number": DRAFT}, is_draft=True)


def _given(letter: Letter, facts: Mapping[str, Any], *, is_draft: bool = False) -> dict[str, Any]:
    given: dict[str, Any] = letter.data.clear
    code_and_kind = compact.frame_facts(letter, is_draft=is_draft)
    return {
        **given,
        **code_and_kind,
        "letter": {**given.get("letter", {}), **code_and_kind["letter"], **facts},
    }


def room_for_marks(letter: Letter) -> Sequence[Room]:
    """Where the set letter leaves room for visible signatures, in order (`signature-mark` of the letterhead).

    `page` from 1; `left`, `top`, `width`, `height` and that of the `sheet` in points. Raises RenderFailed.
    """
    with _setting(letter.source.files, letter.template) as compiler:
        _set(compiler, _given(letter, _facts_of(letter)), format="pdf", pdf_standards=[*STANDARDS])
        rooms: Sequence[Room] = json.loads(compiler.query(MARKS, field="value"))
        return rooms


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


def sign_order(turn: Turn, rooms: Sequence[Room] | None = None) -> SignOrder:
    """How the turn's letter is signed now; `turn.batch` says by whom, `rooms` where marks go, if known."""
    letter, officer = turn.letter, turn.batch.officer if turn.batch else turn.officer
    counted = _SIGNED.first(letter.pk)
    signed = int(counted[0]) if counted else 0
    number = letter.number.text if letter.number else ""
    name, at = officer.name if officer else letter.signer_name, clock.now()
    return SignOrder(
        field_name=f"TTE-{signed + 1}",
        reason=f"{letter.title} {number}".strip(),
        location=letter.data.clear.get("office", {}).get("place", ""),
        name=name,
        level=cast("Level", letter.level or "b-b"),
        mark=mark_for(letter, name, at, signed, rooms),
        at=at,
    )


def mark_for(
    letter: Letter, name: str, at: datetime, place: int, rooms: Sequence[Room] | None = None
) -> Mark | None:
    """The visible sign of the signature at `place` (from 0), None where the letter leaves no room."""
    rooms = room_for_marks(letter) if rooms is None else rooms
    if place >= len(rooms):
        return None
    room = rooms[place]
    bottom = room["sheet"] - room["top"] - room["height"]
    moment = at.astimezone(current().tzinfo)
    return Mark(
        page=int(room["page"]),
        box=(room["left"], bottom, room["left"] + room["width"], bottom + room["height"]),
        lines=(
            str(_("Ditandatangani secara elektronik oleh")),
            name,
            f"{format_date(moment.date())} {moment:%H.%M} {moment.tzname()}",
        ),
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
    pdf = _compiled(files, data, template, format="pdf", pdf_standards=[*STANDARDS])
    if not isinstance(pdf, bytes):
        raise RenderFailed("typst gave no document")
    return pdf


def picture(files: Mapping[str, str], data: Mapping[str, Any], template: str = "letter.typ") -> bytes:
    """The same as a PNG, all pages under each other. Raises RenderFailed."""
    return _one_picture(_compiled(files, data, template, format="png", ppi=PICTURE_PPI))


def _compiled(
    files: Mapping[str, str], data: Mapping[str, Any], template: str, **options: Any
) -> bytes | list[bytes]:
    with _setting(files, template) as compiler:
        made = _set(compiler, data, **options)
    if made is None:
        raise RenderFailed("typst gave nothing")
    return made


@contextmanager
def _setting(files: Mapping[str, str], template: str) -> Iterator[typst.Compiler]:
    """The compiler for these sources, for one thread at a time."""
    whole = checked(files, template)
    folder = laid_out(whole, fingerprint(whole))
    try:
        with _SETTING:
            yield _compiler(folder)
    except typst.TypstError as error:
        raise RenderFailed(_diagnosis(error)) from None


def _set(compiler: typst.Compiler, data: Mapping[str, Any], **options: Any) -> bytes | list[bytes] | None:
    """Set as it comes; anew where that takes more than one sheet: then the letterhead measures what fits."""
    inputs = {"data": json.dumps(drawable(data), ensure_ascii=False)}
    year, month, day = data["letter"]["date_parts"]
    options["timestamp"] = datetime.combine(date(year, month, day), time(), UTC)
    roomy = compiler.compile(sys_inputs={**inputs, "fit": "roomy"}, **options)
    if options["format"] == "html" or _is_one_sheet(roomy):
        return roomy
    return compiler.compile(sys_inputs=inputs, **options)


def _is_one_sheet(made: bytes | list[bytes] | None) -> bool:
    """Of pictures, one is no list; a PDF of Typst's begins with how many pages it has."""
    if not isinstance(made, bytes):
        return False
    pages = _PAGES.search(made, 0, _HEAD)
    return not made.startswith(b"%PDF") or (pages is not None and pages[1] == b"1")


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
