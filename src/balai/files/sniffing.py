"""What a file is, told by its first bytes. Names, extensions and the browser's word are never asked."""

from __future__ import annotations

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
PHOTOS = frozenset({JPEG, PNG, WEBP})
HEAD_BYTES = 64

# Only so that the refusal can name what was sent; none of these is taken.
_KNOWN_HEADS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP atau Office"),
    (b"\xd0\xcf\x11\xe0", "Office lama"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"<", "HTML atau XML"),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})


def media_type(head: bytes) -> str | None:
    """The media type of the kinds we take (JPEG, PNG, WebP, PDF); None for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return PDF if head.startswith(b"%PDF-") else None


def is_heic(head: bytes) -> bool:
    """Whether this is an ISO media file with a picture brand, as newer phones write."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS


def describe(head: bytes) -> str:
    """A word for a refused file, for the sentence that the citizen reads."""
    known = media_type(head)
    if known is not None:
        return known.rsplit("/", 1)[1].upper()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((word for mark, word in _KNOWN_HEADS if start.startswith(mark)), "jenis tidak dikenal")
