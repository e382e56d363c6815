"""The QR code on a letter: an address whose fragment carries the signed summary.

`https://…/periksa/7K3M9QXA2B4C/#2KCE…`: any camera opens the page that checks by code; what stands behind `#`
stays on the device and proves the letter without a network. Base 32 (RFC 4648 §6, without padding) needs
only characters of the compact alphanumeric mode of QR that are also safe in an address; base 45 is not.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import zxingcpp
from django.conf import settings

from balai.documents.compact.errors import NotASummary

PATH: Final = "/periksa/{code}/"
# What bad printers and cheap cameras were seen to manage best: docs/decisions/0006.
ERROR_LEVEL: Final = "M"
QUIET_MODULES: Final = 4
# Choosing the best of eight masks takes four times as long as all the rest. It guards against large even
# areas and false finder patterns, which a signature, as good as random, does not make.
MASK: Final = 2
_MOST_CHARACTERS: Final = 4000
_BLANK: Final = re.compile(r"\s+")
_DARK: Final = re.compile(rb"\0+")


@dataclass(frozen=True)
class QrCode:
    """A drawn code: `svg` has one unit for each module, `modules` of them on each side, the quiet zone in."""

    svg: str
    modules: int


def address(public_url: str, code: str, token: bytes) -> str:
    """The text of the QR code."""
    return f"{public_url}{PATH.format(code=code)}#{to_text(token)}"


def shown_address() -> str:
    """Where a person types the code: without the scheme, as it is printed."""
    host: str = settings.BALAI.public_url
    return f"{host.removeprefix('https://').removeprefix('http://')}/periksa/"


def to_text(token: bytes) -> str:
    """Base 32 without padding."""
    return base64.b32encode(token).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The token in a whole address or in its fragment alone, typed or scanned; raises NotASummary."""
    if len(text) > _MOST_CHARACTERS:
        raise NotASummary()
    bare = _BLANK.sub("", text).rpartition("#")[2].rstrip("=").upper()
    try:
        return base64.b32decode(bare + "=" * (-len(bare) % 8))
    except (binascii.Error, ValueError):
        raise NotASummary() from None


@lru_cache(maxsize=16)
def drawn(text: str) -> QrCode:
    """The code as SVG; what is in the alphanumeric alphabet, as all behind `#`, takes a third fewer modules.

    Kept for a while, since a letter that is signed is set more than once.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ecLevel=ERROR_LEVEL, dataMask=MASK)
    image = code.to_image()  # one byte for each module, the quiet zone in
    side = int(image.shape[0])
    path = _path(bytes(memoryview(image)), side)  # type: ignore[arg-type]  # it is a buffer
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" class="segno">'
    return QrCode(svg=f'{svg}<path class="qrline" stroke="#000" d="{path}"/></svg>', modules=side)


def _path(modules: bytes, side: int) -> str:
    """A line for each dark run, row by row, each from where the one before ended; 0 is dark."""
    moves: list[str] = []
    row, column = 0, 0
    for run in _DARK.finditer(modules):  # the margin parts the rows
        down, left = divmod(run.start(), side)
        length = run.end() - run.start()
        moves.append(f"m{left - column} {down - row}h{length}")
        row, column = down, left + length
    first = f"M{QUIET_MODULES} {QUIET_MODULES}.5"
    return first + "".join(moves).removeprefix(f"m{QUIET_MODULES} {QUIET_MODULES}")


def qr_svg(text: str) -> str:
    """The code as SVG text, black on nothing, with its quiet zone."""
    return drawn(text).svg
