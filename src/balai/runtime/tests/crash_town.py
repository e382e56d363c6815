"""A worker in a process of its own, for tests that kill it: what such a process does.

test_worker.py has its processes forked from one that has imported this module and nothing of a test; they
speak in words through a pipe. Imported here is what needs no settings and takes long.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import django
import django.contrib.contenttypes.apps
import django.core.management
import django.core.management.commands.migrate
import django.db.migrations.executor
import psycopg  # noqa: F401 - for the children on PostgreSQL
from django.conf import settings

import balai.runtime.settings  # noqa: F401 - for every child


@dataclass
class Mouth:
    """Where this process speaks, and whether its handlers stop in the middle."""

    pipe: Connection | None = None
    hangs: bool = False


LEASE_SECONDS = 1.0
mouth = Mouth()


def configure(town: dict[str, object]) -> None:
    """Just the runtime, on the same kind of database with the same options as the whole town."""
    from balai.runtime.settings import load_settings  # noqa: PLC0415 (this is a script)

    settings.configure(
        BALAI=load_settings({"BALAI_MODE": "test", "BALAI_DATA_DIR": str(town["data_dir"])}),
        DATABASES={"default": town["database"]},
        INSTALLED_APPS=["django.contrib.contenttypes", "balai.runtime"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def say(word: object) -> None:
    assert mouth.pipe is not None
    mouth.pipe.send(word)


def pause_in_the_middle() -> None:
    if mouth.hangs:
        say("in the middle")
        threading.Event().wait()


def effect(name: str) -> None:
    from django.db import connection  # noqa: PLC0415 (only after configure)

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (name) VALUES (%s)", [name])


def register_handlers() -> None:
    from balai.runtime.jobs import job  # noqa: PLC0415 (only after configure)
    from balai.runtime.transaction import write_transaction  # noqa: PLC0415 (only after configure)

    @job("crash.in_transaction", in_transaction=True)
    def in_transaction(name: str) -> None:
        effect(name)
        pause_in_the_middle()

    @job("crash.before_effect")
    def before_effect(name: str) -> None:
        pause_in_the_middle()
        with write_transaction():
            effect(name)

    @job("crash.after_effect")
    def after_effect(name: str) -> None:
        """Idempotent as handlers must be: what is there already is left alone."""
        from django.db import connection  # noqa: PLC0415 (only after configure)

        with write_transaction(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO effect (name) SELECT %s WHERE NOT EXISTS (SELECT 1 FROM effect WHERE name = %s)",
                [name, name],
            )
        pause_in_the_middle()

    @job("crash.slow")
    def slow(name: str) -> None:
        """Long enough that a signal sent in the middle comes before the end."""
        say("in the middle")
        threading.Event().wait(0.3)
        with write_transaction():
            effect(name)

    @job("crash.long")
    def long(name: str) -> None:
        """Longer than the lease, not idempotent: only a prolonged lease keeps it from running twice."""
        say("in the middle")
        threading.Event().wait(1.6 * LEASE_SECONDS)
        effect(name)

    @job("crash.hang", longest_seconds=1)
    def hang(name: str) -> None:
        threading.Event().wait()

    @job("crash.count", in_transaction=True)
    def count(name: str) -> None:
        effect(name)


def prepare() -> None:
    from django.db import connection  # noqa: PLC0415 (only after configure)

    django.core.management.call_command("migrate", "runtime", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effect (name text)")


def report() -> None:
    from django.db import connection  # noqa: PLC0415 (only after configure)

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM effect ORDER BY name")
        effects = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM runtime_job WHERE name LIKE 'crash.%%'")
        waiting = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM runtime_workerbeat")
        beats = cursor.fetchone()[0]
    say({"effects": effects, "waiting": waiting, "beats": beats})


def drain() -> None:
    """Work as a worker does until no crash job waits."""
    from balai.runtime.jobs.worker import Worker  # noqa: PLC0415 (only after configure)
    from balai.runtime.models import Job  # noqa: PLC0415 (only after configure)

    worker, pause = Worker(lease_seconds=LEASE_SECONDS), threading.Event()
    while Job.objects.filter(name__startswith="crash.").exists():
        if not worker.work_once():
            pause.wait(0.05)


def limit(key: str, attempts: int) -> None:
    """Hit one rate limit many times; says how many hits were let through."""
    from balai.runtime import ratelimit  # noqa: PLC0415 (only after configure)
    from balai.runtime.errors import TooMany  # noqa: PLC0415 (only after configure)

    passed = 0
    for _attempt in range(attempts):
        try:
            ratelimit.hit("crash", key, limit=25, seconds=3600)
            passed += 1
        except TooMany:
            continue
    say(passed)


def empty() -> None:
    """Take away what the test before left."""
    from django.db import connection  # noqa: PLC0415 (only after configure)

    with connection.cursor() as cursor:
        for table in ("effect", "runtime_job", "runtime_workerbeat"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)


def main(town: dict[str, Any], steps: tuple[str, ...], pipe: Connection, *, hangs: bool) -> None:
    """Each step is prepare, empty, enqueue:NAME:WORD, work[:LEASE], drain, report or limit:KEY:COUNT."""
    mouth.pipe, mouth.hangs = pipe, hangs
    Path(town["data_dir"]).mkdir(exist_ok=True)
    configure(town)
    register_handlers()
    for step in steps:
        word, *rest = step.split(":")
        if word == "enqueue":
            from balai.runtime.jobs import enqueue  # noqa: PLC0415 (only after configure)

            enqueue(rest[0], key=rest[1], name=rest[1])
        elif word == "work":
            from balai.runtime.jobs.worker import Worker  # noqa: PLC0415 (only after configure)

            say("working")
            Worker(lease_seconds=float(rest[0]) if rest else LEASE_SECONDS).run()
        elif word == "limit":
            limit(rest[0], int(rest[1]))
        else:
            {"prepare": prepare, "empty": empty, "drain": drain, "report": report}[word]()
