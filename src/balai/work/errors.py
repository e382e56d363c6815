"""Refusals of the inbox, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import Conflict, Forbidden


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
