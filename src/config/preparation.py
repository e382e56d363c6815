"""What must be true before a town opens: tables, government data, style sheets, demo people.

Every step looks first and works only when something changed, so that a second start takes seconds.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from django.core import checks
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from balai.runtime import keyring
from balai.runtime.settings import PROJECT, RuntimeSettings
from config.refusals import Refused

STATIC_SUFFIXES = {".css", ".js", ".svg", ".png", ".jpg", ".ico", ".webp", ".woff2", ".webmanifest"}
Say = Callable[[str], None]


def prepare(settings: RuntimeSettings, say: Say) -> None:
    """Bring database, government data, static files and (in demo mode) demo people up to date."""
    refuse_failing_checks(production=settings.mode == "production")
    refuse_faulty_catalogue()
    migrate(say)
    refuse_lost_keys()
    refuse_data_of_another_government(settings)
    say("Reading the government's data ...")
    call_command("government_load", verbosity=0)
    call_command("role_load", verbosity=0)
    draw_basemap()
    collect_static(settings.data_dir / "static", say)
    if settings.mode == "demo":
        say("Seeding the demo town ...")
        call_command("demo_seed", verbosity=0)


def refuse_failing_checks(*, production: bool) -> None:
    """Raise Refused with every error that Django's and our own system checks report."""
    faults = checks.run_checks(include_deployment_checks=production)
    errors = [f"{fault.msg} {fault.hint or ''}".strip() for fault in faults if fault.is_serious()]
    if errors:
        raise Refused("\n".join(["Balai will not start like this:", *errors]))


def refuse_faulty_catalogue() -> None:
    """Raise Refused with every fault of the services, by file and line: a town does not open on them."""
    from balai.catalogue import running  # noqa: PLC0415 - needs Django
    from balai.catalogue.faults import CatalogueRefused  # noqa: PLC0415 - needs Django

    try:
        running.current()
    except CatalogueRefused as refused:
        faults = [str(fault) for fault in refused.faults]
        raise Refused("\n".join(["The services have faults, so the town stays closed:", *faults])) from None


def migrate(say: Say) -> None:
    """Apply what is missing; raise Refused when the database can not be reached."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Refused(f"The database can not be reached: {str(error).strip()}") from None
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database up to date ({len(plan)} steps) ...")
        call_command("migrate", verbosity=0, interactive=False)


def refuse_lost_keys() -> None:
    """Raise Refused when there is no key ring beside a journal that one has signed.

    A new ring would be made without a word, and nobody on record would be found or read again.
    """
    from balai.audit.models import Batch  # noqa: PLC0415 - needs Django

    if not keyring.ring_path().exists() and Batch.objects.exists():
        raise Refused(
            f"The key ring {keyring.ring_path()} is missing, and the data of this town can not be read "
            "without it. Set BALAI_KEYS_DIR, or bring the keys back from a backup: ./balai restore"
        )


def refuse_data_of_another_government(settings: RuntimeSettings) -> None:
    """Raise Refused when this database holds the areas of another government: a town serves one for good."""
    from balai import government  # noqa: PLC0415 - needs Django
    from balai.region import queries as region  # noqa: PLC0415 - needs Django

    kept, town = region.area_code_on_record(), government.current()
    if kept and kept != town.area_code:
        raise Refused(
            f"The data in {settings.data_dir} are those of {kept}, not of {town.name} ({town.area_code}). "
            "Start with that government, or choose another folder with --data."
        )


def draw_basemap() -> None:
    """Draw the map under all maps, unless it is kept: here, so that no request waits for it."""
    from balai.region import queries as region  # noqa: PLC0415 - needs Django

    if region.has_basemap():
        region.basemap()


def collect_static(target: Path, say: Say) -> None:
    """Bundle and collect style sheets and scripts into `target` unless none of them changed."""
    stamp = target / ".stamp"
    if stamp.exists() and stamp.read_text() == static_fingerprint():
        return
    say("Bundling style sheets and scripts ...")
    call_command("bundle", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(static_fingerprint())


def static_fingerprint() -> str:
    """SHA-256 over the path and content of every style sheet, script, picture and font of the source."""
    digest = hashlib.sha256()
    roots = (PROJECT / "src" / "balai", PROJECT / "governments")
    paths = (path for root in roots for path in root.rglob("*") if path.suffix in STATIC_SUFFIXES)
    for path in sorted(paths):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
