"""A PostgreSQL server of its own for one test run: unprivileged, in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from debian import Missing, install

LEAST_VERSION = 15
START_SECONDS = 30
# Nothing here outlives the run, so nothing needs to reach the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
}


# A socket's path must be short, so these are not left to TMPDIR.
DISK, MEMORY = Path("/tmp"), Path("/dev/shm")  # noqa: S108 - parents of a folder with a random name
ROOM_BYTES = 3 << 30


@contextmanager
def running_server(*, in_memory: bool = False) -> Iterator[str]:
    """Yield the URL of a fresh server's database `balai`; stop it and remove its folder afterwards.

    `in_memory` keeps the folder there when there is room: making and emptying tables, which tests do all the
    time, is then four times as fast. Measurements leave it on the disk, where a town's is.
    """
    programs = find_programs()
    user = unprivileged_user()
    has_room = in_memory and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    folder = Path(tempfile.mkdtemp(prefix="balai-pg-", dir=MEMORY if has_room else DISK))
    if user:
        shutil.chown(folder, user.pw_uid, user.pw_gid)
    server = None
    try:
        run(
            user,
            [programs / "initdb", "-D", folder / "data", "-U", "balai", "-A", "trust", "-N", "-E", "UTF8"],
        )
        server = start(programs, user, folder)
        run(user, [programs / "createdb", "-h", folder, "-U", "balai", "balai"])
        yield f"postgresql://balai@/balai?host={quote(str(folder), safe='')}"
    finally:
        if server is not None:
            server.terminate()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder of a PostgreSQL 15 or newer, installed when there is none."""
    found = newest_programs()
    if found is None:
        install("postgresql", "postgresql-client")
        found = newest_programs()
    if found is None:
        raise Missing(f"PostgreSQL {LEAST_VERSION} or newer is missing: sudo apt-get install postgresql")
    return found


def newest_programs() -> Path | None:
    """The folder that holds the newest server at hand, or None."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/local/pgsql").glob("bin")]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    able = [(version(folder), folder) for folder in folders if (folder / "initdb").exists()]
    able = [pair for pair in able if pair[0] >= LEAST_VERSION]
    return max(able)[1] if able else None


def version(folder: Path) -> int:
    """The major version of the server in `folder`; 0 when it does not say."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"(\d+)", said.stdout)
    return int(match[1]) if match else 0


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root (PostgreSQL refuses root); None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Missing("PostgreSQL must not run as root, and there is no user `postgres` or `nobody`.")


def as_user(user: pwd.struct_passwd | None, command: Sequence[object]) -> list[str]:
    """The command as `user`, ended by the kernel when we die however we die."""
    identity = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []
    return ["setpriv", *identity, "--pdeathsig=TERM", "--", *map(str, command)]


def run(user: pwd.struct_passwd | None, command: Sequence[object]) -> None:
    """Run a program as `user`; raise Missing with what it said when it fails."""
    done = subprocess.run(as_user(user, command), capture_output=True, text=True, cwd="/", check=False)
    if done.returncode != 0:
        raise Missing(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def start(programs: Path, user: pwd.struct_passwd | None, folder: Path) -> subprocess.Popen[bytes]:
    """Start the server with its socket in `folder` and wait until it answers."""
    settings = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(as_user(user, command), stdout=log, stderr=log, cwd="/")
    ready = [str(programs / "pg_isready"), "-q", "-h", str(folder), "-U", "balai"]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)
    return server
