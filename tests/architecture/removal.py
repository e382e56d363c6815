"""Run with an engine switched off: nothing else may need it. Exits 1 and prints what was imported.

Usage: python removal.py balai.engines.NAME   (BALAI_ENGINES holds the engines that stay)
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import django


def deleted_with(package: str) -> tuple[str, ...]:
    """The package, and what lives and dies with an engine: its demo and its measurements."""
    name = package.rpartition(".")[2]
    return (package, f"balai.demo.engines.{name}", f"balai.bench.engines.{name}")


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


def main(package: str) -> int:
    """Import the house, build its tables and ask for a page without `package`."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up
    from django.test import Client  # noqa: PLC0415 - after Django is set up
    from django.urls import get_resolver  # noqa: PLC0415 - after Django is set up

    for name in modules_outside(package):
        importlib.import_module(name)
    call_command("check")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("migrate", verbosity=0)
    assert get_resolver().url_patterns is not None
    status = Client().get("/healthz").status_code
    left = sorted(name for name in sys.modules if name.startswith(package))
    if left or status != 200:
        print(f"/healthz answers {status}; imported all the same: {', '.join(left)}")
    return int(bool(left) or status != 200)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
