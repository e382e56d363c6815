"""The words of a letter in their order, for a small screen and for a screen reader.

They come from the same sources as the page: Typst sets them as HTML under a frame of rules that turns what
only a sheet of paper knows (grids, places, pictures) into lines. Only text is taken from that HTML.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

# A row "label : value" of `facts` becomes one line; every other cell a line of its own.
_FRAME: Final = """#let given = json(bytes(sys.inputs.data))
#let lines(it) = {
  let n = if type(it.columns) == array { it.columns.len() } else { 1 }
  // The heading row of a table stands in an element of its own.
  let cells-of(each) = if each.func() == table.header { each.children } else { each }
  let cells = it.children.map(cells-of).flatten()
  for row in cells.chunks(n) {
    let is-fact = row.len() == 3 and row.at(1).body == [:]
    if is-fact { html.elem("dl", row.map(cell => cell.body).join([ ])) }
    else { for cell in row { html.elem("div", cell.body) } }
  }
}
#show grid: lines
#show table: lines
#show align: it => it.body
#show block: it => html.elem("div", it.body)
#show move: it => it.body
#show image: none
#show line: none
#show place: none
#show v: none
#show h: [ ]
#include "/{template}"
"""
_BREAKS: Final = frozenset({"p", "div", "dl", "li", "h1", "h2", "h3", "h4", "br", "td"})


def frame(template: str) -> str:
    """The frame under which `template` is set for reading."""
    return _FRAME.replace("{template}", template)


def lines_of(html: str) -> list[str]:
    """The text of such HTML, a line for each paragraph, cell or fact."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words: list[str] = []
        self._in_body = False
        self._facts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_body = self._in_body or tag == "body"
        self._break(tag)
        self._facts += tag == "dl"

    def handle_endtag(self, tag: str) -> None:
        self._facts -= tag == "dl"
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._in_body:
            self._words.append(data)

    def _break(self, tag: str) -> None:
        if tag not in _BREAKS:
            return
        if self._facts:
            self._words.append(" ")
        else:
            self.end_line()

    def end_line(self) -> None:
        line = " ".join("".join(self._words).replace("\u200b", "").split()).replace(" : ", ": ")
        if line:
            self.lines.append(line)
        self._words = []
