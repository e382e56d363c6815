"""/healthz: the process answers. /readyz: the town can serve people, with one word for each part."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from balai.runtime import keyring
from balai.runtime.audience import everyone
from balai.runtime.jobs.beats import is_any_worker_alive

LEAST_FREE_BYTES = 200_000_000

_migrated = False


@everyone
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@everyone
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every needed part works, 503 otherwise. A silent worker is told, but pages still work."""
    parts = {name: "ok" if _holds(check) else "failing" for name, check in CHECKS.items()}
    is_ready = all(word == "ok" for word in parts.values())
    parts["worker"] = "ok" if _holds(is_any_worker_alive) else "silent"
    body = {"status": "ready" if is_ready else "not ready", "parts": parts}
    response = JsonResponse(body, status=200 if is_ready else 503)
    response["Cache-Control"] = "no-store"
    return response


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (Error, OSError, ValueError, KeyError):
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _is_migrated() -> bool:
    """No migration of this version is missing; asked until it is so, then remembered."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _has_keys() -> bool:
    return all(keyring.key_set(purpose).current for purpose in keyring.PURPOSES)


def _has_room() -> bool:
    return shutil.disk_usage(settings.BALAI.data_dir).free >= LEAST_FREE_BYTES


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _is_migrated,
    "keys": _has_keys,
    "disk": _has_room,
}
