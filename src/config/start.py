"""`./balai start`: prepare what is missing, then serve pages and background work until Ctrl-C."""

from __future__ import annotations

import argparse
import fcntl
import gc
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from balai.runtime.settings import PROJECT, RuntimeSettings, SettingsRefused, load_settings
from config.processes import run_apart
from config.refusals import Refused
from config.supervisor import Supervisor
from config.webserver import WebServer, open_listener, wait_until_it_answers

LOCK_NAME = "town.lock"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a town until it is told to stop; return the exit code (2: refused with a sentence)."""
    began = time.monotonic()
    os.umask(0o077)  # also where the data folder was made by somebody else
    os.environ.update(chosen_settings(arguments, os.environ))
    try:
        settings = load_settings()
        refuse_unknown_government(settings.government)
        with only_town(settings.data_dir), open_listener(settings.host, settings.port) as listener:
            run_town(settings, listener, began)
    except SettingsRefused as refusal:
        print(f"These settings can not be used:\n{refusal}", file=sys.stderr)
        return 2
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def chosen_settings(
    arguments: Sequence[str] | None, environ: os._Environ[str] | dict[str, str]
) -> dict[str, str]:
    """Translate the command line into `BALAI_*` names; a demo town's address follows its port."""
    parser = argparse.ArgumentParser(prog="./balai start", description=__doc__)
    parser.add_argument("--government", help="folder under governments/")
    parser.add_argument("--port", help="port to listen on")
    parser.add_argument("--host", help="address to listen on")
    parser.add_argument("--data", dest="data_dir", help="folder of database, files and keys")
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value}
    if "data_dir" in given:
        given["data_dir"] = str(Path(given["data_dir"]).absolute())
    chosen = {f"BALAI_{name.upper()}": value for name, value in given.items()}
    chosen |= own_data_folder(given, environ)
    merged = {**environ, **chosen}
    if merged.get("BALAI_MODE", "demo") != "production" and "BALAI_PUBLIC_URL" not in merged:
        host = merged.get("BALAI_HOST", "127.0.0.1")
        name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound
        chosen["BALAI_PUBLIC_URL"] = f"http://{name}:{merged.get('BALAI_PORT', '8000')}"
    return chosen


def own_data_folder(given: dict[str, str], environ: os._Environ[str] | dict[str, str]) -> dict[str, str]:
    """A demo town of another government than the default keeps its data beside `var/`, not in it."""
    name = given.get("government", "")
    is_default = name in ("", RuntimeSettings.model_fields["government"].default)
    is_chosen = "data_dir" in given or {"BALAI_DATA_DIR", "BALAI_DATABASE_URL"} & environ.keys()
    if is_default or is_chosen or environ.get("BALAI_MODE", "demo") == "production":
        return {}
    return {"BALAI_DATA_DIR": str(PROJECT / f"var-{Path(name).name}")}


def refuse_unknown_government(name: str) -> None:
    """Raise Refused with the folders there are, before anything is made for a town that can not open."""
    known = sorted(path.parent.name for path in (PROJECT / "governments").glob("*/government.toml"))
    if name not in known:
        raise Refused(f'There is no government "{name}". There are: {", ".join(known)}.')


@contextmanager
def only_town(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for this process; raise Refused when another town runs on it."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (data_dir / LOCK_NAME).open("a")
    except OSError as error:
        raise Refused(f"The data folder {data_dir} can not be used: {error.strerror}.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"A town is running on {data_dir} already. Stop it, or choose another folder with --data."
            ) from None
        yield


def run_town(settings: RuntimeSettings, listener: Any, began: float) -> None:
    """Load everything once, prepare in a child, then keep web server and worker alive."""
    say(f"Balai, {settings.mode} mode, government {settings.government}, data in {settings.data_dir}")
    prepare_apart(settings)
    application = load_application()
    share_memory()
    supervisor = Supervisor(say)
    supervisor.add("web server", lambda: WebServer(application, settings, listener).run())
    supervisor.add("background worker", run_worker)
    supervisor.run(when_started=lambda: greet(settings, listener, began))
    say("Balai is closed.")


def prepare_apart(settings: RuntimeSettings) -> None:
    """Set Django up here, and use it for the preparations in a child."""
    import django  # noqa: PLC0415 - reads the settings that were chosen above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from config.preparation import prepare  # noqa: PLC0415 - needs Django

    run_apart(partial(prepare, settings, say))


def load_application() -> Any:
    """Load the whole site with all its addresses and services before the servers are forked.

    After the preparations, because the list of static files is read here. The catalogue and the index of its
    search are made once for all processes, so that no visitor waits for them.
    """
    from django.urls import get_resolver  # noqa: PLC0415 - needs Django

    from balai.catalogue import running  # noqa: PLC0415 - needs Django
    from config.wsgi import application  # noqa: PLC0415 - needs Django

    _ = get_resolver().url_patterns
    running.current().search("surat")
    return application


def share_memory() -> None:
    """Leave no connection open and keep the collector from touching (and so copying) shared pages."""
    from django.db import connections  # noqa: PLC0415 - needs Django

    connections.close_all()
    gc.collect()
    gc.freeze()


def run_worker() -> None:
    """Do background work until told to stop."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    call_command("worker")


def greet(settings: RuntimeSettings, listener: Any, began: float) -> None:
    """Say where the town is and, in demo mode, who may walk in."""
    if not wait_until_it_answers(listener, settings.public_url):
        raise Refused("The web server does not answer; the town is closed.")
    say(f"\nBalai is open at {settings.public_url} ({time.monotonic() - began:.1f} s). Ctrl-C closes it.\n")
    if settings.mode == "demo":
        run_apart(print_demo_accounts)


def print_demo_accounts() -> None:
    """Print who the demo town knows."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    call_command("demo_accounts")


def say(line: str) -> None:
    """Print a line of progress at once, also through a pipe."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
