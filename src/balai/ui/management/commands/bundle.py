"""`manage.py bundle`: write citizen.css, desk.css and their scripts, and say how heavy they are."""

from __future__ import annotations

import gzip

from django.core.management.base import BaseCommand

from balai.ui.bundle import write_bundles


class Command(BaseCommand):
    help = "Join the components' styles and controllers into one file per shell (run before collectstatic)."

    def handle(self, *args: object, **options: object) -> None:
        for path in write_bundles():
            content = path.read_bytes()
            packed = len(gzip.compress(content, 9))
            self.stdout.write(f"{path.name}: {len(content):,} B, {packed:,} B compressed")
