"""The signer `local`: a PKCS#12 file on record, opened by its owner's passphrase, in memory alone."""

from __future__ import annotations

import base64
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from balai.documents.signing.errors import (
    CertificateEnded,
    CertificateNotYet,
    PassphraseWrong,
    SignerRefused,
    SignerUnknown,
    TrustBroken,
)
from balai.documents.signing.registry import OpenedKey, Signer, SignOrder, register
from balai.kernel.dates import format_date
from balai.runtime import clock

if TYPE_CHECKING:
    from balai.documents.models import Credential
    from balai.documents.signing.cms import HeldKeySigner

log = logging.getLogger(__name__)


class LocalKey(OpenedKey):
    """A key loaded once, its chain, and how much room a signature of it takes."""

    __slots__ = ("_signer", "ends_at", "room", "starts_at")

    def __init__(self, signer: HeldKeySigner, room: int, starts_at: datetime, ends_at: datetime) -> None:
        self._signer: HeldKeySigner | None = signer
        self.room = room
        self.starts_at, self.ends_at = starts_at, ends_at

    @property
    def signer(self) -> HeldKeySigner:
        """Who makes the signatures; raises SignerRefused("key_closed")."""
        if self._signer is None:
            raise SignerRefused("key_closed")
        return self._signer

    def close(self) -> None:
        if self._signer is not None:
            self._signer.forget()
        self._signer = None


@register("local")
class LocalSigner(Signer):
    """Signs with a certificate of the officer's own, kept as PKCS#12."""

    label = _("Sertifikat sendiri (PKCS#12)")

    @sensitive_variables("passphrase", "held")
    def unlock(self, credential: Credential, passphrase: str) -> OpenedKey:
        # pyHanko takes half a second and forty megabytes to load: only who signs pays for it.
        from balai.documents.signing import pades, trust  # noqa: PLC0415 - see above
        from balai.documents.signing.cms import HeldKeySigner  # noqa: PLC0415 - see above
        from balai.documents.signing.keys import open_p12  # noqa: PLC0415 - see above

        if credential.secret is None:
            raise SignerUnknown(signer=credential.signer)
        if not passphrase:
            raise PassphraseWrong
        refuse_outside(credential.starts_at, credential.ends_at)
        held = open_p12(base64.b64decode(credential.secret.clear), passphrase)
        try:
            signer = HeldKeySigner(held.key, held.certificate, trust.chain_of(held.certificate, held.chain))
            room = pades.room_for(signer)
        except trust.TrustUnreadable:
            log.exception("nothing can be signed: the folder of trust is not readable")
            raise TrustBroken from None
        return LocalKey(signer, room, credential.starts_at, credential.ends_at)

    def sign(self, opened: OpenedKey, pdf: bytes, order: SignOrder) -> bytes:
        from balai.documents.signing import pades  # noqa: PLC0415 - see unlock

        if not isinstance(opened, LocalKey):
            raise SignerRefused("key_of_another_signer")
        if not opened.starts_at <= order.at <= opened.ends_at:
            raise SignerRefused("certificate_ended")
        return pades.sign(opened.signer, pdf, order, room=opened.room)


def refuse_outside(starts_at: datetime, ends_at: datetime) -> None:
    """Raise CertificateEnded or CertificateNotYet when now is not between the two."""
    now = clock.now()
    if now > ends_at:
        raise CertificateEnded(ended=format_date(ends_at.date()))
    if now < starts_at:
        raise CertificateNotYet(begins=format_date(starts_at.date()))
