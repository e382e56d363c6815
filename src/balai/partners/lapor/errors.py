"""Why a hand-over is refused: a sentence for the officer who can act."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class PackageRefused(CitizenError):
    """The package lacks something, or holds what may not go out; `field` says which part."""

    code = "lapor.package"
    template = _("Laporan ini belum dapat diserahkan: %(what)s")

    def __init__(self, field: str, what: object) -> None:
        super().__init__(what=str(what))
        self.field = field


class AlreadyHandedOver(CitizenError):
    """It is there already, with other words."""

    code = "lapor.already"
    template = _("Laporan ini sudah diserahkan dengan nomor %(reference)s. Tarik dulu bila isinya berubah.")
    status = 409


class CannotMove(CitizenError):
    """The hand-over is not where this can happen."""

    code = "lapor.state"
    template = _("Penyerahan %(reference)s sedang dalam keadaan lain. Muat ulang halaman dan periksa.")
    status = 409


class TrackingNumberNeeded(CitizenError):
    """LAPOR! took it, so it has a number."""

    code = "lapor.tracking_number"
    template = _("Isi nomor pelacakan dari LAPOR!: huruf, angka, titik, garis; paling panjang 40.")
