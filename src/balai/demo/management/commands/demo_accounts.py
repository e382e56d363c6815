"""`./balai manage demo_accounts`: who may walk into the demo town, as `./balai start` prints it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from balai.demo.town.cast import PASSWORD, SIGNING_PASSPHRASE, guests, login_name, places, workplaces


class Command(BaseCommand):
    """Names, NIKs and the one password of a demo town."""

    help = "Print the demo accounts (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        if settings.BALAI.mode == "production":
            raise CommandError("A production town has no demo accounts.")
        villages = places()
        if not villages:
            return
        home = villages[0]
        district = home.code.rsplit(".", 1)[0]
        url = settings.BALAI.public_url.rstrip("/")
        self.stdout.write(f"Citizens ({home.name}), codes appear at {url}/demo/pesan/")
        for resident in guests():
            nik = resident.nik(district)
            known = "proven at the counter" if resident.is_proven else "a newcomer"
            self.stdout.write(f"  {resident.name:<14} NIK {nik}  phone {resident.phone}  ({known})")
        self.stdout.write(f"Officers at {url}/meja/, second-factor codes appear at {url}/demo/petugas/")
        self.stdout.write(f"  password of all: {PASSWORD}")
        self.stdout.write(f"  passphrase of who signs letters (UJI COBA): {SIGNING_PASSPHRASE}")
        for place in workplaces():
            names = ", ".join(login_name(staff, place) for staff in place.staff)
            self.stdout.write(f"  {place.name}: {names}")
