"""The officer's shell."""

from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _is_officer(request: HttpRequest) -> bool:
    return getattr(request, "officer", None) is not None


def _minds_jobs(request: HttpRequest) -> bool:
    return _is_officer(request) and request.officer.has_permission("runtime.jobs")  # type: ignore[attr-defined]  # people.middleware


def _reads_outbox(request: HttpRequest) -> bool:
    return _is_officer(request) and request.officer.has_permission("notify.read_outbox")  # type: ignore[attr-defined]  # people.middleware


def _reads_incoming(request: HttpRequest) -> bool:
    return _is_officer(request) and request.officer.has_permission("notify.read_incoming")  # type: ignore[attr-defined]  # people.middleware


def _minds_late(request: HttpRequest) -> bool:
    return _is_officer(request) and request.officer.has_permission("work.oversee")  # type: ignore[attr-defined]  # people.middleware


def _plans_duty(request: HttpRequest) -> bool:
    return _is_officer(request) and request.officer.has_permission("work.plan_duty")  # type: ignore[attr-defined]  # people.middleware


def _reads_files_of_incoming(request: HttpRequest, incoming_id: str) -> bool:
    return _reads_incoming(request)


class DeskConfig(AppConfig):
    name = "balai.desk"

    def ready(self) -> None:
        """Put the desk's own pages into its menu; say who reads what came along with a message."""
        from balai.files import readers  # noqa: PLC0415 - registries are filled in ready()
        from balai.ui.navigation import NavItem, register  # noqa: PLC0415 - registries are filled in ready()

        entries = (
            NavItem(_("Meja kerja"), "desk:inbox", "inbox", order=10, shown_to=_is_officer),
            NavItem(_("Pengawasan"), "work:late", "clock", order=40, shown_to=_minds_late),
            NavItem(_("Piket"), "desk:duty", "calendar", order=45, shown_to=_plans_duty),
            NavItem(_("Pekerjaan latar"), "desk:jobs", "list", order=70, shown_to=_minds_jobs),
            NavItem(_("Pesan masuk"), "desk:incoming", "inbox", order=59, shown_to=_reads_incoming),
            NavItem(_("Pesan keluar"), "desk:outbox", "mail", order=60, shown_to=_reads_outbox),
            NavItem(_("Akun saya"), "desk:account", "person", order=80, shown_to=_is_officer),
            NavItem(_("Keluar"), "desk:sign_out", "sign-out", order=90, method="post", shown_to=_is_officer),
        )
        for entry in entries:
            register("desk", entry)
        readers.register("notify.incoming", _reads_files_of_incoming)
