"""Messages that become reports, silence that is told, calls in the night, and the way to LAPOR!"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from balai.engines.reports import actions, tasks
from balai.engines.reports.enums import Channel, ReportState
from balai.engines.reports.models import Event, Evidence, Identity, Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import access
from balai.engines.reports.rules.categories import ClockRule
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.desk import act, at_the_desk, read, url_of
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.notify.models import Address
from balai.notify.replies import Attachment, Question
from balai.partners.lapor import actions as lapor
from balai.partners.lapor import queries as outbox
from balai.partners.lapor.tasks import tell
from balai.work import queries as work
from balai.work.models import Alert, WorkItem
from balai.work.subjects import ClockLate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
HER = Address("phone", "+6281234567877")


def message(text: str, *, channel: str = "whatsapp", photos: int = 0, **more: Any) -> Question:
    key = more.pop("incoming_id", str(uuid7()))
    owner = Subject("notify.incoming", key)
    sent = tuple(Attachment(make.picture(owner, each), "foto.jpg", "image/jpeg") for each in range(photos))
    word, _space, rest = text.partition(" ")
    given = {"address": HER, "word": word.upper(), "rest": rest, "text": text, "attachments": sent}
    return Question(incoming_id=key, channel=channel, **{**given, **more})


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change what the government has chosen, for one test."""

    def choose(**chosen: Any) -> None:
        found = definitions.current()
        monkeypatch.setattr(found, "town", found.here.model_copy(update=chosen))

    return choose


def test_a_message_becomes_a_report_once_with_its_photo_and_asks_for_the_place(town: make.Town) -> None:
    asked = message("LAPOR jalan berlubang di dekat pasar besar", photos=1)
    told = actions.take_message(asked)
    again = actions.take_message(asked)
    report = Report.objects.get()
    assert told is not None and again is not None
    assert (report.pk, report.channel, report.category) == (UUID(asked.incoming_id), "whatsapp", make.HOLE)
    assert report.number in told.text and "PIN" in told.text and "Di mana tepatnya?" in told.text
    assert again.text == told.text and Evidence.objects.filter(report=report).count() == 1
    assert Identity.objects.get().contact.clear == HER.value


def test_a_message_without_words_is_asked_for_them(town: make.Town) -> None:
    told = actions.take_message(message("LAPOR", photos=1))
    assert told is not None and told.needs_person and "LAPOR jalan berlubang" in told.text
    assert not Report.objects.exists()


def test_what_she_writes_on_belongs_to_her_report(town: make.Town) -> None:
    report = make.assigned(town, who=make.PHONE)
    more = message("Di depan toko Pak Min", photos=1, about=report.as_subject())
    for _time in range(2):
        told = actions.take_answer(more)
        assert told is not None and report.number in told.text
    assert Event.objects.get(pk=more.incoming_id).public is False
    assert "Di depan toko Pak Min" in read(at_the_desk(town.roads), url_of(report))
    actions.ask(by=town.roads, report=report, text="Sisi mana?")
    actions.take_answer(message("Sisi utara", about=report.as_subject()))
    assert Report.objects.get(pk=report.pk).state == ReportState.WORKING
    actions.archive(by=town.receiver, report=report, reason="unclear")
    told = actions.take_answer(message("Halo?", about=report.as_subject()))
    assert told is not None and told.needs_person


def test_other_letters_are_reports_only_where_the_government_says_so(
    town: make.Town, here: Callable[..., None]
) -> None:
    letter = message(
        "Lampu jalan mati sejak Senin.",
        channel="email",
        subject="Lampu",
        address=Address("email", "siti@example.id"),
    )
    assert actions.take_answer(letter) is None
    here(every_letter=True)
    assert actions.take_answer(letter) is not None
    assert Report.objects.get().channel == Channel.EMAIL


