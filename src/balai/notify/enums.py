"""The words a message's row is made of."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AddressKind(TextChoices):
    """What a message can be sent to."""

    PHONE = "phone", _("Nomor HP")
    EMAIL = "email", _("Alamat e-mail")


class MessageState(TextChoices):
    """Queued until a channel has taken it over, or until it is known that none will."""

    QUEUED = "queued", _("Menunggu dikirim")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal")
