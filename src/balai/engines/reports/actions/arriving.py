"""A message that somebody wrote to the town becomes a report, or belongs to one that is there.

Called by the worker, again when it died in between: the report has the id of the message. Where it lies is
asked back in the answer; what is not said is for the reception to find out, nothing is refused for it.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from balai.engines.reports.actions.filing import NOBODY, STAGED_LABEL, Filing, Who, attach, file
from balai.engines.reports.actions.handling import reply
from balai.engines.reports.enums import OPEN, Channel, EventKind, EvidenceRole, ReportState
from balai.engines.reports.errors import TextMissing
from balai.engines.reports.models import Event, Report
from balai.engines.reports.models.report import SUBJECT_LABEL
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.finding import is_reached_at, report_by_id
from balai.engines.reports.queries.suggesting import suggest
from balai.engines.reports.rules import numbers
from balai.files import actions as files
from balai.government.texts import of_town
from balai.kernel.references import SYSTEM, Subject
from balai.notify.enums import AddressKind
from balai.notify.replies import Question, Reply
from balai.people.contacts import Contact
from balai.people.enums import ContactKind
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction

CHANNELS = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP, "email": Channel.EMAIL}
WORD = "LAPOR"
FALLBACK = "lainnya"


def take_message(question: Question) -> Reply | None:
    """A message that begins with LAPOR: a new report, answered with its number and PIN."""
    town = definitions.current().town
    return None if town is None else _new(question, question.rest)


def take_answer(question: Question) -> Reply | None:
    """A message that answers one of ours about a report belongs to it; None where it is about none.

    Where the government says so, every e-mail that nobody else understands is a report.
    """
    town = definitions.current().town
    if town is None:
        return None
    about = question.about
    if about is not None and about.label == SUBJECT_LABEL:
        report = report_by_id(about.id)
        return _belonging(question, report) if report is not None else None
    if town.every_letter and channel_of(question) == Channel.EMAIL:
        return _new(question, f"{question.subject}\n{question.text}".strip())
    return None


def channel_of(question: Question) -> Channel:
    """By which channel it came; one that is not known by the kind of its address."""
    usual = Channel.EMAIL if question.address.kind == AddressKind.EMAIL else Channel.SMS
    return CHANNELS.get(question.channel, usual)


def _new(question: Question, text: str) -> Reply:
    report_id = UUID(question.incoming_id)
    here = Subject("notify.incoming", question.incoming_id)
    try:
        number, pin, place = _file(question=question, text=text, report_id=report_id)
    except TextMissing:
        asked = _(
            "Tulis LAPOR, lalu apa yang terjadi dan di mana. Contoh: LAPOR jalan berlubang di depan SD."
        )
        return Reply(asked, here, needs_person=bool(question.attachments))
    told = {"number": number, "pin": pin, "link": f"{settings.BALAI.public_url}/lapor/{number}/"}
    words = _("Laporan kami terima. Nomor %(number)s, PIN %(pin)s. Ikuti di %(link)s") % told
    if not place:
        asked = _("Di mana tepatnya? Balas pesan ini dengan nama desa/kelurahan dan tempat terdekat.")
        words = f"{words} {of_town(asked)}"
    for each in question.refused:
        words = f"{words} {each.name}: {each.reason}"
    return Reply(words, Subject(SUBJECT_LABEL, str(report_id), number))


@write_transaction(locks=("report", "upload"))
def _file(*, question: Question, text: str, report_id: UUID) -> tuple[str, str, str]:
    """Number, PIN and what is known of the place; the files go over in the same transaction."""
    uploads = tuple(each.upload_id for each in question.attachments)
    staged = Subject(STAGED_LABEL, str(report_id))
    files.change_owner(by=SYSTEM, ids=uploads, owner=question.owner, to=staged)
    receipt = file(
        by=NOBODY,
        filing=Filing(
            category=_category(text),
            text=text[: numbers.LONGEST_TEXT],
            who=Who(contact=Contact(ContactKind(question.address.kind), question.address.value)),
            uploads=uploads,
        ),
        channel=channel_of(question),
        id=report_id,
    )
    return receipt.number, receipt.pin, receipt.report.area_code


def _category(text: str) -> str:
    """The kind whose words are said, else the one for everything; the reception puts it right."""
    offered = definitions.current().offered
    open_ones = [each for each in offered.values() if not each.secret]
    found = (each.category.slug for each in suggest(text) if not each.category.secret)
    if (likeliest := next(found, None)) is not None:
        return likeliest
    return FALLBACK if FALLBACK in offered else open_ones[0].slug


def _belonging(question: Question, report: Report) -> Reply:
    """What she writes about a report of hers: the answer that was waited for, or one word more."""
    said = question.text.strip() or _("(foto)")
    ids = tuple(each.upload_id for each in question.attachments)
    is_filer = is_reached_at(report, question.address.kind, question.address.value, only_filer=True)
    if report.state == ReportState.WAITING and is_filer:
        reply(by=NOBODY, report=report, text=said, uploads=ids, owner=question.owner)
        return Reply(_("Terima kasih, jawaban Anda kami teruskan."), report.as_subject())
    if report.state not in OPEN:
        told = {"number": report.number, "link": f"{settings.BALAI.public_url}/lapor/{report.number}/"}
        words = _("Laporan %(number)s sudah ditutup. Nilai atau baca di %(link)s") % told
        return Reply(words, report.as_subject(), needs_person=True)
    _add(question=question, report=report, said=said, is_filer=is_filer)
    return Reply(
        _("Terima kasih, kami tambahkan ke laporan %(number)s.") % {"number": report.number},
        report.as_subject(),
    )


@write_transaction(locks=("report", "upload"))
def _add(*, question: Question, report: Report, said: str, is_filer: bool) -> None:
    """Once for each message, in the officers' timeline; what others write is not for the filer to read."""
    report, at = lock(report), clock.now()
    key = UUID(question.incoming_id)
    if Event.objects.filter(pk=key).exists():
        return
    ids = tuple(each.upload_id for each in question.attachments)
    attach(report, ids, EvidenceRole.REPORTED, by=SYSTEM, at=at, owner=question.owner, is_looked_at=False)
    Event.objects.create(
        id=key,
        report=report,
        at=at,
        kind=EventKind.REPLIED if is_filer else EventKind.JOINED,
        office_code=report.office_code,
        text=said[: numbers.LONGEST_TEXT],
        public=False,
    )
