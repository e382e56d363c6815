"""Errors that are sentences: raised anywhere below a view, shown to the person as they are.

A subclass states its `code` and `template` (house rule 14):

    class QuotaFull(CitizenError):
        code = "queues.quota_full"
        template = _("Antrean tanggal %(day)s sudah penuh. Silakan pilih hari lain.")

The middleware turns one that no view has caught into the designed error page, or into JSON under /api/.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CitizenError(Exception):
    """Something the person can understand and act upon. `params` fill the template by name."""

    code: str = "runtime.refused"
    template: str | Promise = _("Permintaan ini tidak dapat kami proses.")
    hint: str | Promise = ""
    status: int = 400

    def __init__(
        self,
        code: str | None = None,
        template: str | Promise | None = None,
        status: int | None = None,
        **params: Any,
    ) -> None:
        if code is not None:
            self.code = code
        if template is not None:
            self.template = template
        if status is not None:
            self.status = status
        self.params = params
        super().__init__(self.code)

    @property
    def sentence(self) -> str:
        """The template filled in, in the language now active."""
        text = str(self.template)
        return text % self.params if self.params else text

    def __str__(self) -> str:
        """The code alone: parameters may be personal, and exceptions end up in logs."""
        return self.code


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with what was sent; `field` is a path into it, "" for the whole."""

    field: str
    code: str
    sentence: str


@singledispatch
def faults_of(error: CitizenError) -> tuple[Fault, ...]:
    """What is wrong with which field, for machines; packages register their own errors (`api.py`)."""
    return ()


class _Refusal(CitizenError):
    """Raised with anything positional (`NotFound(number)`) for the reader of the code; it is not kept."""

    def __init__(self, *_about: object, **params: Any) -> None:
        super().__init__(**params)


class NotFound(_Refusal):
    """Absent, or forbidden to the one who asks: both look alike (house rule 3)."""

    code = "runtime.not_found"
    template = _("Yang Anda cari tidak kami temukan.")
    hint = _("Periksa kembali alamat atau nomornya, atau mulai dari beranda.")
    status = 404


class Forbidden(_Refusal):
    """The one who asks is known, and may not."""

    code = "runtime.forbidden"
    template = _("Anda tidak berwenang membuka halaman ini.")
    hint = _("Jika ini tugas Anda, mintalah wewenang kepada pengelola kantor.")
    status = 403


class Unauthorized(_Refusal):
    """A machine came without a valid token, or a signed-out person called the API."""

    code = "runtime.unauthorized"
    template = _("Silakan masuk terlebih dahulu.")
    status = 401


class Conflict(_Refusal):
    """Somebody else was earlier; the page shown is no longer the present state."""

    code = "runtime.conflict"
    template = _("Data ini baru saja diubah oleh orang lain.")
    hint = _("Muat ulang halaman, periksa keadaan terbaru, lalu ulangi bila masih perlu.")
    status = 409


class TooMany(_Refusal):
    """A rate limit was reached; `retry_after` is in seconds, at least 1."""

    code = "runtime.too_many"
    template = _("Terlalu banyak percobaan. Silakan coba lagi dalam %(wait)s.")
    hint = _("Pembatasan ini melindungi data Anda dari orang yang menebak-nebak.")
    status = 429

    def __init__(self, *_about: object, retry_after: int = 60, **params: Any) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(wait=_wait(self.retry_after), **params)


def _wait(seconds: int) -> str:
    """A waiting time in plain words, rounded up."""
    if seconds < 60:
        return str(_("%(n)s detik") % {"n": seconds})
    if seconds < 3600:
        return str(_("%(n)s menit") % {"n": -(-seconds // 60)})
    return str(_("%(n)s jam") % {"n": -(-seconds // 3600)})