def test_silence_is_told_once_and_ends_by_itself(town: make.Town, frozen_clock: Callable) -> None:
    begun = datetime(2026, 11, 23, 2, tzinfo=UTC)
    frozen_clock(begun)
    assert not actions.look_for_silence()
    make.send()
    frozen_clock(begun + timedelta(days=8))
    make.send(channel=Channel.PHONE)
    tasks.look()
    tasks.look()
    item = WorkItem.objects.get(kind="silence")
    client = at_the_desk(town.receiver)
    page = read(client, item.link)
    assert "Laporan berhenti masuk" in page and "belum pernah" in page
    assert client.post(item.link, {"note": ""}).status_code == 422
    assert client.post(item.link, {"note": "Server halaman mati, sudah hidup."}).status_code == 302
    item.refresh_from_db()
    assert (item.state, actions.look_for_silence()) == ("done", False)
    make.send()
    tasks.look()
    assert "Laporan masuk seperti biasa" in read(client, item.link)
    read(at_the_desk(town.roads), item.link, 403)


def test_silence_that_ends_takes_its_item_back(town: make.Town, frozen_clock: Callable) -> None:
    begun = datetime(2026, 11, 23, 2, tzinfo=UTC)
    frozen_clock(begun)
    make.send()
    frozen_clock(begun + timedelta(days=8))
    assert actions.look_for_silence()
    make.send()
    actions.look_for_silence()
    assert WorkItem.objects.get(kind="silence").state == "cancelled"


def urgent(name: str, starts: str) -> ClockRule:
    return ClockRule.model_validate(
        {
            "clock": name,
            "term": {"amount": 10, "unit": "minutes"},
            "starts": starts,
            "basis": "Contoh",
            "valid_from": "2020-01-01",
        }
    )


def test_a_clock_of_minutes_calls_who_is_on_duty_and_never_names_anybody(
    town: make.Town, here: Callable[..., None]
) -> None:
    make.assigned(town, who=make.PHONE)
    assert not Alert.objects.exists()
    here(clock=(urgent("acknowledge", "filed"), urgent("first_response", "assigned")))
    report = make.assigned(town, who=make.PHONE)
    called = [(alert.office_code, alert.permission) for alert in Alert.objects.order_by("raised_at", "id")]
    assert called == [(make.RECEPTION, access.TRIAGE), (make.ROADS, access.HANDLE)]
    assert {alert.text for alert in Alert.objects.all()} == {
        f"Jalan rusak atau berlubang, Desa Sawentar. {report.number}."
    }


def test_lateness_calls_first_the_office_then_who_oversees_it(town: make.Town) -> None:
    report = make.assigned(town)
    for level in (0, 1, 2):
        late = ClockLate(str(report.pk), "completion", report.filed_at, report.filed_at, level=level)
        actions.promise_late(late)
    called = [(alert.office_code, alert.permission) for alert in Alert.objects.order_by("raised_at", "id")]
    assert called == [
        (make.ROADS, access.HANDLE),
        (make.ROADS, "work.oversee"),
        (make.RECEPTION, "work.oversee"),
    ]


def test_lapor_gets_it_once_and_its_answers_stand_in_the_timeline(
    town: make.Town, here: Callable[..., None]
) -> None:
    client, report = at_the_desk(town.receiver), make.send().report
    assert "SP4N-LAPOR!" not in read(client, url_of(report))
    here(lapor=True)
    act(client, report, "keluar", body="province-roads", by_lapor="on", reference="", note="")
    (handed,) = outbox.hand_overs_of(report.as_subject())
    fresh = Report.objects.get(pk=report.pk)
    assert (fresh.state, fresh.body_reference) == (ReportState.FORWARDED, handed.reference)
    assert handed.reference in read(client, url_of(report))
    answer = lapor.record_answer(
        by=SYSTEM, hand_over=handed, tracking_number="7654321", state="not_theirs", text="Bukan kami."
    )
    for _time in range(2):
        tell(hand_over_id=str(handed.pk), answer_id=str(answer.pk))
    page = read(client, url_of(report))
    assert page.count("Bukan kami.") == 1 and "7654321" in page
    assert [item.kind for item in work.items_of(report.as_subject())] == ["triage"]
