"""One file, from its first byte to what was found in it. Runs in the forked child, inside its limits."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from balai.documents.verification.chamber import naming, signatures, stamping
from balai.documents.verification.chamber.knowledge import embedded_knowledge
from balai.documents.verification.chamber.searching import search
from balai.documents.verification.chamber.signatures import KNOWN_FORMATS, Bench
from balai.documents.verification.chamber.trusting import Trust
from balai.documents.verification.facts import FileFacts, SignatureFacts

CHUNK = 1024 * 1024
MOST_SIGNATURES = 20
_END = b"%%EOF"
# A file cut off in its signature ends before ByteRange; "30 82" is how every value of a signature begins.
_MARKS = (b"/ByteRange", b"/Contents <3082", b"/Contents<3082")
Field = tuple[str, generic.PdfObject, generic.DictionaryObject]


def examine(descriptor: int, trust: Trust, moment: datetime) -> FileFacts:
    """What is in the file behind this descriptor; raises MemoryError and OSError, which are no finding."""
    size = os.fstat(descriptor).st_size
    end, mentions = _survey(descriptor, size)
    facts = FileFacts(size=size, mentions_signature=mentions)
    if end == 0:
        return replace(facts, fault="damaged", note="no end mark")
    facts = replace(facts, trailing=size - end)
    file: BinaryIO = io.BufferedReader(_Part(descriptor, end), 64 * 1024)
    try:
        return _read(file, end, facts, trust, moment)
    except PdfDecodeLimitError as fault:
        return replace(facts, fault="too_complex", note=_name(fault))
    except (MemoryError, OSError):
        raise
    except Exception as fault:  # what a hostile file makes the parser raise is a finding, not a fault of ours
        return replace(facts, fault="damaged", note=_name(fault))


class _Part(io.RawIOBase):
    """The first `end` bytes of a file: without what somebody wrote behind the end of the PDF."""

    def __init__(self, descriptor: int, end: int) -> None:
        self._descriptor, self._end, self._place = descriptor, end, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        base = {0: 0, 1: self._place, 2: self._end}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer is what BufferedReader gives
        wanted = max(0, min(len(buffer), self._end - self._place))
        got = os.pread(self._descriptor, wanted, self._place)
        buffer[: len(got)] = got
        self._place += len(got)
        return len(got)


def _survey(descriptor: int, size: int) -> tuple[int, bool]:
    """Where the PDF ends (0: nowhere), its last line end included; whether signatures are named."""
    end, mentions, overlap = -1, False, max(map(len, _MARKS)) - 1
    for start in range(0, size, CHUNK):
        chunk = os.pread(descriptor, CHUNK + overlap, start)
        mentions = mentions or any(mark in chunk for mark in _MARKS)
        found = chunk.rfind(_END)
        end = start + found + len(_END) if found >= 0 else end
    if end < 0:
        return 0, mentions
    tail = os.pread(descriptor, min(size - end, CHUNK), end)
    is_clean = size - end <= CHUNK and not tail.strip(b"\r\n \t\0")
    return (size if is_clean else end + len(tail[:2]) - len(tail[:2].lstrip(b"\r\n"))), mentions


def _read(file: BinaryIO, size: int, facts: FileFacts, trust: Trust, moment: datetime) -> FileFacts:
    reader = PdfFileReader(file, strict=True)
    if reader.encrypted:
        facts = replace(facts, is_encrypted=True)
        if reader.decrypt("").status == AuthStatus.FAILED:
            return replace(facts, fault="locked")
    fields = list(_fields(reader))
    filled = [each for each in fields if each[1] is not None]
    facts = replace(facts, empty_fields=len(fields) - len(filled), pages=_pages(reader))
    if len(filled) > MOST_SIGNATURES:
        return replace(facts, fault="too_complex", note="signatures")
    facts = _with_contents(facts, reader)
    return _with_signatures(facts, reader, filled, size, trust, moment)


def _fields(reader: PdfFileReader) -> Iterator[Field]:
    for number, field in enumerate(enumerate_sig_fields(reader)):
        if number > 10 * MOST_SIGNATURES:
            return
        yield field


def _pages(reader: PdfFileReader) -> int:
    count = reader.root["/Pages"].get("/Count", 0)
    return int(count) if isinstance(count, generic.NumberObject) else 0


def _with_contents(facts: FileFacts, reader: PdfFileReader) -> FileFacts:
    found = search(reader)
    return replace(
        facts, has_script=found.has_script, attachments=found.attachments, is_searched=found.is_complete
    )


def _with_signatures(
    facts: FileFacts,
    reader: PdfFileReader,
    filled: Sequence[Field],
    size: int,
    trust: Trust,
    moment: datetime,
) -> FileFacts:
    names = Counter(name for name, _, _ in filled)
    opened = [_opened(reader, *each) for each in filled]
    sound = [each for each in opened if isinstance(each, EmbeddedPdfSignature)]
    bench = _bench(reader, sound, size, trust, moment)
    found = [_judged(each, bench) for each in opened if not _is_stamp(each)]
    found = [replace(each, fault="irregular") if names[each.field] > 1 else each for each in found]
    return replace(
        facts,
        stamps=sum(map(_is_stamp, opened)),
        signatures=tuple(found),
        prefixes=_prefixes(reader.stream, [each.covered_to for each in found]),
    )


def _opened(
    reader: PdfFileReader, name: str, value: generic.PdfObject, field: generic.DictionaryObject
) -> EmbeddedPdfSignature | SignatureFacts:
    shown = naming.printable(name)
    try:
        kind = str(value.get_object().get("/SubFilter", ""))
        if kind not in KNOWN_FORMATS and kind != "/ETSI.RFC3161":
            return SignatureFacts(field=shown, fault="unsupported", level=naming.printable(kind))
        return EmbeddedPdfSignature(reader, field, name)
    except Exception:  # whatever does not even open is a broken signature
        return SignatureFacts(field=shown, fault="broken")


def _is_stamp(each: EmbeddedPdfSignature | SignatureFacts) -> bool:
    return isinstance(each, EmbeddedPdfSignature) and str(each.sig_object_type) == "/DocTimeStamp"


def _bench(
    reader: PdfFileReader,
    opened: Sequence[EmbeddedPdfSignature],
    size: int,
    trust: Trust,
    moment: datetime,
) -> Bench:
    embedded = embedded_knowledge(reader)
    bench = Bench(
        reader=reader,
        size=size,
        trust=trust,
        embedded=embedded,
        moment=moment,
        field_names=frozenset(each.field_name for each in opened),
        has_archive=bool(embedded.known_crls or embedded.known_ocsps),
    )
    stamps = [(each.signed_revision, _document_stamp(each, bench)) for each in opened if _is_stamp(each)]
    return replace(bench, document_stamps=stamps)


def _document_stamp(stamp: EmbeddedPdfSignature, bench: Bench) -> stamping.Stamp:
    place = signatures.measure(bench.reader.stream, bench.size, stamp.byte_range, stamp.pkcs7_content)
    if not place.is_sound:
        return stamping.Stamp("broken")
    return stamping.judge(stamp.signed_data, stamp.compute_digest, bench.specs(), bench.moment)


def _judged(each: EmbeddedPdfSignature | SignatureFacts, bench: Bench) -> SignatureFacts:
    if isinstance(each, SignatureFacts):
        return each
    try:
        return signatures.judge(each, bench)
    except (MemoryError, OSError):
        raise
    except Exception as fault:  # a signature that cannot be followed to its end is not a good one
        return SignatureFacts(field=naming.printable(each.field_name), fault="broken", reason=_name(fault))


def _prefixes(file: BinaryIO, ends: Sequence[int]) -> dict[str, str]:
    """SHA-256 of the file up to each of these ends, in one pass: an earlier state that may be on record."""
    digest, place = sha256(), 0
    found: dict[str, str] = {}
    file.seek(0)
    for end in sorted(set(ends) - {0}):
        while place < end:
            chunk = file.read(min(CHUNK, end - place))
            if not chunk:
                return found
            digest.update(chunk)
            place += len(chunk)
        found[str(end)] = digest.hexdigest()
    return found


def _name(fault: BaseException) -> str:
    return type(fault).__name__
