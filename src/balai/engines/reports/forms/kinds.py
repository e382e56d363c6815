"""Which kinds of trouble a page offers: those that the words speak for first, then all by their groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balai.engines.reports.enums import ReportKind
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.suggesting import suggest
from balai.engines.reports.rules.categories import Category, Face
from balai.ui.icons import ICONS

MOST_SUGGESTED = 4
NO_ICON = "report"


@dataclass(frozen=True)
class KindGroup:
    """A group of kinds as a page draws it."""

    code: str
    title: str
    icon: str
    kinds: Sequence[Category]


def suggested(text: str, face: Face | None = None) -> list[Category]:
    """The kinds that what she wrote may mean, likeliest first; at a door those of the door alone."""
    here = {each.slug for each in at_door(face)}
    found = (each.category for each in suggest(text, len(here)))
    return [each for each in found if each.slug in here][:MOST_SUGGESTED]


def at_door(face: Face | None) -> list[Category]:
    """Every kind that is offered at a door; a door that names none offers all."""
    kinds = list(definitions.current().offered.values())
    if face is None or not (face.groups or face.categories):
        return kinds
    return [each for each in kinds if each.group in face.groups or each.slug in face.categories]


def grouped(face: Face | None = None) -> list[KindGroup]:
    """The kinds at a door by their groups, in the groups' order; groups without any are left out."""
    kinds = at_door(face)
    groups = (
        KindGroup(group.code, group.title, group.icon, [each for each in kinds if each.group == group.code])
        for group in definitions.current().groups
    )
    return [
        KindGroup(each.code, each.title, each.icon if each.icon in ICONS else NO_ICON, each.kinds)
        for each in groups
        if each.kinds
    ]


def of_whistle() -> Category | None:
    """The kind behind "Saya dimintai uang"; None where this town takes none."""
    found = (each.category for each in suggest("saya dimintai uang", 5))
    return next((each for each in found if each.kind == ReportKind.WHISTLE), None)
