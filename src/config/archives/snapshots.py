"""A consistent copy of a running database, and the way back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from balai.runtime.settings import RuntimeSettings
from config.databases import libpq_environment, run_postgres_program, sqlite_path
from config.refusals import Refused

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def copy_sqlite(source: Path, target: Path) -> list[tuple[str, str]]:
    """Copy a database in use (SQLite's online backup); return the migrations that the copy has.

    The copy is one moment: it is read in one step, in one transaction, and writers go on meanwhile.
    """
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return copy.execute(MIGRATIONS).fetchall()


def dump_postgresql(url: str, target: Path) -> list[tuple[str, str]]:
    """Dump a database in use (one snapshot); return the migrations that it has.

    A migration between the two reads would make the list too short; the dump itself is one moment.
    """
    run_postgres_program(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
        environment=libpq_environment(url),
    )
    with connect(url) as connection:
        return [(str(app), str(name)) for app, name in connection.execute(MIGRATIONS)]


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """Connect, or raise Refused with the server's own words."""
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError as error:
        raise Refused(f"The database can not be reached: {str(error).strip()}") from None


def take(settings: RuntimeSettings, folder: Path) -> tuple[Path, list[tuple[str, str]]]:
    """Copy the town's database into `folder`; return the copy and its migrations."""
    if is_empty(settings):
        raise Refused(f"There is no town yet: the database of {settings.data_dir} is empty.")
    source = sqlite_path(settings)
    if source is None:
        target = folder / NAMES["postgresql"]
        return target, dump_postgresql(settings.database_url, target)
    target = folder / NAMES["sqlite"]
    return target, copy_sqlite(source, target)


def is_empty(settings: RuntimeSettings) -> bool:
    """Whether the database holds no table (or, on SQLite, is no file yet)."""
    path = sqlite_path(settings)
    if path is not None:
        return not path.exists()
    with connect(settings.database_url) as connection:
        counted = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return counted == (0,)


def set_aside(settings: RuntimeSettings) -> str:
    """Rename what the database holds now, so that nothing is lost by force; return a sentence about it."""
    name = f"before_restore_{datetime.now(UTC):%Y%m%d_%H%M%S}"
    path = sqlite_path(settings)
    if path is not None:
        for part in path.parent.glob(f"{path.name}*"):
            part.rename(part.with_name(f"{name}-{part.name}"))
        return f"The database that stood in {path} is now {name}-{path.name} beside it."
    with connect(settings.database_url) as connection, connection.transaction():
        connection.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(name)))
        connection.execute("CREATE SCHEMA public")
    return f"What the database held is now in its schema {name}."


def put_back(settings: RuntimeSettings, copy: Path) -> None:
    """Put an archive's database in its place (which is empty by now)."""
    target = sqlite_path(settings)
    if target is None:
        run_postgres_program(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={libpq_environment(settings.database_url)['PGDATABASE']}",
            copy,
            environment=libpq_environment(settings.database_url),
        )
        copy.unlink()
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, target)
