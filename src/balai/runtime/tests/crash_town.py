"""A worker in a process of its own, for tests that kill it. Run by test_worker.py, never imported.

Reads what to do from the environment: TOWN (JSON: databases, data folder), HANG ("1": handlers stop in the
middle and say so). Speaks in lines on standard output.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

import django
from django.conf import settings


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


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def pause_in_the_middle() -> None:
    if os.environ.get("HANG") == "1":
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
        threading.Event().wait(0.5)
        with write_transaction():
            effect(name)

    @job("crash.long")
    def long(name: str) -> None:
        """Twice as long as the lease, not idempotent: only a prolonged lease keeps it from running twice."""
        say("in the middle")
        threading.Event().wait(2)
        effect(name)

    @job("crash.hang", longest_seconds=1)
    def hang(name: str) -> None:
        threading.Event().wait()

    @job("crash.count", in_transaction=True)
    def count(name: str) -> None:
        effect(name)


def prepare() -> None:
    from django.core.management import call_command  # noqa: PLC0415 (only after configure)
    from django.db import connection  # noqa: PLC0415 (only after configure)

    call_command("migrate", "runtime", verbosity=0)
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
    say(json.dumps({"effects": effects, "waiting": waiting, "beats": beats}))


def drain() -> None:
    """Work as a worker does until no crash job waits."""
    from balai.runtime.jobs.worker import Worker  # noqa: PLC0415 (only after configure)
    from balai.runtime.models import Job  # noqa: PLC0415 (only after configure)

    worker, pause = Worker(lease_seconds=1), threading.Event()
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
    say(str(passed))


def main(arguments: list[str]) -> None:
    """Each argument is a step: prepare, enqueue:NAME:WORD, work, drain, report, limit:KEY:COUNT."""
    town = json.loads(os.environ["TOWN"])
    Path(town["data_dir"]).mkdir(exist_ok=True)
    configure(town)
    register_handlers()
    from balai.runtime.jobs import enqueue  # noqa: PLC0415 (only after configure)
    from balai.runtime.jobs.worker import Worker  # noqa: PLC0415 (only after configure)

    for step in arguments:
        word, *rest = step.split(":")
        if word == "prepare":
            prepare()
        elif word == "enqueue":
            enqueue(rest[0], key=rest[1], name=rest[1])
        elif word == "work":
            say("working")
            Worker(lease_seconds=1).run()
        elif word == "drain":
            drain()
        elif word == "report":
            report()
        elif word == "limit":
            limit(rest[0], int(rest[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
