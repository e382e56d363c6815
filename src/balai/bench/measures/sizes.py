"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of one run; the figures in docs/measurements/ are taken with `FULL`."""

    warm_up: int
    rounds: int
    units: int
    open_units: int
    few_items: int
    many_items: int
    idle_seconds: float
    repeats: int
    kills: int
    services: int
    cycles: int
    reports: tuple[int, ...]


FULL = Size(
    warm_up=100,
    rounds=5,
    units=200,
    open_units=500,
    few_items=10,
    many_items=100_000,
    idle_seconds=20.0,
    repeats=200,
    kills=200,
    services=500,
    cycles=100,
    reports=(0, 100_000, 1_000_000),
)
# Shows that everything runs; its figures mean nothing.
TINY = Size(
    warm_up=2,
    rounds=2,
    units=4,
    open_units=6,
    few_items=2,
    many_items=30,
    idle_seconds=0.0,
    repeats=2,
    kills=3,
    services=70,
    cycles=2,
    reports=(0, 200),
)
