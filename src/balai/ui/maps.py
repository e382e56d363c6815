"""What stands under a map and what it weighs; a higher package draws it and says so here."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "static" / "ui" / "map"
STYLES = ("leaflet.css", "map.css")
SCRIPTS = {
    "map-pick": ("leaflet.js", "map.js", "map-pick.js"),
    "map-show": ("leaflet.js", "map.js", "map-show.js"),
    "locate": ("locate.js",),
}
# What the scripts say, loaded with them and not with every page.
WORDS = {
    "asking": _("Mencari lokasi ponsel …"),
    "found": _("Lokasi ponsel terpakai, tepat sampai sekitar %(distance)s."),
    "coarse": _(
        "Lokasi ponsel terpakai, tetapi bisa meleset sampai %(distance)s. Betulkan di peta bila bisa."
    ),
    "denied": _("Ponsel tidak mengizinkan. Izinkan lokasi untuk situs ini, atau tunjuk di peta."),
    "late": _("Lokasi belum ketemu. Coba di tempat terbuka, atau tunjuk di peta."),
    "unavailable": _("Lokasi tidak dapat dibaca di sini. Tunjuk di peta, atau tuliskan tempatnya."),
    "cleared": _("Belum ada titik."),
    "map": _(
        "Peta. Geser dengan tombol panah, perbesar dengan tanda tambah, taruh titik di tengah dengan Enter."
    ),
    "zoom_in": _("Perbesar"),
    "zoom_out": _("Perkecil"),
    "chosen": _("Titik terpilih: %(place)s."),
    "marker": _("Titik terpilih; dapat digeser"),
    "help": _("Ketuk tempatnya di peta; titiknya dapat digeser."),
    "middle": _("Taruh titik di tengah peta"),
    "many": _("%(count)s titik; ketuk untuk memperbesar"),
    "more": _("dan %(count)s lagi"),
    "none": _("Tidak ada titik di bagian peta ini."),
    "points_failed": _("Titik-titik tidak dapat dimuat. Periksa sinyal, lalu coba lagi."),
}


class Drawing(NamedTuple):
    """Address of the GeoJSON under every map, and what it weighs on the way."""

    url: str
    kilobytes: int


Asked = Callable[[], Drawing | None]


class BaseMap:
    """The town's drawing, as `region` registers it; without one no page offers a map."""

    def __init__(self) -> None:
        self._ask: Asked = lambda: None

    def register(self, ask: Asked) -> Asked:
        """Let `ask()` say what is drawn, None where a town has neither geometry nor tiles.

        Gives back who said it before.
        """
        before, self._ask = self._ask, ask
        return before

    def current(self) -> Drawing | None:
        """The drawing of today."""
        return self._ask()


base_map = BaseMap()


def loaded_for(opens: str) -> dict[str, Any]:
    """What a button that opens a map has to load: `scripts`, `styles`, and for a map `base` and `kilobytes`.

    Empty where there is no map to show.
    """
    spoken = f"{reverse('maps:words')}?bahasa={get_language() or ''}"
    parts: dict[str, Any] = {"scripts": f"{spoken} {_addresses(SCRIPTS[opens])}"}
    if opens == "locate":
        return parts
    drawing = base_map.current()
    if drawing is None:
        return {}
    weight = drawing.kilobytes + weight_of(opens)
    return {**parts, "styles": _addresses(STYLES), "base": drawing.url, "kilobytes": weight}


@lru_cache(maxsize=8)
def weight_of(opens: str) -> int:
    """Kilobytes of the scripts and styles as they travel, rounded up."""
    files = (FOLDER / name for name in (*SCRIPTS[opens], *STYLES))
    return -(-sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) // 1000)


def _addresses(names: tuple[str, ...]) -> str:
    return " ".join(map(_address, names))


def _address(name: str) -> str:
    """Like the tag `asset`: an unbuilt file gives its plain address, not an error."""
    try:
        return str(staticfiles_storage.url(f"ui/map/{name}"))
    except ValueError:
        return f"/static/ui/map/{name}"
