"""The draft of rewards and sanctions: by the rules in force, traceable to reports, on a paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from balai import government
from balai.engines.reports import actions
from balai.engines.reports.models import Outcome, Report
from balai.engines.reports.queries import definitions, merits
from balai.engines.reports.queries.league import Period
from balai.engines.reports.rules.categories import Term, Threshold
from balai.engines.reports.rules.merits import Verdict, verdict
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.desk import at_the_desk, read
from balai.engines.reports.tests.pages import plain
from balai.runtime import clock

MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)
NOVEMBER = Period(2026, 11)
PAGE = "/meja/laporan/penilaian/"
SOURCE = "Pernyataan publik wali kota"


def rule(what: str, amount: int, unit: str, **more: int) -> Threshold:
    """A rule of the town since the year before."""
    return Threshold.model_validate(
        {
            "what": what,
            "clock": "first_response",
            "term": {"amount": amount, "unit": unit},
            "basis": SOURCE,
            "valid_from": date(2025, 1, 1),
            **more,
        }
    )


@pytest.fixture
def ruled(town: make.Town, monkeypatch: pytest.MonkeyPatch) -> make.Town:
    """The town rewards ten minutes and sanctions more than a day; two promises are enough to be judged."""
    set_rules(
        monkeypatch,
        rule("reward", 10, "minutes", least=2, percent=50),
        rule("sanction", 1, "days", least=2, percent=50),
    )
    return town


def set_rules(monkeypatch: pytest.MonkeyPatch, *rules: Threshold) -> None:
    """Let these rules of the town be all that there are."""
    found = definitions.current()
    here = found.here.model_copy(update={"threshold": rules})
    clocks = found.clocks.model_copy(update={"threshold": ()})
    changed = replace(found, town=here, clocks=clocks)
    monkeypatch.setitem(definitions._current, government.current().folder, changed)


def answered(town: make.Town, moment, office: str, after: dict[str, int], words: str) -> Report:
    """A report that an office answers after so long."""
    by = town.roads if office == make.ROADS else town.other
    report = actions.assign(by=town.receiver, report=make.send(text=words).report, office_code=office)
    moment.move(**after)
    return actions.answer(by=by, report=report, text="Kami tinjau.")


@pytest.fixture
def november(ruled: make.Town, frozen_clock) -> make.Town:
    """Roads answer two of three in minutes; the other office needs days, twice."""
    today = clock.now()
    moment = frozen_clock(MONDAY)
    for number, (office, after) in enumerate(
        [
            (make.ROADS, {"minutes": 5}),
            (make.ROADS, {"minutes": 10}),
            (make.ROADS, {"hours": 3}),
            (make.OTHER, {"days": 2}),
            (make.OTHER, {"days": 3}),
        ]
    ):
        answered(ruled, moment, office, after, f"Jalan berlubang di gang nomor {number}")
    actions.renew_league(clock.now())
    moment.set(today)
    return ruled


def test_each_promise_is_judged_by_the_rule_in_force_when_it_is_kept(november: make.Town) -> None:
    found = Outcome.objects.filter(clock="first_response").order_by("pk")
    assert [each.merit for each in found] == ["reward", "reward", "", "sanction", "sanction"]


def test_offices_are_proposed_with_the_numbers_behind(november: make.Town) -> None:
    reward, sanction = merits.parts(NOVEMBER, {})
    said = [
        (line.office_code, line.number, line.n, line.verdict)
        for part in (reward, sanction)
        for line in part.proposed
    ]
    assert said == [
        (make.ROADS, 2, 3, Verdict.PROPOSED),
        (make.OTHER, 2, 2, Verdict.PROPOSED),
    ]
    assert len(merits.behind(NOVEMBER, make.ROADS, "first_response", "reward")) == 2
    assert len(merits.behind(NOVEMBER, make.ROADS, "first_response", "")) == 3


def test_page_says_rule_source_and_who_is_proposed(november: make.Town) -> None:
    client = at_the_desk(november.receiver)
    words = plain(read(client, f"{PAGE}?masa=2026-11"))
    assert "November 2026. Usulan untuk ditandatangani" in words
    assert f"Dasar: {SOURCE}" in words
    assert "Dinas dpupr Diusulkan 2 laporan 3 laporan" in words
    assert "Dinas diskominfo Diusulkan 2 laporan 2 laporan" in words


def test_every_number_opens_its_reports(november: make.Town) -> None:
    client = at_the_desk(november.receiver)
    words = read(client, f"{PAGE}laporan/?masa=2026-11&kantor=diskominfo&janji=first_response&nilai=sanction")
    numbers = Report.objects.filter(office_code=make.OTHER).values_list("number", flat=True)
    assert all(number in words for number in numbers)
    assert words.count("/meja/laporan/") > len(numbers)


def test_secret_report_behind_a_number_shows_no_title(november: make.Town) -> None:
    report = Report.objects.filter(office_code=make.OTHER).first()
    assert report is not None
    Report.objects.filter(pk=report.pk).update(visibility="secret", public_text="", is_listed=False)
    client = at_the_desk(november.receiver)
    words = read(client, f"{PAGE}laporan/?masa=2026-11&kantor=diskominfo&janji=first_response")
    assert report.title not in words
    assert "Laporan rahasia" in words


def test_paper_is_a_draft_without_number(november: make.Town) -> None:
    answer = at_the_desk(november.receiver).get(f"{PAGE}pdf/?masa=2026-11")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="rancangan-penilaian-2026-11.pdf"'


def test_csv_names_every_office(november: make.Town) -> None:
    answer = at_the_desk(november.receiver).get(f"{PAGE}csv/?masa=2026-11")
    lines = answer.content.decode().splitlines()
    assert [line.split(",")[1:5] for line in lines[1:]] == [
        ["dpupr", "Dinas dpupr", "3", "2"],
        ["diskominfo", "Dinas diskominfo", "2", "0"],
        ["diskominfo", "Dinas diskominfo", "2", "2"],
        ["dpupr", "Dinas dpupr", "3", "0"],
    ]


def test_only_who_draws_it_up_opens_it(town: make.Town) -> None:
    for path in ("", "csv/", "pdf/", "laporan/?janji=first_response"):
        assert at_the_desk(town.roads).get(f"{PAGE}{path}").status_code == 403


@pytest.mark.parametrize(
    "query", ["masa=2026", "masa=x", "masa=2026-11&janji=makan", "janji=completion&nilai=x"]
)
def test_strange_question_is_not_found(town: make.Town, query: str) -> None:
    path = "laporan/" if "janji" in query else ""
    assert at_the_desk(town.receiver).get(f"{PAGE}{path}?{query}").status_code == 404


def test_town_without_rules_says_so(town: make.Town, monkeypatch: pytest.MonkeyPatch) -> None:
    set_rules(monkeypatch)
    assert "Belum ada ketentuan" in read(at_the_desk(town.receiver), PAGE)


def test_time_in_another_bodys_hands_earns_no_sanction(ruled: make.Town, frozen_clock) -> None:
    moment = frozen_clock(MONDAY)
    report = actions.assign(by=ruled.receiver, report=make.send().report, office_code=make.ROADS)
    actions.forward_out(by=ruled.roads, report=report, body="province-roads")
    moment.move(days=9)
    report = actions.come_back(by=ruled.receiver, report=report, office_code=make.ROADS)
    moment.move(minutes=4)
    actions.answer(by=ruled.roads, report=report, text="Kami tinjau.")
    assert Outcome.objects.get(clock="first_response").merit == "reward"


@pytest.mark.parametrize(
    ("n", "number", "expected"),
    [
        (4, 4, Verdict.TOO_FEW),
        (10, 5, Verdict.PROPOSED),
        (10, 4, Verdict.NOT),
        (10, 0, Verdict.NOT),
    ],
)
def test_verdict_needs_enough_promises_and_enough_of_them(n: int, number: int, expected: Verdict) -> None:
    assert verdict(n=n, number=number, percent=50, least=5) is expected


def test_term_of_a_rule_is_a_duration() -> None:
    assert Term(amount=10, unit="minutes").duration.label() == "10 menit"
