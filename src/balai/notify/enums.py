"""The words that the rows of messages are made of."""

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


class Category(TextChoices):
    """Why a message goes out, which decides where it may go.

    Direct: the person typed this address just now (a code); it goes there or nowhere. Notice: news for a
    person, by the channels of her choice. Reply: an answer on the channel on which she wrote.
    """

    DIRECT = "direct", _("Kode dan pesan langsung")
    NOTICE = "notice", _("Pemberitahuan")
    REPLY = "reply", _("Jawaban pesan")


class AttemptState(TextChoices):
    """How one way ended for one message."""

    TRIED = "tried", _("Dicoba, belum diterima")
    ACCEPTED = "accepted", _("Diterima penyalur")
    DELIVERED = "delivered", _("Sampai")
    FAILED = "failed", _("Gagal")


class EnclosureState(TextChoices):
    """What became of a file that came along with a message."""

    WAITING = "waiting", _("Sedang diambil")
    STORED = "stored", _("Tersimpan")
    REFUSED = "refused", _("Tidak dapat diterima")


class Language(TextChoices):
    """Languages in which notices are written."""

    INDONESIAN = "id", _("Bahasa Indonesia")
    JAVANESE = "jv", _("Bahasa Jawa")
    ENGLISH = "en", _("Bahasa Inggris")
