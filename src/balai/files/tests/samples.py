"""Files that the tests send: pictures and PDFs made here, byte by byte, good and hostile."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def jpeg(
    width: int = 60,
    height: int = 40,
    *,
    exif: Image.Exif | None = None,
    corner: bool = False,
    progressive: bool = False,
) -> bytes:
    """A red photo; `corner` paints the top left eighth blue, so that turning it can be seen."""
    image = Image.new("RGB", (width, height), RED)
    if corner:
        image.paste(BLUE, (0, 0, width // 2, height // 2))
    out = BytesIO()
    image.save(out, "JPEG", quality=95, progressive=progressive, **({"exif": exif} if exif else {}))
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


def pdf_bomb(megabytes: int, *, lzw: bool = False, dictionary: bytes = b"") -> bytes:
    """A small PDF whose one packed-objects stream is mostly blanks; `dictionary` replaces its filter."""
    inner = b"3 0 " + b" " * 20 + b"<</Type/Pages/Kids[4 0 R]/Count 1>>"
    packed = _lzw(inner, megabytes) if lzw else zlib.compress(inner + b" " * (megabytes << 20), 9)
    of = dictionary or (b"/Filter/LZWDecode" if lzw else b"/Filter/FlateDecode")
    head = b"5 0 obj <</Type/ObjStm/N 1/First 24%s/Length %d>> stream\n" % (of, len(packed))
    out, places = BytesIO(), {}
    out.write(b"%PDF-1.5\n")
    for number, body in {
        1: b"1 0 obj <</Type/Catalog/Pages 3 0 R>> endobj\n",
        4: b"4 0 obj <</Type/Page/Parent 3 0 R/MediaBox[0 0 10 10]>> endobj\n",
        5: head + packed + b"\nendstream endobj\n",
        7: b"7 0 obj /%s endobj\n" % (b"#4cZWDecode" if lzw else b"FlateDecode"),
    }.items():
        places[number] = out.tell()
        out.write(body)
    at = out.tell()
    rows = [(0, 0), (1, places[1]), (0, 0), (2, 5), (1, places[4]), (1, places[5]), (1, at), (1, places[7])]
    table = zlib.compress(b"".join(struct.pack(">BIH", kind, place, 0) for kind, place in rows))
    head = b"6 0 obj <</Type/XRef/Size 8/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>> stream\n"
    out.write(head % len(table) + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % at)
    return out.getvalue()


def _lzw(start: bytes, megabytes: int) -> bytes:
    """`start` and that many megabytes of blanks: every code repeats the one before and adds a blank."""
    codes = [(256, 9), *((letter, 9) for letter in start), (256, 9)]
    run = [(32, 9), *((code, max(9, (code + 1).bit_length())) for code in range(258, 4090)), (256, 12)]
    codes += run * (-(-(megabytes << 20) // sum(range(1, 3834)))) + [(257, 9)]
    bits = "".join(f"{code:0{width}b}" for code, width in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def jpeg_of_many_scans(scans: int) -> bytes:
    """A small progressive JPEG whose last scan stands there over and over."""
    out = BytesIO()
    Image.new("L", (64, 64), 128).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last, end = whole.rindex(b"\xff\xc4"), whole.rindex(b"\xff\xd9")
    return whole[:end] + whole[last:end] * scans + whole[end:]
