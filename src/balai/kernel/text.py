"""What a person typed, made fit to store: the same words give the same characters."""

from __future__ import annotations

import re
import unicodedata

from balai.kernel.errors import ValueRefused

# Invisible marks that turn or hide text on the page; joiners U+200C/D stay, Javanese script needs them.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean_text(text: str, *, multiline: bool) -> str:
    """Text in NFC, without invisible marks, blanks collapsed and trimmed.

    With `multiline` line ends become "\\n" and at most one empty line stays between paragraphs;
    without it they become blanks. Raises ValueRefused text.control for NUL, escape codes and lone
    surrogates: no keyboard makes them, and a database or a letter may choke on them.
    """
    lines = _NEWLINE.sub("\n", text)
    if _REFUSED.search(lines):
        raise ValueRefused("text.control")
    # Composing can bring no new mark, but dropping a mark can bring two letters together: drop first.
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", lines))
    if not multiline:
        return " ".join(visible.split())
    trimmed = "\n".join(_BLANKS.sub(" ", line).strip() for line in visible.split("\n"))
    return _EMPTY_LINES.sub("\n\n", trimmed).strip()
