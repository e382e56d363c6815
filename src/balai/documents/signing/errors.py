"""What can go wrong at a signature: sentences for the officer, and three answers for who runs a batch."""

from __future__ import annotations

from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class PassphraseWrong(CitizenError):
    """The passphrase does not open the key."""

    code = "documents.passphrase_wrong"
    template = _("Frasa sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")


class PassphraseTooShort(CitizenError):
    """A file under a short passphrase is opened by whoever gets hold of it."""

    code = "documents.passphrase_too_short"
    template = _("Frasa sandi paling sedikit %(shortest)s karakter.")


class CertificateEnded(CitizenError):
    """Signing with it now would make a signature that every check calls invalid."""

    code = "documents.certificate_ended"
    template = _("Sertifikat elektronik Anda tidak berlaku sejak %(ended)s. Minta sertifikat baru.")
    status = 409


class CertificateNotYet(CitizenError):
    """The certificate begins to be valid later than now; often it is the clock of the machine."""

    code = "documents.certificate_not_yet"
    template = _("Sertifikat elektronik Anda baru berlaku mulai %(begins)s.")
    status = 409


class CertificateUnfit(CitizenError):
    """The file holds no certificate that can sign a letter."""

    code = "documents.certificate_unfit"
    template = _("Berkas sertifikat ini tidak dapat dipakai untuk menandatangani: %(why)s")


class NameDiffers(CitizenError):
    """The certificate is somebody else's, or writes the name in another way: a person must say which."""

    code = "documents.name_differs"
    template = _("Sertifikat ini atas nama %(certificate)s, sedangkan pejabatnya bernama %(officer)s.")
    hint = _("Lanjutkan hanya bila keduanya orang yang sama.")
    status = 409


class TrustBroken(CitizenError):
    """The operator's folder of trusted authorities cannot be read; the log names the file."""

    code = "documents.trust_broken"
    template = _(
        "Daftar penerbit sertifikat di server ini tidak dapat dibaca. Belum ada yang ditandatangani."
    )
    hint = _("Hubungi pengelola sistem, lalu coba lagi.")
    status = 503


class SignerUnknown(CitizenError):
    """Nobody registered a signer of this code, or this town may not use it."""

    code = "documents.signer_unknown"
    template = _("Cara tanda tangan %(signer)s tidak tersedia di sini.")
    status = 409


class SignerFault(Exception):
    """A signature did not come about. `code` is a stable word; nothing personal is in it."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class SignerBusy(SignerFault):
    """Temporary: no answer, too slow, too much at once. Nothing was signed; the same order may be retried."""


class SignerUnsure(SignerFault):
    """The answer was lost: perhaps it was signed. The same bytes are sent again, under the same number."""


class SignerRefused(SignerFault):
    """Permanent for this letter: trying again does not help ("certificate_ended", "pdf_unreadable", …)."""


def refuse_to_pickle(self: object, _protocol: object = None) -> NoReturn:
    """`__reduce_ex__` of what must not leave the memory of its process."""
    raise TypeError(f"{type(self).__name__} does not leave this process")
