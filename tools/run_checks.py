"""`./balai check`: format, lint, types, contracts, catalogue, migrations, translations, side by side."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable


@dataclass(frozen=True)
class Check:
    """One command that must end with 0, and what it is called."""

    name: str
    command: tuple[str | Path, ...]


@dataclass(frozen=True)
class Outcome:
    """How a check ended."""

    check: Check
    passed: bool
    seconds: float
    said: str


# The longest first, so that two cores are busy to the end.
CHECKS = (
    Check("types", (PYTHON, "-m", "mypy", "src", "tools")),
    Check("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0")),
    Check("catalogue", (PYTHON, "manage.py", "catalogue_check")),
    Check("governments", (PYTHON, "manage.py", "government_check")),
    Check("settings", (PYTHON, "manage.py", "settings_doc", "--check")),
    Check("import contracts", (BIN / "lint-imports",)),
    Check("translations", (PYTHON, "tools/translations.py")),
    Check("lint", (BIN / "ruff", "check", "--quiet", "--output-format=concise", ".")),
    Check("format", (BIN / "ruff", "format", "--check", "--output-format=concise", ".")),
    Check("launcher", ("sh", "-n", "balai")),
)


def run(check: Check) -> Outcome:
    """Run one check and keep what it says."""
    began = time.monotonic()
    environment = {
        **os.environ,
        "BALAI_MODE": "test",
        "BALAI_DATA_DIR": str(PROJECT / ".mypy_cache" / "data"),
    }
    done = subprocess.run(
        check.command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    return Outcome(check, done.returncode == 0, time.monotonic() - began, done.stdout + done.stderr)


def main() -> int:
    """Run every check; print a line for each and all that the failing ones say."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run, CHECKS))
    for outcome in outcomes:
        print(f"{'passes' if outcome.passed else 'FAILS '}  {outcome.seconds:5.1f} s  {outcome.check.name}")
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(f"\n--- {outcome.check.name} " + "-" * 60 + f"\n{outcome.said.strip()}")
    print(f"\n{len(outcomes) - len(failed)} of {len(outcomes)} checks pass, {time.monotonic() - began:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
