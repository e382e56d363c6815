"""A real town on either database, made by the real commands, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from balai.runtime.settings import PROJECT, RuntimeSettings


@dataclass(frozen=True)
class Town:
    """A data folder and the database that belongs to it."""

    data_dir: Path
    database_url: str

    @property
    def settings(self) -> RuntimeSettings:
        """The settings that its commands see."""
        return RuntimeSettings(mode="test", data_dir=self.data_dir, database_url=self.database_url)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python with the town's settings."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BALAI_")}
        environment |= {
            "BALAI_MODE": "test",
            "BALAI_DATA_DIR": str(self.data_dir),
            "BALAI_DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(PROJECT / "src"),
        }
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def journal(self, text: str, *, migrate_first: bool = False) -> str:
        """Write a row into the journal, as an action would; what `audit_verify` says afterwards.

        One process does it all: starting one costs more than what it does.
        """
        code = (
            "import django; django.setup()\n"
            "from django.core.management import call_command\n"
            "from django.db import transaction\n"
            "from balai import audit\n"
            "from balai.kernel.references import SYSTEM, Subject\n"
            f"if {migrate_first}: call_command('migrate', verbosity=0)\n"
            "with transaction.atomic():\n"
            f"    audit.record('config.noted', by=SYSTEM, about=Subject('config.town', {text!r}))\n"
            "call_command('audit_verify')\n"
        )
        done = self.run("-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def empty_place(data_dir: Path, name: str) -> Iterator[Town]:
    """A place for a town on the database of this run: a folder, and on PostgreSQL a database of its own."""
    server = os.environ.get("BALAI_TEST_DATABASE_URL", "")
    if not server:
        yield Town(data_dir, "")
        return
    database = f"{urlsplit(server).path.lstrip('/')}_{name}_{os.getpid()}"
    identifier = sql.Identifier(database)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        try:
            yield Town(data_dir, urlsplit(server)._replace(path=f"/{database}").geturl())
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))
