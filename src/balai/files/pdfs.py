"""PDFs are parsed and refused when locked, damaged or active; the bytes are kept as they came.

Kept, because writing a PDF anew would break a signature that it may carry (foreign certified letters
are evidence). Contents stay packed, whatever their size; only packed objects (ISO 32000-1 §7.5.7) must be
unpacked to be seen, and qpdf does that in memory: `pdf_unpacked_bytes` bounds each such stream.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pikepdf.settings import set_qpdf_limits

from balai.files.errors import FileRefused
from balai.files.limits import LIMITS, Limits

# ISO 32000-1 §12.6.4 actions that run or open something, §7.11.4 embedded files, §12.7.8 XFA forms.
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"}
)
_ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"})
_ACTIVE_SUBTYPES = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Screen", "/3D"})
_DEEPEST = 60


def _name(text: str) -> str:
    """A pattern of a PDF name; any of its letters may be written as #xx (ISO 32000-1 §7.3.5)."""
    return "/" + "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in text)


# qpdf bounds every way of packing but LZW (a thousandfold). Nobody has packed objects by it since 1.5
# brought them; a filter that is neither a name nor a plain list of names (a reference, say) could hide it.
# Whatever is matched is matched once only: these patterns run over hostile bytes.
_HAS_PACKED_OBJECTS = re.compile(_name("XRef").encode())
_NAMES = r"\[(?:[\s\0]*+/[A-Za-z0-9]{1,30}+){0,9}+[\s\0]*+\]"
_UNBOUNDED = re.compile(
    rf"{_name('LZW')}|{_name('Filter')}(?=[\s\0()<>\[\]{{}}/%])[\s\0]*+(?!/|{_NAMES})".encode()
)
set_qpdf_limits(
    flate_max_memory=LIMITS.pdf_unpacked_bytes,
    run_length_max_memory=LIMITS.pdf_unpacked_bytes,
    png_max_memory=LIMITS.pdf_unpacked_bytes,
    tiff_max_memory=LIMITS.pdf_unpacked_bytes,
)


def check_pdf(content: BinaryIO, limits: Limits = LIMITS) -> None:
    """Raise FileRefused `files.encrypted`, `files.broken`, `files.active` or `files.many_pages`."""
    raw = content.read()
    if _HAS_PACKED_OBJECTS.search(raw) and _UNBOUNDED.search(raw):
        raise FileRefused("files.broken")
    content.seek(0)
    try:
        with pikepdf.open(content, attempt_recovery=False, suppress_warnings=True) as pdf:
            _check_open(pdf, limits)
    except pikepdf.PasswordError:
        raise FileRefused("files.encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OSError):
        raise FileRefused("files.broken") from None


def _check_open(pdf: pikepdf.Pdf, limits: Limits) -> None:
    if pdf.is_encrypted:  # also without a password to open it: what is inside cannot be vouched for
        raise FileRefused("files.encrypted")
    pages = len(pdf.pages)
    if pages == 0 or len(pdf.objects) > limits.pdf_objects:
        raise FileRefused("files.broken")
    if pages > limits.pdf_pages:
        raise FileRefused("files.many_pages", pages=limits.pdf_pages)
    if any(_is_active(part) for found in pdf.objects for part in _dictionaries(found, 0)):
        raise FileRefused("files.active")


def _dictionaries(found: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """Each dictionary written inside this object; references lead to objects that are visited anyway."""
    if depth > _DEEPEST:
        raise FileRefused("files.broken")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield found
        children = [value for _key, value in found.items()]
    elif isinstance(found, pikepdf.Array):
        children = list(found)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _is_active(part: pikepdf.Object) -> bool:
    if not _ACTIVE_KEYS.isdisjoint(part.keys()):
        return True
    return str(part.get("/S", "")) in _ACTIVE_ACTIONS or str(part.get("/Subtype", "")) in _ACTIVE_SUBTYPES
