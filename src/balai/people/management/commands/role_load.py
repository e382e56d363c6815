"""`role_load`: bring the roles up to the government's folder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from balai import government
from balai.kernel.references import SYSTEM
from balai.people import actions, permissions
from balai.people.models import Role


class Command(BaseCommand):
    """Idempotent: a second run writes nothing."""

    help = "Bring roles and their permissions up to the government's folder."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load; name permissions that no package of this town declares (an engine may be switched off)."""
        roles = [
            Role(code=spec.code, name=spec.name, scope=spec.scope, permissions=sorted(spec.permissions))
            for spec in government.current().roles
        ]
        touched = actions.load_roles(by=SYSTEM, roles=roles)
        if not options["verbosity"]:
            return
        named = {name for role in roles for name in role.permissions}
        for name in sorted(named - permissions.names()):
            self.stderr.write(f"Nobody in this town declares the permission {name}.")
        self.stdout.write(f"{len(roles)} roles, {len(touched)} of them changed.")
