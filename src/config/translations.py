"""Translation files, compiled for Python's gettext without any program of the system.

Only the sources (`locale/<language>/LC_MESSAGES/django.po`) are kept; the compiled files lie in the data
folder and are made anew by whichever process first finds a changed source.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

ENTRY = re.compile(r"(?:^(?:msgid|msgstr|\").*\n?)+", re.M)
PART = re.compile(r'^(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")$', re.M)
MAGIC, HEADER_BYTES = 0x950412DE, 28  # GNU gettext's binary format, version 0


def compile_catalogues(sources: Path, target: Path) -> Path:
    """Make `target` hold a compiled file for every source under `sources`; returns `target`."""
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        text = source.read_bytes()
        folder = target / source.relative_to(sources).parent
        compiled = folder / f"{source.stem}.mo"
        stamp = folder / f"{source.stem}.sha256"
        digest = sha256(text).hexdigest()
        if compiled.exists() and stamp.exists() and stamp.read_text() == digest:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        _replace(compiled, packed(dict(messages(text.decode()))))
        _replace(stamp, digest.encode())
    return target


def messages(text: str) -> Iterator[tuple[str, str]]:
    """Key and value of every translated entry of a PO file, plural forms joined as gettext joins them."""
    for block in ENTRY.finditer(text):
        parts: dict[str, str] = {}
        name = ""
        for key, quoted in PART.findall(block[0]):
            name = key or name
            parts[name] = parts.get(name, "") + ast.literal_eval(quoted)
        forms = [value for key, value in sorted(parts.items()) if key.startswith("msgstr")]
        if forms and all(forms):
            ids = [parts[key] for key in ("msgid", "msgid_plural") if key in parts]
            yield "\0".join(ids), "\0".join(forms)


def packed(entries: dict[str, str]) -> bytes:
    """The binary form: two tables of lengths and places, then the texts, sorted by key."""
    keys = sorted(entries, key=lambda key: key.encode())
    texts = [key.encode() for key in keys] + [entries[key].encode() for key in keys]
    count = len(keys)
    place = HEADER_BYTES + 16 * count
    table: list[int] = []
    for text in texts:
        table += (len(text), place)
        place += len(text) + 1
    header = (MAGIC, 0, count, HEADER_BYTES, HEADER_BYTES + 8 * count, 0, 0)
    return struct.pack(f"<{7 + len(table)}I", *header, *table) + b"".join(text + b"\0" for text in texts)


def _replace(path: Path, content: bytes) -> None:
    """Write beside, then put in place: another process reads the old file or the new one, never half."""
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)
