"""Dating a file that is signed: when it was changed last, in its metadata twice (XMP, and the older Info)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import BinaryIO, Final

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_date
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_MODIFIED: Final = re.compile(rb"(?<=<xmp:ModifyDate>)[^<]*(?=</xmp:ModifyDate>)")


class DatedWriter(IncrementalPdfFileWriter):
    """Writes a new revision that was made at `at`.

    pyHanko reads all XMP into a tree and writes it anew, twice for each file, which takes as long as the rest
    of signing. Typst's has one place for the date: it is exchanged there, once. Other XMP is left to pyHanko.
    """

    def __init__(self, stream: BinaryIO, at: datetime) -> None:
        super().__init__(stream)
        self._at = at
        self._is_dated = False

    def write(self, stream: BinaryIO) -> None:
        """Write the file with what was changed."""
        self._is_dated = False
        super().write(stream)

    def _update_meta(self) -> None:
        if not self._is_dated and not self._is_exchanged():
            super()._update_meta()
        self._is_dated = True

    def _is_exchanged(self) -> bool:
        """False when the file has its dates in other places; then nothing is changed."""
        if self._info is None or "/Metadata" not in self.root:
            return False
        metadata, info = self.root["/Metadata"], self._info.get_object()
        if not isinstance(metadata, StreamObject) or not isinstance(info, DictionaryObject):
            return False
        said = self._at.isoformat(timespec="seconds").encode()
        xmp, places = _MODIFIED.subn(said, metadata.data)
        if places != 1 or "/ModDate" not in info:
            return False
        # A new object in the old one's place: a stream of pyHanko's cannot be given other content.
        place = self.root.raw_get("/Metadata").reference
        kept = {key: metadata.raw_get(key) for key in ("/Type", "/Subtype")}
        self.objects[place.generation, place.idnum] = StreamObject(kept, stream_data=xmp)
        info["/ModDate"] = pdf_date(self._at)
        self.mark_update(self._info)
        return True
