"""Furnishing the demo town, and how far its applications are then."""

from __future__ import annotations

from collections import Counter

from balai.demo.tests.furnishing import furnish
from balai.engines.cases import queries
from balai.people.models import Citizen

STAGES = Counter(submitted=4, returned=1, issued=1, ready=1, closed=1)


def seed() -> None:
    """Furnish it, or what is missing of it."""
    furnish("cases")


def states() -> Counter[str]:
    """How many applications stand where."""
    return Counter(case.state for citizen in Citizen.objects.all() for case in queries.open_affairs(citizen))
