"""Refusals of the inbox, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError, Conflict, Forbidden


class NotYourTray(Forbidden):
    """The officer lacks the permission of this item at its office."""

    code = "work.not_your_tray"
    template = _("Pekerjaan ini bukan bagian Anda.")


class ItemNotOpen(Conflict):
    """The item was finished, cancelled or paused meanwhile."""

    code = "work.item_not_open"
    template = _("Pekerjaan ini sudah tidak terbuka. Muat ulang daftar Anda.")


class TakenAlready(Conflict):
    """A colleague was faster."""

    code = "work.taken_already"
    template = _("Pekerjaan ini sudah diambil %(who)s.")


class DutyHoursRefused(CitizenError):
    """The duty ends before it begins, is over already, or lasts longer than anybody can be on call."""

    code = "work.duty_hours"
    template = _("Piket harus berakhir setelah dimulai, belum lewat, dan paling lama %(most)s hari.")


class DutyOfficerRefused(CitizenError):
    """The officer may not do this work at the office on the day on which the duty begins."""

    code = "work.duty_officer"
    template = _("%(name)s tidak berwenang atau sedang tidak bertugas di kantor ini pada hari itu.")


class DutyOverlaps(Conflict):
    """The officer is on duty there during these hours already."""

    code = "work.duty_overlaps"
    template = _("%(name)s sudah piket pada %(first)s sampai %(last)s.")
