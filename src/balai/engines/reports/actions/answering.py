"""STATUS LAP-… by SMS or WhatsApp: how far a report is, to whoever may know."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from balai.engines.reports.models import Report
from balai.engines.reports.models.report import SUBJECT_LABEL
from balai.engines.reports.queries import finding
from balai.engines.reports.rules.numbers import PREFIX
from balai.kernel.case_number import read_number_and_pin
from balai.kernel.references import Subject
from balai.notify.replies import Question, Reply
from balai.runtime import ratelimit
from balai.runtime.errors import NotFound, TooMany

GUESSES_PER_NUMBER, GUESSES_PER_ADDRESS = 10, 100
HOUR = 3600


def answer_status(question: Question) -> Reply | None:
    """The state of a report, without its words; None for what is about something else.

    What everybody reads is told to everybody. Of another report the phone that was left with it needs the
    number alone, as the answer goes to that phone itself; every other shows the PIN too, and reads the same
    whether the report exists or not.
    """
    number, pin = read_number_and_pin(question.rest)
    if not number.startswith(f"{PREFIX}-"):
        return None
    address = question.address
    report = finding.report_with_number(number)
    if report is not None and (
        report.is_listed or finding.is_reached_at(report, address.kind, address.value)
    ):
        return _told(report, report.get_absolute_url() if report.is_listed else "/lacak/")
    if not pin:
        text = _("Dari HP ini kirim juga PIN yang ada di bukti: STATUS %(number)s lalu PIN 6 angka.")
        return _plain(text % {"number": number})
    try:
        ratelimit.hit("reports.follow.address", address.value, limit=GUESSES_PER_ADDRESS, seconds=HOUR)
        ratelimit.hit("reports.follow.number", number, limit=GUESSES_PER_NUMBER, seconds=HOUR)
        return _told(finding.voice_by_pin(number, pin).report, "/lacak/")
    except NotFound:
        return _plain(_("Nomor laporan atau PIN tidak cocok. Periksa lagi bukti laporan Anda."))
    except TooMany as refused:
        return _plain(refused.sentence)


def _told(report: Report, path: str) -> Reply:
    text = _("Laporan %(number)s: %(state)s. Selengkapnya di %(link)s") % {
        "number": report.number,
        "state": report.state_label,
        "link": f"{settings.BALAI.public_url}{path}",
    }
    return Reply(text, report.as_subject())


def _plain(text: str) -> Reply:
    return Reply(text, Subject(SUBJECT_LABEL, ""))
