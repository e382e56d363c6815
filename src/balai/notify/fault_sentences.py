"""Codes of faults as sentences for whoever reads the outbox: what happened, and what would help."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MEND_SETTINGS = _("Penyalur menolak kunci atau alamat kita. Periksa pengaturan.")
_LATER = _("Penyalur sedang sibuk atau terganggu. Dicoba lagi dengan sendirinya.")
_DEAD = _("Alamat tidak ada atau tidak dapat dipakai. Tanyakan alamat yang benar kepada warga.")
_TEMPLATE = _("Templat WhatsApp belum disetujui atau isinya berbeda. Periksa templat di penyalur.")

_EXACT: Mapping[str, str | Promise] = {
    "notify.too_late": _("Masa berlakunya lewat sebelum sempat terkirim."),
    "notify.no_channel": _("Belum ada saluran untuk alamat seperti ini. Periksa pengaturan."),
    "notify.gave_up": _("Sudah dicoba berkali-kali tanpa hasil. Kirim ulang bila gangguannya selesai."),
    "notify.stopped": _("Penerima memilih tidak dikirimi."),
    "notify.doubtful": _("Alamatnya pernah gagal. Kirim ulang bila warga memastikan alamatnya benar."),
    "whatsapp.131026": _DEAD,
    "whatsapp.131047": _("Warga terakhir menulis lebih dari sehari lalu; hanya templat yang boleh dikirim."),
    "demo.production": _("Saluran peragaan tidak mengirim apa pun."),
}
# The first that begins the code.
_BEGINNINGS: tuple[tuple[str, str | Promise], ...] = (
    ("smtp.bounced_5.1", _DEAD),
    ("smtp.bounced_5.2.2", _("Kotak surat penerima penuh.")),
    ("smtp.bounced", _("Server surat penerima mengembalikan pesan ini.")),
    ("smtp.recipient_5", _DEAD),
    ("smtp.content_5", _("Server surat menolak isi pesan ini.")),
    ("smtp.session_5", _MEND_SETTINGS),
    ("smtp.url", _MEND_SETTINGS),
    ("smtp.", _("Server surat sedang tidak dapat dihubungi. Dicoba lagi dengan sendirinya.")),
    ("sms.invalid_number", _DEAD),
    ("sms.unknown_subscriber", _DEAD),
    ("sms.recipient_opted_out", _("Penerima meminta penyalur untuk tidak dikirimi.")),
    ("sms.undelivered", _("Operator tidak dapat menyampaikan SMS ini.")),
    ("whatsapp.132", _TEMPLATE),
    ("whatsapp.undelivered", _("WhatsApp tidak dapat menyampaikan pesan ini.")),
)
_ENDINGS: tuple[tuple[str, str | Promise], ...] = (
    ("status_401", _MEND_SETTINGS),
    ("status_403", _MEND_SETTINGS),
    ("status_404", _MEND_SETTINGS),
    ("tls", _("Sertifikat penyalur tidak dapat dipercaya. Periksa alamatnya di pengaturan.")),
    ("own_limit", _("Menunggu giliran: batas kirim per menit tercapai.")),
    ("unreadable", _("Jawaban penyalur tidak dapat dibaca. Dicoba lagi dengan sendirinya.")),
)
_OTHER = _("Penyalur menolak pesan ini.")


def sentence(code: str) -> str:
    """What a code means; "" for no code."""
    if not code:
        return ""
    return str(_EXACT.get(code) or _beginning(code) or _ending(code) or _OTHER)


def _beginning(code: str) -> str | Promise:
    return next((words for start, words in _BEGINNINGS if code.startswith(start)), "")


def _ending(code: str) -> str | Promise:
    known = next((words for end, words in _ENDINGS if code.endswith(end)), "")
    is_busy = code.rpartition("_")[2][:1] == "5" or code.endswith(
        ("429", "408", "unreachable", "too_slow", "broken")
    )
    return known or (_LATER if is_busy else "")
