"""One stylesheet and one script per shell, made from one small file per component.

Sources: `styles/*.css` (in name order), `components/*/*.css`, `controllers/*.js`. A file belongs to both
shells unless its first line says `shells: desk`. The government's two colours are written into the
stylesheet here, because a strict content policy leaves no room for them in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from balai.government import current
from balai.government.schema import Colours
from balai.ui import palette

HERE = Path(__file__).parent
SHELLS = ("citizen", "desk")
_MARK = re.compile(r"shells:\s*([a-z ]+)")


def bundle_folder() -> Path:
    """Where the built files stand: in the data folder, so two towns can share one checkout."""
    return Path(settings.STATIC_ROOT).parent / "bundle"


def sources(suffix: str) -> list[Path]:
    """All files that go into bundles, in the order in which they are joined."""
    if suffix == ".js":
        return sorted(HERE.glob("controllers/*.js"))
    return [*sorted(HERE.glob("styles/*.css")), *sorted(HERE.glob("components/*/*.css"))]


def belongs(path: Path, shell: str) -> bool:
    """Whether a source goes into the shell's bundle; its first line may restrict it."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    mark = _MARK.search(first)
    return mark is None or shell in mark.group(1).split()


def colour_rules(colours: Colours) -> str:
    """The custom properties of both colour schemes as CSS."""
    tones = palette.tokens(colours.primary, colours.accent, colours.primary_on_dark, colours.accent_on_dark)
    light = "".join(f"--{name}:{value};" for name, value in tones["light"].items())
    dark = "".join(f"--{name}:{value};" for name, value in tones["dark"].items())
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"


def stylesheet(shell: str, colours: Colours) -> str:
    """The whole stylesheet of a shell, minified. Print rules go last, so they win."""
    parts = [path.read_text(encoding="utf-8") for path in sources(".css") if belongs(path, shell)]
    css: str = rcssmin.cssmin(colour_rules(colours) + "\n".join(parts))
    return css


def script(shell: str) -> str:
    """The controllers of a shell, minified; each is a function of its own and shares no names."""
    parts = [path.read_text(encoding="utf-8") for path in sources(".js") if belongs(path, shell)]
    js: str = rjsmin.jsmin("\n".join(parts))
    return js


def write_bundles() -> list[Path]:
    """Build all bundles; unchanged files are not touched. Returns their paths."""
    folder = bundle_folder() / "ui"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for shell in SHELLS:
        written.append(_write(folder / f"{shell}.css", stylesheet(shell, current().colours)))
        written.append(_write(folder / f"{shell}.js", script(shell)))
    return written


def _write(path: Path, text: str) -> Path:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


class BundleFinder(BaseFinder):
    """Lets `collectstatic` and the test server find the bundles, building them when first asked."""

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=bundle_folder())
        self._is_built = False

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def _build(self) -> None:
        if not self._is_built:
            write_bundles()
            self._is_built = True

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if not path.startswith("ui/") or Path(path).stem not in SHELLS:
            return []
        self._build()
        found = bundle_folder() / path
        if not found.exists():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self._build()
        for path in sorted(bundle_folder().glob("ui/*")):
            yield f"ui/{path.name}", self.storage
