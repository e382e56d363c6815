"""STATUS by SMS or WhatsApp: where an application stands, to whoever may know."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from balai.engines.cases.actions.filing import follow
from balai.engines.cases.models import Case
from balai.engines.cases.models.case import SUBJECT_LABEL
from balai.engines.cases.queries import finding
from balai.kernel.case_number import read_number_and_pin
from balai.kernel.references import Subject
from balai.notify.replies import Question, Reply
from balai.people.contacts import Contact
from balai.people.enums import ContactKind
from balai.runtime.errors import NotFound, TooMany


def answer_status(question: Question) -> Reply:
    """The public state of a case, without personal data.

    The applicant's own phone needs the number alone: a sender can be invented, but the answer goes to the
    phone itself. Every other number must show the PIN of the slip too, and gets the same words whether the
    case exists or not; guesses are limited as on the page.
    """
    number, pin = read_number_and_pin(question.rest)
    if not number:
        return _plain(_("Kirim STATUS lalu nomor berkas dari slip, contohnya: STATUS SKU-2026-4831-7762"))
    case = finding.case_by_number(number)
    if case is not None and _is_own_phone(case, question):
        return _told(case, case.get_absolute_url())
    if not pin:
        return _plain(
            _("Dari HP ini kirim juga PIN yang ada di slip: STATUS %(number)s lalu PIN 6 angka.")
            % {"number": number}
        )
    try:
        return _told(follow(number=number, pin=pin, address=question.address.value), "/lacak/")
    except NotFound:
        return _plain(_("Nomor berkas atau PIN tidak cocok. Periksa lagi slip Anda."))
    except TooMany as refused:
        return _plain(refused.sentence)


def _is_own_phone(case: Case, question: Question) -> bool:
    sender = Contact(ContactKind(question.address.kind), question.address.value)
    return bool(case.applicant.contact_hash == sender.hash)


def _told(case: Case, path: str) -> Reply:
    text = _("Berkas %(number)s: %(state)s. Selengkapnya di %(link)s") % {
        "number": case.number,
        "state": case.state_label,
        "link": f"{settings.BALAI.public_url}{path}",
    }
    return Reply(text, case.as_subject())


def _plain(text: str) -> Reply:
    return Reply(text, Subject(SUBJECT_LABEL, ""))
