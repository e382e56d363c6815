"""What the door says while services do not work as promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from balai.catalogue.catalogue import Catalogue
from balai.catalogue.models import Disruption

NAMED = 3


@dataclass(frozen=True)
class DisruptionLine:
    """One banner: what is said, until when, and on pages about many services, about which."""

    text: str
    until: datetime
    titles: tuple[str, ...]
    others: int


def disruption_lines(
    disruptions: Iterable[Disruption], catalogue: Catalogue | None = None
) -> list[DisruptionLine]:
    """Banners in the order given; with a catalogue each names its first services."""
    titles = {each.id: each.title for each in catalogue.listed} if catalogue else {}
    lines = []
    for each in disruptions:
        known = tuple(titles[service_id] for service_id in each.service_ids if service_id in titles)
        lines.append(DisruptionLine(each.text, each.ends_at, known[:NAMED], max(0, len(known) - NAMED)))
    return lines
