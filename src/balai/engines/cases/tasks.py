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
    "rejected": (
        _("Keputusan berkas %(number)s"),
        _("Berkas %(number)s tidak dapat disetujui. Alasannya ada di %(address)s"),
    ),
}


@job("cases.tell_applicant", label=_("Memberi kabar kepada pemohon"))
def tell_applicant(case_id: str, news: str, round: int) -> None:
    """Send the applicant one piece of news; the key makes a repeated job one message."""
    case = case_by_id(case_id)
    if case is None:
        return
    contact = case.applicant.contact_value
    words = {"number": case.number, "address": f"{settings.BALAI.public_url}{case.get_absolute_url()}"}
    with override("id"):
        subject, text = (str(part) % words for part in NEWS[news])
    notify.send(
        to=Address(contact.kind.value, contact.value),
        subject=subject,
        text=text,
        key=f"cases:{case.pk}:{news}:{round}",
        about=case.as_subject(),
        recipient_name=case.applicant_label,
    )
