"""The services of one town, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from balai.catalogue.notices import Notices
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.elsewhere import Door, ElsewhereDefinition
from balai.catalogue.schema.listed import Entry, Listed
from balai.catalogue.search import Hit, SearchIndex
from balai.catalogue.standards import Standards
from balai.catalogue.synonyms import Synonyms
from balai.runtime.errors import NotFound


class Catalogue:
    """An immutable set of services; a reload makes another one. `folder` is where it was read from.

    `services` are done here; `elsewhere` are those of other agencies; `listed` is what citizens find: both,
    those first that `order` names by id. `entries` are what engines let people find beside them.
    """

    def __init__(
        self,
        services: Iterable[ServiceDefinition],
        folder: Path | None = None,
        notices: Notices | None = None,
        *,
        elsewhere: Iterable[ElsewhereDefinition] = (),
        doors: Mapping[str, Door] | None = None,
        synonyms: Synonyms | None = None,
        standards: Standards | None = None,
        order: Sequence[str] = (),
        entries: Iterable[Entry] = (),
    ) -> None:
        self.services: tuple[ServiceDefinition, ...] = tuple(services)
        self.folder = folder
        self.notices = notices or Notices()
        self.elsewhere: tuple[ElsewhereDefinition, ...] = tuple(elsewhere)
        self.entries: tuple[Entry, ...] = tuple(entries)
        self.listed: tuple[Listed, ...] = _in_order((*self.services, *self.elsewhere), order)
        self.doors: Mapping[str, Door] = doors or {}
        self.standards = standards or Standards()
        self.synonyms = synonyms or Synonyms()
        self._by_id: Mapping[str, ServiceDefinition] = {each.id: each for each in self.services}
        self._by_slug: Mapping[str, ServiceDefinition] = {each.slug: each for each in self.services}
        self._elsewhere_by_slug = {each.slug: each for each in self.elsewhere}

    def by_id(self, service_id: str) -> ServiceDefinition:
        """The service in this folder; raise NotFound."""
        return _found(self._by_id, service_id)

    def by_slug(self, slug: str) -> ServiceDefinition:
        """The service at this address; raise NotFound."""
        return _found(self._by_slug, slug)

    def elsewhere_by_slug(self, slug: str) -> ElsewhereDefinition | None:
        """The service of another agency at this address; None when there is none."""
        return self._elsewhere_by_slug.get(slug)

    def search(self, q: str, limit: int = 20) -> list[Hit]:
        """Services and entries that people may mean by `q`, best first; see `search.SearchIndex.search`."""
        return self._index.search(q, limit)

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex((*self.listed, *self.entries), self.synonyms)


def _in_order(services: Sequence[Listed], order: Sequence[str]) -> tuple[Listed, ...]:
    place: dict[str, int] = {}
    for service_id in order:
        place.setdefault(service_id, len(place))
    return tuple(sorted(services, key=lambda service: place.get(service.id, len(place))))


def _found(services: Mapping[str, ServiceDefinition], key: str) -> ServiceDefinition:
    try:
        return services[key]
    except KeyError:
        raise NotFound(key) from None
