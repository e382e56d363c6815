"""What somebody wrote in an e-mail, without markup, without what was quoted, without the signature."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from balai.kernel.text import clean_text

LONGEST = 10_000
# Beyond this nothing is looked at: markup and quotations are far longer than what was written.
MOST_READ = 500_000
_UNENDED = 1000
_NO_SIGNS = frozenset({"Cc", "Cs", "Co", "Cn"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "ul", "ol", "hr"})
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "blockquote"})
# From here on somebody else wrote, or a program did.
_QUOTED = re.compile(
    r"""^(?:
        (?:Pada|On|Tanggal|Le|Am)\b.{0,200}?\b(?:menulis|wrote|menyerat|schrieb|a\ écrit)\s*:\s*$
        | -{2,}\s*(?:Original\ Message|Pesan\ asli|Pesan\ Asli)\s*-{2,}
        | _{20,}\s*$
        | (?:Dari|From)[^\S\n]*:[^\S\n][^\n]{1,300}\n(?:Dikirim|Sent|Tanggal|Date)\s*:\s
        | --\s?$
        | (?:Dikirim\ dari|Sent\ from|Get\ Outlook\ for)\s.{1,60}$
    )""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_WRAPPED = re.compile(r"^((?:Pada|On)\b[^\n]{0,150})\n([^\n]{0,80}(?:menulis|wrote)\s*:)\s*$", re.MULTILINE)


class _Text(HTMLParser):
    """The words of a page, a line for each block; nothing of scripts, styles and quotations."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def of_html(page: str) -> str:
    """The words of an HTML letter; never its markup."""
    reader = _Text()
    reader.feed(page[:MOST_READ])
    if len(reader.rawdata) < _UNENDED:  # the library tries a long tag that never ends at each of its signs
        reader.close()
    return "".join(reader.pieces)


def without_history(text: str) -> str:
    """What was written now. Where nothing would be left (a letter passed on), everything stays."""
    plain = _WRAPPED.sub(r"\1 \2", text[:MOST_READ].replace("\r\n", "\n"))
    found = _QUOTED.search(plain)
    kept = plain[: found.start()] if found else plain
    lines = [line for line in kept.split("\n") if not line.startswith(">")]
    return "\n".join(lines) if "".join(lines).strip() else plain


def fit(text: str, *, multiline: bool = True) -> str:
    """Text that may be kept; signs that no keyboard makes (control, half, unassigned) are left out."""
    lines = "\n".join(text.splitlines())
    kept = "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in _NO_SIGNS)
    return clean_text(kept, multiline=multiline)[:LONGEST]
