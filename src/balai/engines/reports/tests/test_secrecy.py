"""What must not be read: by the public, by whoever merely joined, by those who only oversee."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.engines.reports import actions, exports
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import ReportKind, ReportState, Verdict, Visibility
from balai.engines.reports.errors import NotYourReport
from balai.engines.reports.models import Event, Evidence, Report, SearchText, Voice
from balai.engines.reports.queries import finding, reading, telling
from balai.engines.reports.rules import access, numbers
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.desk import at_the_desk, read, url_of
from balai.engines.reports.tests.test_arriving import message
from balai.engines.reports.views.parts import grant_url
from balai.kernel.references import Subject
from balai.notify.models import Address
from balai.people.contacts import parse_contact
from balai.work.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BRIBE, VIOLENCE, NEGLECTED = "dimintai-uang", "kekerasan-perempuan-anak", "orang-telantar"
SEVENTH = Address("phone", "+6281234567890")


def joined(report: Report, *, phone: str = "") -> Voice:
    """Somebody who joined, without an account."""
    who = actions.Who(contact=parse_contact(phone) if phone else None)
    receipt = actions.join(by=NOBODY, report=report, who=who, note="Saya tetangganya")
    return finding.voice_by_pin(receipt.number, receipt.pin)


def opened(voice: Voice) -> Any:
    """Her page, in a browser that has just shown number and PIN."""
    return Client().get(grant_url(voice), follow=True)


def test_a_part_about_an_officer_goes_to_the_inspectorate_alone(town: make.Town) -> None:
    whole = make.send().report
    part = actions.split(
        by=town.receiver, report=whole, category=BRIBE, text="Mandornya minta uang kepada warga."
    )
    part.refresh_from_db()
    assert (part.kind, part.visibility, part.public_text) == (ReportKind.WHISTLE, Visibility.SECRET, "")
    assert (part.reception_code, part.office_code) == (make.INSPECTORATE, make.INSPECTORATE)
    assert "Mandor" not in part.title
    assert not SearchText.objects.filter(report=part).exists()
    assert list(WorkItem.objects.filter(subject_id=str(part.pk)).values_list("permission", flat=True)) == [
        "reports.investigate"
    ]
    assert not Event.objects.filter(report=whole, text__contains=part.number, public=True).exists()


def test_a_part_of_a_secret_kind_is_secret(town: make.Town) -> None:
    part = actions.split(
        by=town.receiver, report=make.send().report, category=VIOLENCE, text="Anaknya dipukul bapaknya."
    )
    part.refresh_from_db()
    assert (part.visibility, part.public_text, part.kind) == ("secret", "", ReportKind.COMPLAINT)


def test_who_joined_reads_nothing_of_what_nobody_has_checked(town: make.Town) -> None:
    report = make.send(text="Pak Lurah Sukirno korupsi aspal jalan").report
    voice = joined(report)
    page = opened(voice).content.decode()
    assert "Sukirno" not in page
    assert "depan SDN" not in page
    assert "<img" not in page
    actions.assign(by=town.receiver, report=report, office_code=make.ROADS)
    assert "Sukirno" in opened(voice).content.decode()


def test_what_somebody_sends_later_is_not_shown_before_it_was_looked_at(town: make.Town) -> None:
    report = make.resolved(town)
    owner = Subject("reports.reply", "x")
    actions.judge(
        by=NOBODY,
        voice=make.filer(report),
        verdict=Verdict.NOT,
        uploads=[make.picture(owner, 9)],
        owner=owner,
    )
    photo = Evidence.objects.get(report=report, role="dispute")
    assert not reading.is_for_everybody(photo)
    assert all(each.evidence.role != "dispute" for each in telling.pictures(report))
    actions.edit_public(by=town.receiver, report=report, text="Jalan berlubang", shown=[photo.upload_id])
    photo.refresh_from_db()
    assert photo.is_public


def test_what_somebody_who_joined_writes_is_no_answer_of_the_filers(town: make.Town) -> None:
    report = make.working(town, who=make.PHONE)
    voice = joined(report, phone=SEVENTH.value)
    actions.ask(by=town.roads, report=report, text="Di sebelah mana?")
    joined(report)
    sent = message("Saya Budi, rumah saya RT 3", address=SEVENTH, about=report.as_subject())
    told = actions.take_answer(sent)
    report.refresh_from_db()
    assert told is not None
    assert report.state == ReportState.WAITING
    assert all("Budi" not in each.text for each in telling.timeline(report, voice=make.filer(report)))
    assert all("Budi" not in each.text for each in telling.timeline(report, voice=voice))
    assert "Saya Budi" in read(at_the_desk(town.roads), url_of(report))
    mine = message("Di sebelah timur sekolah", about=report.as_subject())
    actions.take_answer(mine)
    report.refresh_from_db()
    assert report.state == ReportState.WORKING


def test_the_note_of_a_verdict_is_read_by_officers_and_by_nobody_else(town: make.Town) -> None:
    report = make.resolved(town)
    voice = joined_before(report)
    actions.judge(by=NOBODY, voice=voice, verdict=Verdict.PARTLY, note="Masih ada lubang di depan rumah saya")
    assert "lubang di depan rumah saya" in read(at_the_desk(town.roads), url_of(report))
    assert "rumah saya" not in Client().get(f"/lapor/{report.number}/").content.decode()
    told = telling.timeline(report, voice=make.filer(report))
    assert all("rumah saya" not in each.text for each in told)


def joined_before(report: Report) -> Voice:
    """Somebody who joined while it was open."""
    return Voice.objects.create(report=report, pin_hash="x", at=report.filed_at)


def test_an_item_about_an_officer_says_nothing_to_whoever_oversees(town: make.Town) -> None:
    report = make.send(category=BRIBE, where=make.NEAR_SCHOOL, photos=0).report
    item = WorkItem.objects.get(subject_id=str(report.pk))
    said = f"{item.title} {item.note} {item.stage}".lower()
    assert "uang" not in said
    assert "sdn" not in said
    assert item.reference == report.number


def test_an_item_of_a_secret_report_does_not_say_where(town: make.Town) -> None:
    report = make.send(category=VIOLENCE, where=make.NEAR_SCHOOL, photos=0).report
    assert WorkItem.objects.get(subject_id=str(report.pk)).note == ""


def test_an_inspector_of_repairs_looks_at_no_report_about_officers(town: make.Town) -> None:
    report = make.send(category=BRIBE, photos=0).report
    actions.answer(by=town.auditor, report=report, text="Kami periksa.")
    report = actions.resolve(
        by=town.auditor, report=report, text="Sudah ditindak.", proof=make.proof(town.auditor)
    )
    actions.judge(by=NOBODY, voice=make.filer(report), verdict=Verdict.DONE)
    assert not actions.draw_recheck(report=report, chance=lambda: 0.0)
    with pytest.raises(NotYourReport):
        actions.recheck(
            by=make.make_officer(office_code=make.INSPECTORATE, permissions=(access.RECHECK,)),
            report=report,
            is_done=True,
            note="",
        )


def test_a_repair_is_drawn_once(town: make.Town) -> None:
    report = make.resolved(town)
    actions.judge(by=NOBODY, voice=make.filer(report), verdict=Verdict.DONE)
    assert actions.draw_recheck(report=report, chance=lambda: 0.0)
    assert not actions.draw_recheck(report=report, chance=lambda: 0.0)


def test_how_far_one_of_a_sensitive_kind_is_tells_nobody_where(town: make.Town) -> None:
    make.send(category=NEGLECTED, where=make.AT_SCHOOL, photos=0)
    client = Client()
    client.post("/lapor/apa/", {"cerita": make.TEXT, "jenis": NEGLECTED})
    lat, lon = str(make.AT_SCHOOL.lat), str(make.AT_SCHOOL.lon)
    client.post("/lapor/di-mana/", {"titik_lat": lat, "titik_lon": lon, "desa": make.SAWENTAR})
    page = client.get("/lapor/sama/").content.decode()
    assert "Ya, saya ikut laporan itu" in page
    assert "m dari sini" not in page


def test_a_register_that_leaves_the_house_does_not_say_where_secrets_are(town: make.Town) -> None:
    report = make.send(category=VIOLENCE, where=make.NEAR_SCHOOL, photos=0).report
    assert not any("Sawentar" in str(cell) for cell in exports.cells(report, exports.Names()))


def test_a_slip_of_hers_is_told_from_all_others(town: make.Town, monkeypatch: pytest.MonkeyPatch) -> None:
    report = make.send().report
    pins = iter(["000001", "000001", "000001", "000002", "000002"])
    monkeypatch.setattr(numbers, "pin_of", lambda _voice_id: next(pins))
    for _time in range(2):
        actions.join(by=NOBODY, report=report, who=make.NOBODY_SAID)
    assert len(set(Voice.objects.filter(report=report).values_list("pin_hash", flat=True))) == 3
