"""Jobs of the engine of reports."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from balai.engines.reports.actions import (
    close_silent,
    count_map,
    draw_recheck,
    look_for_silence,
    renew_league,
)
from balai.engines.reports.models import Report, Voice
from balai.engines.reports.queries import finding, mapping
from balai.engines.reports.rules.messages import ONLY_FILER, SHORT
from balai.kernel.references import Subject
from balai.notify import actions as notify
from balai.notify.actions import Wording
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.jobs import job, periodic

LANGUAGES = ("id", "jv", "en")


@job("reports.tell_voices", label=gettext_lazy("Memberi kabar kepada pelapor"))
def tell_voices(report_id: str, news: str, mark: str) -> None:
    """Send everybody behind a report one piece of news; the key makes a repeated job one message each."""
    report = finding.report_by_id(report_id)
    if report is None:
        return
    words = wordings(report, news)
    for voice in finding.voices_to_tell(report, only_filer=news in ONLY_FILER):
        owner = _owner(voice)
        if owner is not None:
            notify.tell(
                owner=owner,
                words=words,
                key=f"reports:{voice.pk}:{news}:{mark}",
                about=report.as_subject(),
                recipient_name="",
            )


def _owner(voice: Voice) -> Subject | None:
    """Her account, or else what she left to be reached by."""
    if voice.citizen is not None:
        return voice.citizen.as_subject()
    identity = getattr(voice, "identity", None)
    return identity.as_subject() if identity is not None and identity.contact else None


def wordings(report: Report, news: str) -> dict[str, Wording]:
    """The news in each language; `template` names it for channels that send approved texts only."""
    office = region.office(report.office_code)
    values = {
        "number": report.number,
        "link": f"{settings.BALAI.public_url}{report.get_absolute_url()}",
        "office": office.name if office else "",
    }
    said = {}
    for language in LANGUAGES:
        with override(language):
            short = str(SHORT[news]) % values
            subject = _("Kabar laporan %(number)s") % values
            said[language] = Wording(
                subject=subject, text=short, short=short, template=f"report_{news}", parameters=values
            )
    return said


@job("reports.draw_recheck", label=gettext_lazy("Mengundi pemeriksaan ulang"))
def draw(report_id: str) -> None:
    """Perhaps an inspector looks at a repair again."""
    report = finding.report_by_id(report_id)
    if report is not None:
        draw_recheck(report=report)


@periodic("reports.close_silent", seconds=600, label=gettext_lazy("Menutup laporan yang tidak dinilai"))
def close_unjudged() -> None:
    """Whoever stayed silent long enough; what is left comes with the next look."""
    close_silent()


@periodic(
    "reports.look_for_silence", seconds=3600, label=gettext_lazy("Memeriksa apakah laporan masih masuk")
)
def look() -> None:
    """No report for days is an alarm, told once."""
    look_for_silence()


@periodic("reports.count_map", seconds=mapping.SECONDS, label=gettext_lazy("Menghitung laporan untuk peta"))
def count_for_maps() -> None:
    """What changed since the last time."""
    count_map()


@periodic("reports.renew_league", seconds=300, label=gettext_lazy("Menghitung kinerja perangkat daerah"))
def count_promises() -> None:
    """Months in which a promise was kept, broken or opened again."""
    renew_league(clock.now())
