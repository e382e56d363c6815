"""What a page may load: from this town alone, but for pictures of hosts that a higher package names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

Hosts = tuple[str, ...]


class PictureHosts:
    """Hosts beside our own from which pages show pictures, such as a server of map tiles.

    The package that knows them registers who is asked, on every answer: it has to be quick.
    """

    def __init__(self) -> None:
        self._ask: Callable[[], Hosts] = tuple

    def register(self, ask: Callable[[], Hosts]) -> Callable[[], Hosts]:
        """Let `ask()` say them, each as "https://tiles.example"; gives back who said them before."""
        before, self._ask = self._ask, ask
        return before

    def current(self) -> Hosts:
        """Those of today; none until somebody registered."""
        return self._ask()


picture_hosts = PictureHosts()


@lru_cache(maxsize=8)
def content_policy(hosts: Hosts) -> str:
    """The header of a page that may show pictures of these hosts, too."""
    # data: QR codes drawn as data. blob: previews of photos just taken.
    pictures = " ".join(("img-src 'self' data: blob:", *hosts))
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            pictures,
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
