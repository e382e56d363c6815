"""Render a service's help text; raw HTML is off, links stay, headings begin below the page's title."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False})
_HEADING = re.compile(r"<(/?)h([1-5])>")


def render_markdown(text: str) -> str:
    """CommonMark to HTML; `# Title` becomes `<h2>`, because the page already has its `<h1>`."""
    html: str = _parser.render(text)
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", html)
