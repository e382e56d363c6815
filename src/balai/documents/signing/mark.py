"""The visible mark of a signature: a few lines in a box, set by Typst with the project's own fonts.

It is set as a page of its own and brought into the letter as the appearance of the signature's field, so that
its fonts are embedded (PDF/A asks for that) and its text can be searched and copied.
"""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStampStyle

from balai.documents.glyphs import FONT_FOLDER, drawable
from balai.documents.signing.registry import Mark

SOURCE = Path(__file__).with_name("mark.typ")
SMALLEST_BOX = 12.0
_SETTING = threading.Lock()
# A page that was read once serves every letter of its minute; its reader is not made for two threads at once.
_READING = threading.Lock()


@dataclass(frozen=True)
class MarkStyle(BaseStampStyle):
    """Draws a mark as the appearance of a signature's field."""

    page: PdfFileReader = field(kw_only=True)

    def create_stamp(  # type: ignore[override]  # all that pyHanko asks of a stamp is its appearance
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> _Appearance:
        """Bring the page into this file."""
        with _READING:
            return _Appearance(writer.import_page_as_xobject(self.page))


@dataclass(frozen=True)
class _Appearance:
    """A form that becomes the normal appearance of a field."""

    form: Any

    def apply_appearance(self, annotation: DictionaryObject) -> None:
        annotation["/AP"] = DictionaryObject({pdf_name("/N"): self.form})


def style_of(mark: Mark) -> MarkStyle:
    """How to draw this mark; raises ValueError for a box in which nothing can be read."""
    left, bottom, right, top = mark.box
    width, height = right - left, top - bottom
    if width < SMALLEST_BOX or height < SMALLEST_BOX:
        raise ValueError("the box of a mark is too small")
    return MarkStyle(page=_read(mark.lines, round(width, 2), round(height, 2)))


@lru_cache(maxsize=64)
def _read(lines: tuple[str, ...], width: float, height: float) -> PdfFileReader:
    """The page of `typeset`, parsed as far as letters have needed it."""
    return PdfFileReader(io.BytesIO(typeset(lines, width, height)))


def typeset(lines: tuple[str, ...], width: float, height: float) -> bytes:
    """One page of this size in points with these lines, as large as they fit, as PDF."""
    given = drawable({"lines": list(lines), "width": width, "height": height})
    with _SETTING:
        pdf = _compiler().compile(
            format="pdf", pdf_standards=["a-2b"], sys_inputs={"mark": json.dumps(given, ensure_ascii=False)}
        )
    assert isinstance(pdf, bytes)  # noqa: S101 - one page, asked for as PDF
    return pdf


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )
    return typst.Compiler(input=SOURCE, root=SOURCE.parent, font_paths=fonts, ignore_system_fonts=True)
