"""What every service that the town lists has in common, whether it is done here or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise


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


@dataclass(frozen=True)
class Entry:
    """What an engine lets people find beside services, such as a kind of report; it leads to its own page.

    `note` stands under the title, where a service says what it costs.
    """

    id: str
    engine: str
    slug: str
    title: str
    summary: str
    keywords: Sequence[str]
    url: str
    icon: str
    note: str | Promise = ""
    life_event: str = ""
    help: str = ""
