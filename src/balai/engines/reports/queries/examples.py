"""Walks the examples of kinds of reports through suggestion, routes, bodies and clocks of one government."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path as FilePath

from pydantic import ValidationError

from balai.catalogue.at_home import at_home
from balai.catalogue.faults import CatalogueRefused, Fault, pydantic_faults
from balai.catalogue.source import Source, read_source, texts_set
from balai.engines.reports.enums import ReportKind
from balai.engines.reports.queries.definitions import CATEGORY_FILE, FOLDER, Definitions, load
from balai.engines.reports.queries.suggesting import Suggester
from balai.engines.reports.rules.categories import Category, TownReports
from balai.engines.reports.rules.examples import Outcome, ReportExample
from balai.engines.reports.rules.routing import Facts, body_of, office_of, route_of
from balai.government import Government
from balai.kernel.toml_lines import Path

EXAMPLES = "examples"
FEWEST = 2


def walk_all(services: FilePath, town: Government) -> Iterator[Fault]:
    """Whatever comes out otherwise than the examples say; nothing for a town that takes no reports.

    Raises CatalogueRefused when the definitions have faults.
    """
    found = load(services, town)
    if found.town is None:
        return
    suggester = Suggester(found)
    with texts_set(town.words.set_in):
        for file in sorted((services / FOLDER).glob(f"*/{CATEGORY_FILE}")):
            category = found.categories[str(read_source(file, file.name).data["slug"])]
            yield from _walk_kind(category, file.parent, found, suggester, town)


def _walk_kind(
    category: Category, folder: FilePath, found: Definitions, suggester: Suggester, town: Government
) -> Iterator[Fault]:
    label = f"services/{FOLDER}/{folder.name}/{EXAMPLES}"
    files = sorted((folder / EXAMPLES).glob("*.toml"))
    if len(files) < FEWEST:
        yield Fault(label, 1, "a kind of report needs two examples: an ordinary one and an edge.")
    for file in files:
        try:
            source = read_source(file, f"{label}/{file.name}")
            example = ReportExample.model_validate(at_home(source.data))
        except CatalogueRefused as refused:
            yield from refused.faults
        except ValidationError as error:
            yield from (source.fault(path, sentence) for path, sentence in pydantic_faults(error))
        else:
            yield from _walk(category, example, source, found, suggester, town)


def _walk(
    category: Category,
    example: ReportExample,
    source: Source,
    found: Definitions,
    suggester: Suggester,
    town: Government,
) -> Iterator[Fault]:
    if category.slug not in found.offered:
        return
    expected = example.expect.at(town.code)
    at = f"{town.short_name}: "
    for path, sentence in (
        *_unsuggested(category, example, suggester),
        *_misrouted(category, example, expected, found.here, town),
        *_misplaced(category, example, expected, found.here),
        *_mistimed(category, example, expected, found),
    ):
        yield source.fault(("expect", *path), at + sentence)


def _unsuggested(
    category: Category, example: ReportExample, suggester: Suggester
) -> Iterator[tuple[Path, str]]:
    most = example.expect.among
    first = [each.category.slug for each in suggester.suggest(example.text, most)]
    if category.slug not in first:
        said = ", ".join(first) or "nothing"
        yield ("among",), f"the text suggests {said}; {category.slug} is not among the first {most}."


def _misrouted(
    category: Category, example: ReportExample, expected: Outcome, here: TownReports, town: Government
) -> Iterator[tuple[Path, str]]:
    if expected.office is None:
        return
    area = example.place.area
    facts = Facts(
        category=category,
        area_code=area,
        road_status=example.place.road_status or "",
        text=example.text,
        local_at=datetime.combine(example.filed_on, time(example.hour), town.tzinfo),
    )
    got = office_of(route_of(here.route, facts), area)
    if category.kind == ReportKind.WHISTLE:
        got = here.inspectorate
    wanted = _office(expected.office, category, area, here)
    if got != wanted:
        yield ("office",), f'goes to the office "{got}", not to "{wanted}".'


def _office(named: str, category: Category, area: str, here: TownReports) -> str:
    """The code of an office that an example names by its part."""
    parts = {
        "reception": here.reception,
        "inspectorate": here.inspectorate,
        "village": area,
        "district": area.rpartition(".")[0],
        "handler": handling_office(category, here),
    }
    return parts.get(named, named)


def handling_office(category: Category, here: TownReports) -> str:
    """The office that does what the kind needs, wherever and whenever: no village, no night duty."""
    always = (
        route.office
        for route in here.route
        if category.handler in route.handlers
        and not (route.categories or route.areas or route.road_status or route.words or route.hours)
    )
    return next(always, here.route[-1].office)


def _misplaced(
    category: Category, example: ReportExample, expected: Outcome, here: TownReports
) -> Iterator[tuple[Path, str]]:
    if expected.body is None:
        return
    found = body_of(
        here.body,
        handler=category.handler,
        by_road=category.by_road,
        road_status=example.place.road_status or "",
        owner_kind=example.place.owner or "",
    )
    got = found.code if found else ""
    if got != expected.body:
        yield ("body",), f'in charge is "{got}", not "{expected.body}".'


def _mistimed(
    category: Category, example: ReportExample, expected: Outcome, found: Definitions
) -> Iterator[tuple[Path, str]]:
    for clock, wanted in expected.clocks.items():
        rule = found.promise(clock, category, category.kind, example.filed_on)
        got = f"{rule.term.amount} {rule.term.unit}" if rule else "nothing"
        if got != wanted:
            yield ("clocks", clock.value), f"{clock.value} promises {got}, not {wanted}."
