"""Run with an engine switched off: nothing else may need it. Exits 1 and prints what was imported.

Usage: python removal.py balai.engines.NAME   (BALAI_ENGINES holds the engines that stay)
"""

from __future__ import annotations

import importlib
import sys
from functools import partial
from http import HTTPStatus
from pathlib import Path

import django

SOURCE = Path(__file__).resolve().parents[2] / "src"
# What a higher package keeps about one engine stands in a file of the engine's name and goes with it.
ABOVE = ("balai.flows.", "balai.demo.")
# A measurement names what it measures; no town imports it.
MEASUREMENTS = "balai.bench."


def goes_along(name: str, package: str) -> bool:
    """Whether a module is the removed package's own, a file above that bears its name, or a measurement."""
    engine = package.rsplit(".", 1)[-1]
    bears_its_name = any(engine in part.split("_") for part in name.split("."))
    return name.startswith((package, MEASUREMENTS)) or (name.startswith(ABOVE) and bears_its_name)


def modules_outside(package: str) -> list[str]:
    """Every module of the house that stays; tests included, migrations not."""
    files = (path.relative_to(SOURCE).with_suffix("") for path in (SOURCE / "balai").rglob("*.py"))
    found = sorted(".".join(path.parts).removesuffix(".__init__") for path in files)
    return [name for name in found if not goes_along(name, package) and ".migrations" not in name]


def imported_of(package: str) -> list[str]:
    """What of the package is in this process by now."""
    return sorted(name for name in sys.modules if name.startswith(package))


def import_the_rest(package: str) -> None:
    """Import every module that stays, as whoever runs it would."""
    for name in modules_outside(package):
        importlib.import_module(name)


def live_a_little() -> None:
    """Check the house, build its tables and ask for a page."""
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up
    from django.test import Client  # noqa: PLC0415 - after Django is set up
    from django.urls import get_resolver  # noqa: PLC0415 - after Django is set up

    call_command("check")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("migrate", verbosity=0)
    assert get_resolver().url_patterns is not None
    status = Client().get("/healthz").status_code
    assert status == HTTPStatus.OK, f"/healthz answers {status}"


def main(package: str) -> int:
    """Set the house up, import it and live in it without `package`; end at the step that needed it."""
    for step in (django.setup, partial(import_the_rest, package), live_a_little):
        step()
        if came := imported_of(package):
            print(f"imported all the same: {', '.join(came)}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
