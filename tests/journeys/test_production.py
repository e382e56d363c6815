"""A town in earnest: PostgreSQL, https through a proxy, codes by e-mail, officers made by commands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import errands
from tests.journeys.citizen import RESIDENCE_LETTER, Citizen, newcomer
from tests.journeys.desk import Officer
from tests.journeys.front_door import MailServer, https_before
from tests.journeys.reporter import SAWENTAR, Reporter
from tests.journeys.town import Town, fresh_database
from tests.journeys.waiting import wait_until

pytestmark = pytest.mark.journey

HOST = "balai.blitarkab.test"
OFFICERS = {
    "operator.sawentar": ("Sri Wahyuni", "village-operator", SAWENTAR, "padi menguning di Kanigoro"),
    "kepala.sawentar": ("Bambang Sutejo", "village-head", SAWENTAR, "gong berbunyi tiga kali"),
    "penerima.blitar": ("Nining Rahayu", "report-receiver", "setda", "kereta sore lewat Garum"),
}
PERSON = replace(newcomer(50), contact="bagas@warga.test")


class EarnestTown(Town):
    """A production town: codes come by e-mail."""

    mail: MailServer

    def code_sent_to(self, contact: str) -> str:
        """The newest code in the mailbox."""

        def unread() -> str:
            for message in self.mail.messages:
                code = re.search(r"\b(\d{6}) adalah kode", message.get_content())
                if code and contact in message["To"] and code[1] not in self._read_codes:
                    return code[1]
            return ""

        code = wait_until(unread, f"a code for {contact}")
        self._read_codes.add(code)
        return code


@pytest.fixture(scope="module")
def earnest_town(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EarnestTown]:
    """The town behind its front door; `url` is what citizens type."""
    folder, mail = tmp_path_factory.mktemp("earnest"), MailServer()
    with ExitStack() as stack:
        settings = {
            "BALAI_MODE": "production",
            "BALAI_SMTP_URL": stack.enter_context(mail.running()),
            "BALAI_MAIL_FROM": f"balai@{HOST}",
            "BALAI_TRUSTED_PROXIES": "1",
        }
        database = stack.enter_context(fresh_database(postgres_server, f"earnest_{os.getpid()}"))
        town = EarnestTown(folder, database_url=database, settings=settings)
        town.mail = mail
        outer_port = stack.enter_context(https_before(town.port, HOST, folder))
        town.url = f"https://{HOST}:{outer_port}"
        town.environment["BALAI_PUBLIC_URL"] = town.url
        yield stack.enter_context(town.running())


def test_letter_in_production_mode(earnest_town: EarnestTown, chromium: Browser, photo: Path) -> None:
    town = earnest_town
    tables = ("people_person", "people_officer", "cases_case")
    assert [town.rows(f"SELECT count(*) FROM {table}") for table in tables] == [[(0,)]] * 3  # noqa: S608 - names of our own
    for login_name, (name, role, office, password) in OFFICERS.items():
        town.manage("officer_create", login_name, name, "--password-stdin", given=f"{password}\n")
        town.manage("officer_assign", login_name, role, office)

    with ExitStack() as stack:
        outside = {"ignore_https_errors": True}
        citizen = stack.enter_context(Citizen.of(chromium, town, **outside))
        assert [citizen.page.goto(town.url + path).status for path in ("/demo/pesan/", "/demo/petugas/")] == [
            404
        ] * 2
        citizen.start(PERSON, RESIDENCE_LETTER)
        citizen.fill_all(PERSON, photo)
        number, pin = citizen.send()
        assert {each["secure"] for each in citizen.context.cookies()} == {True}

        operator = stack.enter_context(Officer.of(chromium, town, **outside))
        head = stack.enter_context(Officer.of(chromium, town, **outside))
        operator.enrol("operator.sawentar", OFFICERS["operator.sawentar"][-1])
        head.enrol("kepala.sawentar", OFFICERS["kepala.sawentar"][-1])
        errands.check(operator, number, RESIDENCE_LETTER.photo)
        errands.approve(head, number)
        letter_number = errands.shelve(operator, number, "A-1")
        assert letter_number

        operator.follow("Cocokkan di loket")
        operator.main.get_by_label("Saya melihat orangnya").check()
        operator.press("Terbukti")
        operator.hand_over()
        operator.is_told("diserahkan")

        stranger = stack.enter_context(Citizen.of(chromium, town, **outside))
        stranger.track(number, pin)
        assert stranger.history()[-1] == "Surat sudah diserahkan."

        reporter = stack.enter_context(Reporter.of(chromium, town, **outside))
        reporter.tell("Jalan berlubang di tikungan sawah, motor sering jatuh di situ", "Jalan rusak")
        reporter.show_where("tikungan sawah", SAWENTAR)
        report_number, _pin = reporter.send_report(photo, "sari@warga.test")
        reception = stack.enter_context(Officer.of(chromium, town, **outside))
        reception.enrol("penerima.blitar", OFFICERS["penerima.blitar"][-1])
        reception.open_report(report_number, "Jalan berlubang di tikungan sawah")
        reception.write(
            "Jawab sendiri", "Jawaban", "Kami tinjau besok pagi.", send="Ambil alih dan kirim jawaban"
        )
        reception.sees("Sedang ditangani")

    answered = f"{town.url}/lapor/{report_number}/"
    mails = town.mail.messages
    wait_until(
        lambda: any("sari@warga.test" in each["To"] and answered in each.get_content() for each in mails),
        "mail of the answer",
    )
    told = f"Berkas {number} siap diambil"
    wait_until(lambda: told in [each["Subject"] for each in town.mail.messages], f"mail: {told}")
