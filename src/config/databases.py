"""Which database a town has, known from its settings alone (no Django), and PostgreSQL's own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from balai.runtime.settings import RuntimeSettings, SettingsRefused
from config.refusals import Refused

SQLITE = "sqlite:///"
# What libpq reads from the environment, so that no password stands in a list of processes.
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
DJANGO = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def sqlite_path(settings: RuntimeSettings) -> Path | None:
    """The file of an SQLite town; None when the town stands on PostgreSQL."""
    url = settings.database_url
    if not url:
        return settings.data_dir / "balai.sqlite3"
    return Path(url.removeprefix(SQLITE)) if url.startswith("sqlite") else None


def engine_name(settings: RuntimeSettings) -> str:
    """`sqlite` or `postgresql`."""
    return "postgresql" if sqlite_path(settings) is None else "sqlite"


def django_database(settings: RuntimeSettings) -> dict[str, object]:
    """What Django needs to reach the town's database."""
    path = sqlite_path(settings)
    if path is None:
        given = _connection_info(settings.database_url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            **{name: given.pop(key, "") for name, key in DJANGO.items()},
            "OPTIONS": given,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # The last connection that closes folds the log into the file; opening and closing one for each
        # request costs more than the request's own statements.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged survives a power loss (NORMAL may lose the last commits).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA mmap_size=134217728; PRAGMA cache_size=-8000; PRAGMA foreign_keys=ON;",
        },
    }


def _connection_info(url: str) -> dict[str, Any]:
    """All that a PostgreSQL address says, read as libpq reads it; raise SettingsRefused."""
    from psycopg import ProgrammingError  # noqa: PLC0415 - megabytes that a town on SQLite saves
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    try:
        return conninfo_to_dict(url)
    except ProgrammingError:  # its words may quote the password
        raise SettingsRefused(
            "BALAI_DATABASE_URL must look like postgresql://user:password@host:5432/name?sslmode=verify-full"
        ) from None


def libpq_environment(url: str) -> dict[str, str]:
    """The process environment with a connection's particulars added."""
    given = _connection_info(url)
    return os.environ | {name: str(given[key]) for key, name in LIBPQ.items() if given.get(key)}


def run_postgres_program(name: str, *arguments: str | Path, environment: Mapping[str, str]) -> None:
    """Run `pg_dump` or `pg_restore`; raise Refused with what it said when it fails."""
    command = [find_postgres_program(name), *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"{name} failed:\n{done.stderr.strip()}")


def find_postgres_program(name: str) -> str:
    """The newest program of that name; raise Refused with the command that installs it."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    if folders:
        return str(max(folders, key=_version_of_folder) / name)
    found = shutil.which(name)
    if not found:
        raise Refused(f"{name} is missing. Install it: sudo apt-get install postgresql-client")
    return found


def _version_of_folder(folder: Path) -> int:
    match = re.search(r"/(\d+)/bin$", str(folder))
    return int(match[1]) if match else 0
