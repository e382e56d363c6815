"""What only several files about reports together can get wrong, with file, line and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from balai.catalogue.faults import Fault
from balai.catalogue.schema.dated import DatedRule, overlaps
from balai.catalogue.source import Source
from balai.catalogue.synonyms import unsound
from balai.engines.reports.rules.categories import ClockBook
from balai.government import Government
from balai.kernel.toml_lines import Path
from balai.ui.icons import ICONS

if TYPE_CHECKING:
    from balai.engines.reports.queries.definitions import Definitions

At = tuple[Path, str]


def faults_between(found: Definitions, sources: Mapping[str, Source], town: Government) -> Iterator[Fault]:
    """Every fault between sound files. `sources` are by label, and by slug for kinds of reports."""
    shared = "services/reports"
    checks = {
        f"{shared}/groups.toml": _group_faults(found),
        f"{shared}/clocks.toml": _clock_faults(found.clocks, found),
        f"{shared}/texts.toml": _text_faults(found),
        f"{shared}/words.toml": unsound(found.words),
    }
    if found.town is not None:
        checks[f"governments/{town.folder}/reports.toml"] = _town_faults(found, town)
    for label, faults in checks.items():
        yield from (sources[label].fault(path, sentence) for path, sentence in faults)
    for slug in found.categories:
        yield from (sources[slug].fault(*fault) for fault in _category_faults(found, slug))


def _group_faults(found: Definitions) -> Iterator[At]:
    for at, group in enumerate(found.groups):
        if group.icon not in ICONS:
            yield ("group", at, "icon"), f'no icon "{group.icon}" in balai/ui/icons.py.'
    yield from _repeated("group", [group.code for group in found.groups])


def _category_faults(found: Definitions, slug: str) -> Iterator[At]:
    category = found.categories[slug]
    if category.group not in {group.code for group in found.groups}:
        yield ("group",), f'no group "{category.group}" in services/reports/groups.toml.'
    if category.icon not in ICONS:
        yield ("icon",), f'no icon "{category.icon}" in balai/ui/icons.py.'
    if category.kind == "whistle" and not category.secret:
        yield ("kind",), "a report about officers is secret: secret = true."
    yield from _repeated("stage", [stage.code for stage in category.stage])


def _clock_faults(book: ClockBook, found: Definitions) -> Iterator[At]:
    tables: dict[str, tuple[DatedRule, ...]] = {
        "clock": book.clock,
        "patience": book.patience,
        "threshold": book.threshold,
    }
    for name, rules in tables.items():
        for earlier, later in overlaps(rules):
            yield (
                (name, later),
                f"on some days {name} {earlier + 1} holds as well; end it before with valid_to.",
            )
    for at, rule in enumerate(book.clock):
        yield from _unknown(found, ("clock", at, "categories"), rule.categories)


def _text_faults(found: Definitions) -> Iterator[At]:
    for at, text in enumerate(found.texts):
        yield from _unknown(found, ("text", at, "categories"), text.categories)
    yield from _repeated("text", [text.code for text in found.texts])


def _town_faults(found: Definitions, town: Government) -> Iterator[At]:
    here = found.here
    offices = {each.code for each in town.offices}
    for key in ("reception", "inspectorate"):
        if getattr(here, key) not in offices:
            yield (key,), f'no office "{getattr(here, key)}" in government.toml.'
    yield from _route_faults(found, town, {*offices, "village", "district"})
    yield from _unknown(found, ("off",), here.off)
    groups = {group.code for group in found.groups}
    for at, face in enumerate(here.face):
        yield from _unknown(found, ("face", at, "categories"), face.categories)
        for code in set(face.groups) - groups:
            yield ("face", at, "groups"), f'no group "{code}" in services/reports/groups.toml.'
    yield from _repeated("face", [face.slug for face in here.face], "slug")
    yield from _repeated("body", [body.code for body in here.body])
    for at, body in enumerate(here.body):
        yield from _unknown_handlers(found, ("body", at, "handlers"), body.handlers)
    yield from _clock_faults(here, found)


def _route_faults(found: Definitions, town: Government, offices: set[str]) -> Iterator[At]:
    areas = {area.code for area in town.areas}
    for at, route in enumerate(found.here.route):
        if route.office not in offices:
            yield ("route", at, "office"), f'no office "{route.office}" in government.toml.'
        yield from _unknown(found, ("route", at, "categories"), route.categories)
        yield from _unknown_handlers(found, ("route", at, "handlers"), route.handlers)
        for code in set(route.areas) - areas:
            yield ("route", at, "areas"), f'no area "{code}" in areas.csv.'


def _unknown(found: Definitions, path: Path, slugs: tuple[str, ...]) -> Iterator[At]:
    for slug in slugs:
        if slug not in found.categories:
            yield path, f'no category "{slug}" in services/reports/.'


def _unknown_handlers(found: Definitions, path: Path, handlers: tuple[str, ...]) -> Iterator[At]:
    known = {each.handler for each in found.categories.values()}
    for handler in handlers:
        if handler not in known:
            yield path, f'no category has the handler "{handler}"; known are {", ".join(sorted(known))}.'


def _repeated(table: str, codes: list[str], key: str = "code") -> Iterator[At]:
    for code, times in Counter(codes).items():
        if times > 1:
            last = len(codes) - 1 - codes[::-1].index(code)
            yield (table, last, key), f'"{code}" stands twice.'
