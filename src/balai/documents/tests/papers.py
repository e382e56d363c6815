"""What a PDF says to whoever opens it."""

from __future__ import annotations

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, a blank between them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
