"""Why a repeated or kept envelope is not taken."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class KeyReused(CitizenError):
    """One key, two different contents: the second is not what was sent first."""

    code = "sync.key_reused"
    template = _(
        "Kiriman ini memakai tanda yang sama dengan kiriman lain. Muat ulang halaman, lalu kirim lagi."
    )
    status = 409


class DraftChanged(CitizenError):
    """The draft was saved elsewhere in the meantime; `.version` is the version now kept."""

    code = "sync.draft_changed"
    template = _("Isian ini sudah diubah dari perangkat atau jendela lain. Periksa isi terbarunya dahulu.")
    status = 409

    def __init__(self, version: int) -> None:
        super().__init__(version=version)
        self.version = version


class DraftTooLarge(CitizenError):
    """More than a form can hold."""

    code = "sync.draft_too_large"
    template = _("Isian ini terlalu panjang untuk disimpan (lebih dari %(kilobytes)s kB).")
    status = 413


class StashNotFound(CitizenError):
    """No such stash, or not for this person: both look alike."""

    code = "sync.stash_not_found"
    template = _("Isian yang tersimpan sementara tidak ditemukan lagi.")
    status = 404


class KeyUnfinished(RuntimeError):
    """A mistake in our code: an action took a key with `once` and committed without `finish`."""
