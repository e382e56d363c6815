"""The services of one town, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from balai.catalogue.notices import Notices
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.search import Hit, SearchIndex
from balai.runtime.errors import NotFound


class Catalogue:
    """An immutable set of services; a reload makes another one. `folder` is where it was read from."""

    def __init__(
        self,
        services: Iterable[ServiceDefinition],
        folder: Path | None = None,
        notices: Notices | None = None,
    ) -> None:
        self.services: tuple[ServiceDefinition, ...] = tuple(services)
        self.folder = folder
        self.notices = notices or Notices()
        self._by_id: Mapping[str, ServiceDefinition] = {each.id: each for each in self.services}
        self._by_slug: Mapping[str, ServiceDefinition] = {each.slug: each for each in self.services}

    def by_id(self, service_id: str) -> ServiceDefinition:
        """The service in this folder; raise NotFound."""
        return _found(self._by_id, service_id)

    def by_slug(self, slug: str) -> ServiceDefinition:
        """The service at this address; raise NotFound."""
        return _found(self._by_slug, slug)

    def search(self, q: str, limit: int = 20) -> list[Hit]:
        """Services that people may mean by `q`, best first; see `search.SearchIndex.search`."""
        return self._index.search(q, limit)

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self.services)


def _found(services: Mapping[str, ServiceDefinition], key: str) -> ServiceDefinition:
    try:
        return services[key]
    except KeyError:
        raise NotFound(key) from None
