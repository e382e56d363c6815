"""Programs and files inside a PDF: whatever may show one thing today and another tomorrow.

Walks what can be reached from the catalogue, within bounds of number and processor time; when they are
reached, the answer says that it is not complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

MOST_OBJECTS = 20_000
MOST_SECONDS = 0.3
_SCRIPT_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMedia"})
# ISO 32000-2 §12.6.4: actions that run, open or send something.
_SCRIPT_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"}
)
# Contents are drawn, not run; what a page inherits is reached from above.
_NOT_FOLLOWED = frozenset({"/Contents", "/Parent", "/P", "/Font", "/V"})


@dataclass
class Search:
    """What was met on the way."""

    has_script: bool = False
    attachments: int = 0
    is_complete: bool = True


def search(reader: PdfFileReader) -> Search:
    """Look for programs and embedded files in the newest revision."""
    found = Search()
    waiting: list[object] = [reader.root]
    seen: set[object] = set()
    ends = process_time() + MOST_SECONDS
    while waiting:
        if len(seen) > MOST_OBJECTS or process_time() > ends:
            found.is_complete = False
            break
        each = waiting.pop()
        if isinstance(each, generic.IndirectObject):
            if each.reference in seen:
                continue
            seen.add(each.reference)
            each = _resolved(each, found)
        waiting.extend(_children(each, found))
    return found


def _resolved(pointer: generic.IndirectObject, found: Search) -> object:
    try:
        return pointer.get_object()
    except Exception:  # an object that cannot be read shows nothing, and hides nothing that a viewer shows
        found.is_complete = False
        return None


def _children(each: object, found: Search) -> list[object]:
    if isinstance(each, generic.DictionaryObject):
        _look(each, found)
        return [each.raw_get(name) for name in each if name not in _NOT_FOLLOWED]
    if isinstance(each, generic.ArrayObject):
        return [each.raw_get(place) for place in range(len(each))]
    return []


def _look(part: generic.DictionaryObject, found: Search) -> None:
    names = set(map(str, part))
    if names & _SCRIPT_KEYS or _name(part, "/S") in _SCRIPT_ACTIONS:
        found.has_script = True
    if "/EF" in names:
        found.attachments += 1


def _name(part: generic.DictionaryObject, key: str) -> str:
    value = part.raw_get(key) if key in part else None
    return str(value) if isinstance(value, generic.NameObject) else ""
