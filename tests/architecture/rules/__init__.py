"""The rules, one file for each subject; importing this package registers them all."""

from tests.architecture.rules import (
    arrows,
    budgets,
    honesty,
    jobs,
    migrations,
    names,
    pages,
    repository,
    settings,
    translations,
)

__all__ = [
    "arrows",
    "budgets",
    "honesty",
    "jobs",
    "migrations",
    "names",
    "pages",
    "repository",
    "settings",
    "translations",
]
