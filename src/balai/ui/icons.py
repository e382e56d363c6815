"""The icon set: outlines on a 24 px grid, stroke 1.7, inlined so that a page needs no sprite request.

Adding one: draw it with `M`/`L`/`A` commands inside 3..21 and add a line; the gallery at `/ui/` shows all.
"""

# ruff: noqa: E501 - a path is one thing; breaking it into lines makes it harder to compare with the drawing
from __future__ import annotations

from django.utils.html import escape

# One `d` attribute each. Names say what is drawn or what it stands for, in English.
ICONS: dict[str, str] = {
    "hall": "M2.5 11.5 8 6h8l5.5 5.5M5 11.5h14M6.5 11.5V20M17.5 11.5V20M10.2 11.5V20M13.8 11.5V20M3.5 20h17"
    "M9.2 6l1.3-2.5h3L14.8 6",
    "home": "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20",
    "search": "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.3 15.3 20.5 20.5",
    "list": "M8.5 6H20M8.5 12H20M8.5 18H20M4.2 6h.1M4.2 12h.1M4.2 18h.1",
    "track": "M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0c0 5.4-6.5 11-6.5 11M12 7.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8",
    "person": "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
    "people": "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M2.5 19.5c.5-3.3 3-5 6.5-5s6 1.7 6.5 5"
    "M15.5 5.3a3.3 3.3 0 0 1 0 6.4M18 15c2 .7 3.2 2.2 3.5 4.5",
    "help": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7"
    "M12 16.7v.1",
    "sign-in": "M13.5 4H19v16h-5.5M4 12h10.5M11 8.5 14.5 12 11 15.5",
    "sign-out": "M10.5 4H5v16h5.5M9.5 12H20M16.5 8.5 20 12l-3.5 3.5",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "chevron-right": "M9 5.5 15.5 12 9 18.5",
    "plus": "M12 5v14M5 12h14",
    "trash": "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.2 11v5.5M13.8 11v5.5",
    "check": "M5 12.5 10 17.5 19.5 7",
    "check-circle": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M8 12.3l2.8 2.8L16 9.5",
    "circle": "M12 4.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15",
    "cross": "M6 6l12 12M18 6 6 18",
    "alert": "M12 4 21.5 20h-19zM12 10v4.5M12 17.3v.1",
    "info": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 11v5.5M12 7.7v.1",
    "clock": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 7.5V12l3 2",
    "pause": "M9 6v12M15 6v12",
    "money": "M3.5 6.5h17v11h-17zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5M6.5 12h.1M17.4 12h.1",
    "walk": "M13 3.5a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M9 21l2.2-5.8L9.5 13l1-4.5L7.5 10.5 7 13"
    "M10.5 8.5l3 .5 1.5 2.5 2.5 1M12.2 14.7 14.5 17l.8 4",
    "file": "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5M9 13h6.5M9 16.5h6.5",
    "camera": "M4 7.5h4L9.5 5h5L16 7.5h4v11.5H4zM12 10a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4",
    "upload": "M12 16V4.5M7.5 9 12 4.5 16.5 9M4.5 15.5V20h15v-4.5",
    "download": "M12 4v11.5M7.5 11l4.5 4.5 4.5-4.5M4.5 16v4h15v-4",
    "print": "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
    "copy": "M8.5 8.5H20V20H8.5zM15.5 8.5V4H4v11.5h4.5",
    "lock": "M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4",
    "target": "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14M12 2v5M12 17v5M2 12h5M17 12h5",
    "phone": "M8 3.5h8v17H8zM11 17.5h2",
    "mail": "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5",
    "stamp": "M9.5 3.5h5v4l-1 5h5v4h-13v-4h5l-1-5zM5.5 20.5h13",
    "shelf": "M4 3.5v17M20 3.5v17M4 11h16M4 19h16M7 11V6h3v5M10 11V5h3v6M14.5 10.8 16.5 6M8 19v-4.5h8V19",
    "hand": "M4 14.5l4-2.5c1.5-.8 2.5-.5 3.5.3l2 1.7c1 .9.3 2.5-1 2.3l-2.5-.5M13 15l5-3.2c1.5-.9 2.9 1 1.7 2.2"
    "l-5.2 4.5c-1 .8-2 1-3.2.7L7.5 18 4 19.5",
    "pencil": "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
    "calendar": "M4 6h16v14.5H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    "pin": "M4 6.5h16v11H4zM8 12h.1M12 12h.1M16 12h.1",
    "birth": "M12 3.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8M6 20.5c0-4.2 2.3-6.5 6-6.5s6 2.3 6 6.5M10.5 8.5c.9.8 2.1.8 3 0",
    "school": "M2.5 9.5 12 5l9.5 4.5L12 14zM6.5 11.7v4.8c0 1.9 11 1.9 11 0v-4.8M21.5 9.5V16",
    "work": "M3.5 8h17v12h-17zM9 8V4.5h6V8M3.5 13h17M12 12v2.5",
    "card": "M3.5 5.5h17v13.5h-17zM8 9.5a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M5.7 16.3c.3-1.5 1.1-2.2 2.3-2.2"
    "s2 .7 2.3 2.2M13.5 10h4M13.5 14h4",
    "heart": "M12 20.5S4 15.5 4 9.8A4.3 4.3 0 0 1 12 7.5a4.3 4.3 0 0 1 8 2.3c0 5.7-8 10.7-8 10.7",
    "health": "M9 4h6v5h5v6h-5v5H9v-5H4V9h5z",
    "house": "M4 20V9.5L12 4l8 5.5V20M9 20v-6h6v6M2.5 20h19",
    "death": "M12 3.5c3 2.5 4.5 4.8 4.5 7a4.5 4.5 0 0 1-9 0c0-2.2 1.5-4.5 4.5-7M5 20.5h14M8 17.5h8",
    "move": "M3 7h11v10H3zM14 10h4l3 3.5V17h-7M7 15.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4M17 15.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4",
    "car": "M4 16.5v-4l2-6h12l2 6v4zM4 12.5h16M6.5 16.5v2.5M17.5 16.5v2.5M7.3 14.5h.1M16.7 14.5h.1",
    "village": "M3 20V12l4.5-4 4.5 4v8M12 14.5l4.5-4 4.5 4V20M2 20h20M6 20v-4h3v4M15.5 20v-3h2v3M16.5 4v3",
    "shield": "M12 3.5l7.5 3v5c0 4.5-3 7.5-7.5 9.5-4.5-2-7.5-5-7.5-9.5v-5zM8.5 12l2.5 2.5 4.5-5",
    "signal-off": "M3 3l18 18M12 19.5v.1M8.5 15.5a5 5 0 0 1 6 -.6M5 12a10 10 0 0 1 4-2.3M13 8.9a10 10 0 0 1 6 3.1M2.5 8a15 15 0 0 1 3.5-2.2"
    "M10 4.7A15 15 0 0 1 21.5 8",
    "inbox": "M4 4.5h16v15H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20",
    "report": "M4 10v4.5h3L17 19V5.5L7 10zM20 10v4.5M7.5 14.5l1.5 5.5h2.5l-1-4",
    "dots": "M5.5 12h.1M12 12h.1M18.5 12h.1",
}


def icon_svg(name: str, label: str = "") -> str:
    """The icon as an inline `<svg>`; decorative unless `label` names it. Raises KeyError when unknown."""
    path = ICONS[name]
    described = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="icon" viewBox="0 0 24 24" {described}><path d="{path}"/></svg>'
