"""Serves the bare site of `./balai bench submit` behind the product's own web server and its settings.

bare_server.py PORT ROWS [--alone]
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from balai.runtime.settings import RuntimeSettings


def main(port: str, rows: str, *options: str) -> None:
    """Serve until told to stop."""
    from django.conf import settings  # noqa: PLC0415 - configured below, before anything reads it

    from balai.bench.bare.configuration import bare_settings  # noqa: PLC0415 - the same
    from config import settings as product  # noqa: PLC0415 - makes folders when it is read

    chosen = bare_settings(product.DATABASES, product.SECRET_KEY, Path(rows), alone="--alone" in options)
    settings.configure(**chosen)
    serve(int(port), product.BALAI)


def serve(port: int, chosen: RuntimeSettings) -> None:
    """The product's gunicorn around the bare site, loaded before its workers are forked."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - needs the settings
    from django.urls import get_resolver  # noqa: PLC0415 - needs the settings

    from config.webserver import WebServer, open_listener  # noqa: PLC0415 - beside its use

    with open_listener("127.0.0.1", port) as listener:
        application = get_wsgi_application()
        _ = get_resolver().url_patterns
        gc.freeze()
        print("Balai is open at the bare endpoint", flush=True)
        sys.argv[1:] = []  # gunicorn would read them
        WebServer(application, chosen, listener).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
