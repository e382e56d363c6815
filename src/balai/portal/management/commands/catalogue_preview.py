"""`./balai catalogue preview SERVICE`: form, steps and letter of a service, drawn anew at each save."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from balai.catalogue import loader
from balai.catalogue.running import SERVICES
from balai.portal.preview.author import Author
from balai.portal.preview.server import serving
from balai.runtime.errors import NotFound


class Command(BaseCommand):
    """Serves until Ctrl-C; needs no database and no running town."""

    help = "Shows a service while it is written: faults, form, steps and letter with an example's answers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The service is named by its folder."""
        parser.add_argument("service", help="folder of the service, e.g. village/business-statement")
        parser.add_argument("--port", type=int, default=8010)
        parser.add_argument("--services", type=Path, default=SERVICES, help="folder of the catalogue")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the address and wait."""
        folder: Path = options["services"]
        service_id = options["service"].strip("/").removeprefix(f"{folder.name}/")
        try:
            author = Author(folder, service_id)
        except NotFound:
            known = ", ".join(each.relative_to(folder).as_posix() for each in loader.service_folders(folder))
            sentence = f"There is no {folder.name}/{service_id}/service.toml. Known: {known}"
            raise CommandError(sentence) from None
        try:
            server = serving(author, options["port"])
        except OSError as error:
            sentence = f"Port {options['port']} cannot be used ({error.strerror}): try --port."
            raise CommandError(sentence) from None
        with server:
            self.stdout.write(f"Preview of {service_id}: http://127.0.0.1:{server.server_port}/")
            self.stdout.write("Save a file and the page follows. Ctrl-C ends it.")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("")
