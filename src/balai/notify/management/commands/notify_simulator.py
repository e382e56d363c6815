"""`./balai manage notify_simulator`: gateways for SMS and WhatsApp that send nothing."""

from __future__ import annotations

import threading
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from balai.notify.channels.simulating import serving
from balai.notify.channels.simulators import Simulators, settings_for


class Command(BaseCommand):
    """Serves until Ctrl-C, and prints the settings of a town that should use it."""

    help = "Run simulators of the SMS gateway and the WhatsApp Cloud API; never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and whom to call back."""
        parser.add_argument("--port", type=int, default=8025)
        parser.add_argument(
            "--town", default=settings.BALAI.public_url, help="address of the town to call back"
        )
        parser.add_argument("--silent", action="store_true", help="send no receipts by itself")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError in production."""
        if settings.BALAI.mode == "production":
            raise CommandError("production refuses simulators")
        simulators = Simulators(town_url=options["town"], calls_back=not options["silent"])
        with serving(simulators, port=options["port"]) as address:
            lines = [f"{name}={value}" for name, value in settings_for(address).items()]
            self.stdout.write("\n".join([f"simulators at {address}", *lines]))
            self.stdout.flush()
            try:
                threading.Event().wait()
            except KeyboardInterrupt:
                self.stdout.write("simulators stop")
