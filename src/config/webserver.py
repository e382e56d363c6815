"""The web server: gunicorn with threads, on a socket that the supervisor opened."""

from __future__ import annotations

import errno
import http.client
import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gunicorn.app.base import BaseApplication

from balai.runtime.settings import RuntimeSettings
from config.refusals import Refused

READY_SECONDS = 30.0
# How long the kernel keeps a connection that has said nothing yet to itself.
SILENT_SECONDS = 20


def open_listener(host: str, port: int) -> socket.socket:
    """Claim the port before anything slow happens; raise Refused with a sentence when it is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Browsers open spare connections and say nothing on them. gunicorn gives each new one a
        # thread that waits seconds for its first byte: a handful of them, and real requests stand still.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_SECONDS)
        listener.listen()
    except OSError as error:
        listener.close()
        raise Refused(_why_not(error, host, port)) from None
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return f"Port {port} is in use by another program. Choose another: ./balai start --port {other}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs root's rights. Choose one above 1023: ./balai start --port 8000"
    return f"Balai can not listen on {host}: {error.strerror or error}."


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn around an application that is loaded already, so that its workers share the memory."""

    def __init__(self, application: Any, settings: RuntimeSettings, listener: socket.socket) -> None:
        self._application = application
        self._settings = settings
        self._listener = listener
        super().__init__()

    def load_config(self) -> None:
        """Few settings on purpose: what a town may choose stands in `balai.runtime.settings`."""
        chosen = {
            # A copy: gunicorn closes what it is given, and the supervisor's own must survive a restart.
            "bind": f"fd://{self._listener.dup().detach()}",
            "workers": self._settings.web_workers,
            "worker_class": "gthread",
            "threads": self._settings.web_threads,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 15,
            "loglevel": "warning",
            "control_socket_disable": True,
            # A batch in signing: the letter in hand is finished, the rest waits, the key is forgotten.
            "worker_exit": _end_signing,
            # The heartbeat file must never wait for a slow disk.
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - the kernel's own memory disk
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application."""
        return self._application


def _end_signing(_arbiter: Any, _worker: Any) -> None:
    from balai.documents import live  # noqa: PLC0415 - models are loaded after this module

    live.end_all()


def wait_until_it_answers(listener: socket.socket, public_url: str) -> bool:
    """Whether `/healthz` answers within thirty seconds (any status: the page says what is wrong)."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(host, port, timeout=READY_SECONDS)
        try:
            connection.request("GET", "/healthz", headers={"Host": urlsplit(public_url).netloc})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return True
        finally:
            connection.close()
    return False
