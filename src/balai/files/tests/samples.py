"""Files that the tests send: pictures and PDFs made here, byte by byte, good and hostile."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def jpeg(width: int = 60, height: int = 40, *, exif: Image.Exif | None = None, corner: bool = False) -> bytes:
    """A red photo; `corner` paints the top left eighth blue, so that turning it can be seen."""
    image = Image.new("RGB", (width, height), RED)
    if corner:
        image.paste(BLUE, (0, 0, width // 2, height // 2))
    out = BytesIO()
    image.save(out, "JPEG", quality=95, **({"exif": exif} if exif else {}))
    return out.getvalue()


def gps_exif(orientation: int = 1) -> Image.Exif:
    """EXIF as a phone writes it: orientation, maker and the place where the photo was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "TELEPON-SITI"
    exif.get_ifd(0x8825)[2] = (8.0, 5.0, 42.0)
    return exif


def png(width: int = 20, height: int = 20, mode: str = "RGBA") -> bytes:
    """A picture of one colour; in RGBA wholly transparent."""
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that claim to be billions of pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdf(pages: int = 1, **save: object) -> bytes:
    """An ordinary PDF with empty pages."""
    return changed_pdf(lambda document: None, pages=pages, **save)


def changed_pdf(change: object, *, pages: int = 1, **save: object) -> bytes:
    """A PDF after `change(document)`."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(595, 842))
    change(document)
    out = BytesIO()
    document.save(out, **save)
    return out.getvalue()


def sent(content: bytes, name: str = "foto.jpg", media_type: str = "image/jpeg") -> SimpleUploadedFile:
    """As a form hands it over; name and type are what the browser claims."""
    return SimpleUploadedFile(name, content, media_type)
