"""Files that are hardly PDFs: loops, bombs and depths that a reader must come back from."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>"


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1, with an honest table of contents."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return bytes(body) + b"trailer\n<</Root 1 0 R /Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def blanks(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated: one block that stands on its own, as often as it takes."""
    deflate = zlib.compressobj(9)
    whole = b" " * 1_000_000
    block = deflate.compress(whole) + deflate.flush(zlib.Z_FULL_FLUSH)
    return block[:2] + block[2:] * megabytes + b"\x03\x00"  # no checksum behind: nobody gets that far


def packed(data: bytes, entries: bytes) -> bytes:
    """A compressed stream object."""
    return deflated(zlib.compress(data), entries)


def deflated(small: bytes, entries: bytes) -> bytes:
    """A stream object of what is compressed already."""
    return b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (entries, len(small), small)


def xref_loop() -> bytes:
    """A table of contents whose predecessor is itself."""
    once = assembled([CATALOG, PAGES, PAGE])
    start = int(once.split(b"startxref\n")[1].split(b"\n")[0])
    return assembled([CATALOG, PAGES, PAGE], b"/Prev %d" % start)


def page_loop() -> bytes:
    """A tree of pages that contains itself."""
    return assembled([CATALOG, b"<</Type /Pages /Kids [2 0 R] /Count 1>>"])


def field_loop() -> bytes:
    """A form whose field is its own child."""
    form = b"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>>>>"
    return assembled([form, PAGES, PAGE, b"<</FT /Sig /T (a) /Kids [4 0 R]>>"])


def nested(depth: int) -> bytes:
    """Arrays in arrays."""
    return assembled([b"<</Type /Catalog /Pages 2 0 R /X %s>>" % (b"[" * depth + b"]" * depth), PAGES, PAGE])


def many_pages(count: int) -> bytes:
    """As many pages as nobody reads."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    tree = b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count)
    return assembled([CATALOG, tree, *[PAGE] * count])


def claimed_pages() -> bytes:
    """One page that says it is a thousand million."""
    return assembled([CATALOG, b"<</Type /Pages /Kids [3 0 R] /Count 1000000000>>", PAGE])


def bomb_in_contents() -> bytes:
    """A page of 60 MB of blanks in 60 kB: never unpacked, because nobody has to."""
    drawn = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"
    return assembled([CATALOG, PAGES, drawn, deflated(blanks(60), b"")])


def _with_xref_stream(
    objects: Sequence[bytes], size: int, rows: bytes = b"", prev: bytes = b"", bomb: bytes = b""
) -> bytes:
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(body)
    table = b"\0" * 7 + b"".join(b"\x01" + place.to_bytes(4, "big") + b"\0\0" for place in places)
    table += rows + b"\x01" + start.to_bytes(4, "big") + b"\0\0"
    entries = b"/Type /XRef /W [1 4 2] /Size %d /Root 1 0 R %s" % (size, prev)
    body += b"%d 0 obj\n%s\nendobj\n" % (size - 1, deflated(bomb or zlib.compress(table), entries))
    return bytes(body) + b"startxref\n%d\n%%%%EOF\n" % start


def bomb_in_object_stream() -> bytes:
    """Objects packed behind 250 MB of blanks: to read the catalogue they would have to be unpacked."""
    root = deflated(blanks(250), b"/Type /ObjStm /N 1 /First 4")
    objects = [b"<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>", PAGES, PAGE, root]
    return _with_xref_stream(objects, 7, b"\x02" + (4).to_bytes(4, "big") + b"\0\0")


def bomb_in_xref_stream() -> bytes:
    """A table of contents of thirty million rows."""
    return _with_xref_stream([CATALOG, PAGES, PAGE], 5, bomb=blanks(210))


def object_stream_in_itself() -> bytes:
    """A stream of objects that says it lies in itself."""
    objects = [b"<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>", PAGES, PAGE]
    rows = b"\x02" + (5).to_bytes(4, "big") + b"\0\0" + b"\x02" + (4).to_bytes(4, "big") + b"\0\0"
    return _with_xref_stream(objects, 7, rows)


def xref_stream_loop() -> bytes:
    """A table of contents as a stream, whose predecessor is itself."""
    once = _with_xref_stream([CATALOG, PAGES, PAGE], 5, b"")
    start = int(once.split(b"startxref\n")[1].split(b"\n")[0])
    return _with_xref_stream([CATALOG, PAGES, PAGE], 5, b"", b"/Prev %d" % start)


def long_token(megabytes: int) -> bytes:
    """A name that never ends."""
    return assembled([b"<</Type /Catalog /Pages 2 0 R /%s 1>>" % (b"x" * megabytes * 1_000_000), PAGES, PAGE])


def many_updates(count: int) -> bytes:
    """Update upon update, each with its own table of contents."""
    whole = assembled([CATALOG, PAGES, PAGE])
    start = int(whole.split(b"startxref\n")[1].split(b"\n")[0])
    for _ in range(count):
        place = len(whole)
        whole += b"3 0 obj\n%s\nendobj\n" % PAGE
        table = len(whole)
        whole += b"xref\n3 1\n%010d 00000 n \n" % place
        whole += b"trailer\n<</Root 1 0 R /Size 4 /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, table)
        start = table
    return whole
