"""Jobs of the case engine."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from balai.engines.cases.queries import case_by_id
from balai.notify import actions as notify
from balai.notify.models import Address
from balai.runtime.jobs import job

# Short enough for one SMS, and without anything that a stranger who reads the phone may not know.
NEWS = {
    "returned": (
        _("Berkas %(number)s perlu diperbaiki"),
        _("Berkas %(number)s perlu Anda perbaiki. Lihat yang kurang di %(address)s"),
    ),
    "ready": (
        _("Berkas %(number)s siap diambil"),
        _("Surat berkas %(number)s siap diambil. Bawa KTP. Lihat %(address)s"),
    ),
    "issued": (
        _("Surat berkas %(number)s terbit"),
        _("Surat berkas %(number)s sudah terbit. Masuk, lalu unduh di %(letter)s"),
    ),
    "finished": (
        _("Berkas %(number)s selesai"),
        _("Berkas %(number)s sudah selesai. Lihat hasilnya di %(address)s"),
    ),
    "revoked": (
        _("Surat berkas %(number)s dicabut"),
        _("Surat berkas %(number)s dicabut dan tidak berlaku lagi. Alasannya ada di %(address)s"),
    ),
    "replacing": (
        _("Surat berkas %(number)s akan diganti"),
        _("Surat berkas %(number)s keliru dan sedang kami ganti. Lihat %(address)s"),
    ),
    "rejected": (
        _("Keputusan berkas %(number)s"),
        _("Berkas %(number)s tidak dapat disetujui. Alasannya ada di %(address)s"),
    ),
}


@job("cases.tell_applicant", label=_("Memberi kabar kepada pemohon"))
def tell_applicant(case_id: str, news: str, round: int, again: int = 0) -> None:
    """Send the applicant one piece of news; the key makes a repeated job one message.

    `again` counts the letters that were replaced before: each new one is news of its own.
    """
    case = case_by_id(case_id)
    if case is None:
        return
    contact = case.applicant.contact_value
    words = {
        "number": case.number,
        "address": f"{settings.BALAI.public_url}{case.get_absolute_url()}",
        "letter": f"{settings.BALAI.public_url}/saya/surat/{case.letter_id}/",
    }
    with override("id"):
        subject, text = (str(part) % words for part in NEWS[news])
    notify.send(
        to=Address(contact.kind.value, contact.value),
        subject=subject,
        text=text,
        key=f"cases:{case.pk}:{news}:{round}" + (f":{again}" if again else ""),
        about=case.as_subject(),
        recipient_name=case.applicant_label,
    )
