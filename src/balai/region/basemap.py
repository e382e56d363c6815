"""The map under all maps: the town's own borders and roads, simplified until a phone may load them.

Drawn once for a government's folder (`./balai start` does it before the town opens), kept compressed in the
data folder and told apart by what it was drawn from. Serving it costs no shapely and no parsing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.urls import reverse

from balai import government
from balai.government import Government
from balai.government.geometry import paths
from balai.government.loading import GOVERNMENTS
from balai.region.geometry import Ground, ground
from balai.ui.maps import Drawing

VERSION: Final = 1  # goes up when what is drawn changes, so that kept files are drawn anew
LARGEST = 60_000  # compressed
# Metres by which lines may move, and the roads that are drawn: the first that fits is taken.
_ALL = ("national", "provincial", "local", "village")
_ATTEMPTS = (
    *((metres, _ALL) for metres in (1, 3, 8, 20)),
    *((metres, _ALL[:3]) for metres in (8, 20, 50)),
    *((metres, _ALL[:2]) for metres in (20, 50, 150)),
)


class Basemap(NamedTuple):
    """The drawing as GeoJSON, packed by gzip; `mark` changes with it."""

    mark: str
    packed: bytes

    @property
    def kilobytes(self) -> int:
        """What a phone loads, rounded up."""
        return -(-len(self.packed) // 1000)


def has_basemap() -> bool:
    """Whether there is anything to show: geometry of its own, or a server of tiles."""
    return _has_basemap(government.current().folder)


def basemap() -> Basemap:
    """The drawing of the government that this process serves."""
    return _kept(government.current().folder)


def for_pages() -> Drawing | None:
    """Where pages find the drawing, under an address that changes with it; None where there is none."""
    if not has_basemap():
        return None
    drawn = basemap()
    return Drawing(f"{reverse('region:basemap')}?v={drawn.mark}", drawn.kilobytes)


@lru_cache(maxsize=2)
def _has_basemap(folder: str) -> bool:
    return bool(government.current().map.tiles or paths(GOVERNMENTS / folder))


@lru_cache(maxsize=2)
def _kept(folder: str) -> Basemap:
    town = government.current()
    mark = _mark(town)
    path = Path(settings.BALAI.data_dir) / "map" / f"{mark}.json.gz"
    if not path.exists():
        _write(path, draw(ground(), town))
    return Basemap(mark, path.read_bytes())


def _write(path: Path, packed: bytes) -> None:
    """Whole or not at all: another process may draw the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".draft-", delete=False) as draft:
        draft.write(packed)
    Path(draft.name).replace(path)


def _mark(town: Government) -> str:
    """A name for what is drawn: the files, the names of areas and the tiles."""
    digest = hashlib.sha256(f"{VERSION} {town.map!r} {town.area_titles!r}".encode())
    for path in paths(GOVERNMENTS / town.folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def draw(drawn: Ground, town: Government, largest: int = LARGEST) -> bytes:
    """The finest drawing of at most so many bytes, or the coarsest there is."""
    packed = b""
    for metres, statuses in _ATTEMPTS:
        packed = _packed(_collection(drawn, town, metres, statuses))
        if len(packed) <= largest:
            break
    return packed


def _packed(collection: dict[str, Any]) -> bytes:
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _collection(drawn: Ground, town: Government, metres: float, statuses: tuple[str, ...]) -> dict[str, Any]:
    """`k` says what a feature is, `n` how it is called."""
    tiles = {"url": town.map.tiles, "attribution": town.map.attribution} if town.map.tiles else None
    return {
        "type": "FeatureCollection",
        "source": "; ".join(drawn.sources),
        "is_demo": drawn.is_demo,
        "tiles": tiles,
        "features": [
            *_borders(drawn, town, metres),
            *_owned(drawn, metres),
            *_roads(drawn, metres, statuses),
        ],
    }


def _borders(drawn: Ground, town: Government, metres: float) -> Iterator[dict[str, Any]]:
    if not drawn.cells:
        return
    shapely = drawn.shapely
    cells = list(shapely.coverage_simplify(drawn.cells, metres))
    by_district: dict[str, list[Any]] = defaultdict(list)
    for code, cell in zip(drawn.codes, cells, strict=True):
        by_district[code.rpartition(".")[0]].append(cell)
    districts = {code: shapely.union_all(inside) for code, inside in by_district.items()}
    outer = _edges(shapely, districts.values())
    yield _feature(drawn, shapely.union_all(list(districts.values())), k="town", n=town.name)
    inner = _edges(shapely, cells).difference(outer)
    if not inner.is_empty:
        yield _feature(drawn, inner, k="village-edge")
    yield _feature(drawn, outer, k="district-edge")
    names = {area.code: area.name for area in town.areas}
    for code, shape in districts.items():
        yield _feature(drawn, shape.representative_point(), k="district-name", n=names[code])
    for code, cell in zip(drawn.codes, cells, strict=True):
        yield _feature(drawn, cell.representative_point(), k="village-name", n=names[code])


def _edges(shapely: Any, shapes: Any) -> Any:
    """Borders of neighbours once, in as few lines as possible."""
    return shapely.line_merge(shapely.union_all([shape.boundary for shape in shapes]))


def _owned(drawn: Ground, metres: float) -> Iterator[dict[str, Any]]:
    for owner, shape in zip(drawn.owners, drawn.owned, strict=True):
        yield _feature(drawn, shape.simplify(metres), k="owner", n=owner.name)


def _roads(drawn: Ground, metres: float, statuses: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The lowest first, so that the state's roads lie on top."""
    for status in reversed(statuses):
        for each in drawn.roads:
            # A line drawn again for a later day is shown once: where it runs is the same.
            if each.road.status == status and each.valid_to == date.max and each.shape is not None:
                yield _feature(drawn, each.shape.simplify(metres), k=status, n=each.road.name)


def _feature(drawn: Ground, shape: Any, **properties: str) -> dict[str, Any]:
    geometry = json.loads(drawn.shapely.to_geojson(drawn.in_degrees(shape)))
    return {"type": "Feature", "properties": properties, "geometry": geometry}
