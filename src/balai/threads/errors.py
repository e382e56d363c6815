"""Refusals of notes, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class NoteEmpty(CitizenError):
    """Nothing was written."""

    code = "threads.note_empty"
    template = _("Tulis pesannya dahulu.")


class NoteTooLong(CitizenError):
    """Longer than anybody reads at a counter."""

    code = "threads.note_too_long"
    template = _("Pesan terlalu panjang: paling banyak %(most)s huruf.")


class NoteUnreadable(CitizenError):
    """It holds control characters that no keyboard makes."""

    code = "threads.note_unreadable"
    template = _("Pesan memuat tanda yang tidak bisa disimpan. Tulis ulang dengan huruf biasa.")


class NoteNotInside(CitizenError):
    """Only officers write internal notes."""

    code = "threads.note_not_inside"
    template = _("Catatan dalam hanya untuk petugas.")
    status = 403
