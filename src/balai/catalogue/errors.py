"""What this package refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class DisruptionEmpty(CitizenError):
    """Nothing is said."""

    code = "catalogue.disruption_empty"
    template = _("Tulis apa yang terganggu dan apa yang bisa dilakukan warga.")


class DisruptionBackwards(CitizenError):
    """The end lies before the beginning."""

    code = "catalogue.disruption_backwards"
    template = _("Waktu selesai harus sesudah waktu mulai.")


class DisruptionPast(CitizenError):
    """The end lies in the past."""

    code = "catalogue.disruption_past"
    template = _("Waktu selesai sudah lewat, jadi pengumuman ini tidak akan terlihat.")


class DisruptionOver(CitizenError):
    """It is over, or was called off by somebody else meanwhile."""

    code = "catalogue.disruption_over"
    template = _("Pengumuman ini sudah berakhir.")
