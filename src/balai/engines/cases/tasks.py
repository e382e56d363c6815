"""Jobs of the case engine."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balai.catalogue import running
from balai.catalogue.notices import filled, places
from balai.engines.cases.actions import end_repairs, remind_waiting
from balai.engines.cases.models import Case
from balai.engines.cases.queries import case_by_id
from balai.engines.cases.queries.finding import definition_of
from balai.government import current as government
from balai.notify import actions as notify
from balai.notify.actions import Wording
from balai.region import queries as region
from balai.runtime.jobs import job, periodic


@job("cases.tell_applicant", label=_("Memberi kabar kepada pemohon"))
def tell_applicant(case_id: str, news: str, round: int, again: int = 0) -> None:
    """Send the applicant one piece of news; the key makes a repeated job one message.

    `again` counts the letters that were replaced before: each new one is news of its own.
    """
    case = case_by_id(case_id)
    if case is None:
        return
    notify.tell(
        owner=case.applicant.as_subject(),
        words=wordings(case, news),
        key=f"cases:{case.pk}:{news}:{round}" + (f":{again}" if again else ""),
        about=case.as_subject(),
        recipient_name=case.applicant_label,
    )


@periodic("cases.remind", seconds=3600, label=_("Mengingatkan pemohon yang berkasnya menunggu"))
def remind() -> None:
    """Everybody whose case has waited long enough for her, however long ago the last look was."""
    remind_waiting()


@periodic("cases.end_repairs", seconds=3600, label=_("Menutup berkas yang tidak diperbaiki sampai batasnya"))
def end_terms() -> None:
    """Everybody whose repair ends soon is told, and what is past its last day is closed."""
    end_repairs()


def wordings(case: Case, news: str) -> dict[str, Wording]:
    """The news in every language that has words for it, as the catalogue says them today."""
    values, notices = _values(case), running.current().notices
    own = f"{definition_of(case).code.lower()}_{news}"
    return {
        language: Wording(
            subject=filled(notice.subject, values),
            text=filled(notice.text, values),
            short=filled(notice.short, values),
            template=own if notices.is_own(case.service_id, news, language) else news,
            parameters={name: values[name] for name in places(notice.short)},
        )
        for language, notice in notices.wordings(case.service_id, news).items()
    }


def _values(case: Case) -> dict[str, str]:
    """What may stand in a notice: nothing that a stranger who reads the phone may not know."""
    office, town = region.office(case.office_code), government()
    return {
        "number": case.number,
        "link": f"{settings.BALAI.public_url}{case.get_absolute_url()}",
        "letter": f"{settings.BALAI.public_url}/saya/surat/{case.letter_id}/",
        "service": case.title,
        "office": office.name if office else "",
        "product": town.product_name,
        "town": town.short_name,
    }
