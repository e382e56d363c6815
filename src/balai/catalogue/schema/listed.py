"""What every service that the town lists has in common, whether it is done here or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Listed(Protocol):
    """Enough to find a service and to open its page."""

    @property
    def id(self) -> str: ...
    @property
    def engine(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def keywords(self) -> Sequence[str]: ...
    @property
    def life_event(self) -> str: ...
    @property
    def help(self) -> str: ...
