"""Photos are decoded and written anew: what leaves here holds pixels and nothing else.

EXIF (place, device, time), colour profiles, comments, further frames and trailing bytes end here; only
the orientation is applied first. Pixels are counted from the header, before any is decoded.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from balai.files import sniffing
from balai.files.errors import FileRefused
from balai.files.limits import LIMITS, Limits

_FORMATS = ("JPEG", "PNG", "WEBP")
_START_OF_SCAN = b"\xff\xda"
# One decoding at a time in each process: eight threads with a large photo each would fill a small machine.
_DECODING = threading.Semaphore(1)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, MemoryError)


def reencode(content: BinaryIO, limits: Limits = LIMITS) -> bytes:
    """The picture as a fresh JPEG, upright, longest side at most `limits.longest_side` pixels.

    Raises FileRefused `files.bomb` (too many pixels) or `files.broken` (truncated, damaged).
    """
    _refuse_scans(content, limits)
    with _DECODING:
        try:
            with Image.open(content, formats=_FORMATS) as image:
                _refuse_bomb(image, limits)
                return _as_jpeg(image, limits)
        except _BOMB:
            raise FileRefused("files.bomb") from None
        except _BROKEN:
            raise FileRefused("files.broken") from None


def _refuse_scans(content: BinaryIO, limits: Limits) -> None:
    """A progressive JPEG is worked over once for each scan, and a scan may be a hundred bytes."""
    scans = content.read().count(_START_OF_SCAN)
    content.seek(0)
    if scans > limits.jpeg_scans and sniffing.media_type(content.read(sniffing.HEAD_BYTES)) == sniffing.JPEG:
        raise FileRefused("files.broken")
    content.seek(0)


def _refuse_bomb(image: Image.Image, limits: Limits) -> None:
    is_scaled = image.format == "JPEG" and "progressive" not in image.info
    allowed = limits.jpeg_pixels if is_scaled else limits.other_pixels
    if image.width * image.height > allowed:
        raise FileRefused("files.bomb")


def _as_jpeg(image: Image.Image, limits: Limits) -> bytes:
    side = limits.longest_side
    image.draft("RGB", (side, side))  # lets the JPEG decoder halve large photos while it reads
    image.load()
    upright = _flatten(ImageOps.exif_transpose(image))
    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size)  # a new image carries no metadata of the old one
    clean.paste(upright)
    out = BytesIO()
    clean.save(out, "JPEG", quality=limits.jpeg_quality, optimize=True, progressive=True)
    return out.getvalue()


def _flatten(image: Image.Image) -> Image.Image:
    """RGB on white: scans with a transparent ground must not turn black."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        ground.alpha_composite(layered)
        image = ground
    return image.convert("RGB")
