"""The check that runs before a town opens, and what the edge of the web server asks."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from balai.government.faults import GovernmentRefused
from balai.government.loading import current


def check_folder(**kwargs: Any) -> list[CheckMessage]:
    """One error for each fault in the folder of the government this town serves."""
    try:
        current()
    except GovernmentRefused as refused:
        return [
            Error(f"governments/{refused.folder}/{fault}", id="government.refused")
            for fault in refused.faults
        ]
    return []


def tile_hosts() -> tuple[str, ...]:
    """The host of the map tiles; none when the folder is faulty, because a page has to say so."""
    try:
        tiles = current().map.tiles
    except GovernmentRefused:
        return ()
    return (host_of(tiles),) if tiles else ()


def host_of(tiles: str) -> str:
    """ "https://tiles.example" of "https://tiles.example/{z}/{x}/{y}.png"."""
    return "/".join(tiles.split("/")[:3])
