"""The government's promise to those it serves (UU 25/2009 ps 22), a text in its own folder."""

from __future__ import annotations

from functools import lru_cache

from balai import government
from balai.government.loading import GOVERNMENTS

FILE = "maklumat.md"


def text() -> str:
    """The text as Markdown, in the words of this town; "" when the government has written none."""
    town = government.current()
    return town.words.set_in(_read(town.folder))


@lru_cache(maxsize=4)
def _read(folder: str) -> str:
    file = GOVERNMENTS / folder / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""
