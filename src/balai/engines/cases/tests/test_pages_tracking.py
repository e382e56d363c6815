"""Following with a paper slip: number and PIN once, and no personal data."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from balai.engines.cases import actions
from balai.engines.cases.engine import CaseEngine
from balai.engines.cases.tests import factories as make
from balai.engines.cases.views import tracking
from balai.runtime import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def granted(client: Client, receipt: actions.Receipt) -> str:
    """The address behind the grant, opened in this browser."""
    url = CaseEngine().track(receipt.number, receipt.pin)
    assert url is not None
    return str(client.get(url)["Location"])


def test_grant_opens_the_page_and_leaves_neither_pin_nor_grant_in_the_address(town: make.Town) -> None:
    receipt, client = make.submit(town.siti), Client()
    url = granted(client, receipt)
    assert url == f"/lacak/{receipt.number}/"
    html = client.get(url).content.decode()
    assert "Sedang diperiksa petugas" in html
    assert receipt.pin not in CaseEngine().track(receipt.number, receipt.pin).replace(receipt.number, "")


def test_followed_page_names_no_person_and_no_answer(town: make.Town) -> None:
    receipt, client = make.submit(town.siti), Client()
    html = client.get(granted(client, receipt)).content.decode()
    secrets = ("Siti", make.ANSWERS["nik"], "081234567801", "Warung Bu Siti", "BRI Unit", "Dusun")
    assert [text for text in secrets if text in html] == []


def test_wrong_pin_and_wrong_number_give_no_grant(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    assert CaseEngine().track(receipt.number, "000000" if receipt.pin != "000000" else "1") is None
    assert CaseEngine().track("SKU-2026-0000-0000", receipt.pin) is None


def test_page_without_a_grant_asks_for_number_and_pin(town: make.Town) -> None:
    receipt = make.submit(town.siti)
    answer = Client().get(f"/lacak/{receipt.number}/")
    assert answer["Location"] == f"/lacak/?nomor={receipt.number}"
    assert Client().get("/lacak/a&pin=1/")["Location"] == "/lacak/?nomor=a%26pin%3D1"
    assert Client().get(f"/lacak/{receipt.number}/kabar/").status_code == 404


def test_grant_is_worth_nothing_after_five_minutes(town: make.Town, frozen_clock) -> None:
    receipt = make.submit(town.siti)
    url = tracking.grant_url(receipt.number)
    frozen_clock(clock.now() + timedelta(seconds=tracking.GRANT_SECONDS + 2))
    assert Client().get(url)["Location"] == f"/lacak/?nomor={receipt.number}"


def test_grant_of_another_number_or_a_forged_one_opens_nothing(town: make.Town) -> None:
    one, other = make.submit(town.siti), make.submit(town.siti)
    token = tracking.grant_url(other.number).partition("izin=")[2]
    for izin in (token, token[:-1] + "x", "", "a:b:c"):
        client = Client()
        assert client.get(f"/lacak/{one.number}/?izin={izin}")["Location"] == f"/lacak/?nomor={one.number}"
        assert client.get(f"/lacak/{one.number}/").status_code == 302


def test_one_browser_follows_several_numbers(town: make.Town) -> None:
    receipts, client = [make.submit(town.siti) for _ in range(3)], Client()
    urls = [granted(client, receipt) for receipt in receipts]
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]


def test_browser_forgets_the_oldest_beyond_twenty(town: make.Town) -> None:
    receipt, client = make.submit(town.siti), Client()
    url = granted(client, receipt)
    session = client.session
    session[tracking.FOLLOWED] = [receipt.number, *(f"x{n}" for n in range(19))]
    session.save()
    other = make.submit(receipt.case.applicant)
    granted(client, other)
    assert client.get(url).status_code == 302


def test_followed_news_is_polled_and_304_while_nothing_happens(town: make.Town) -> None:
    receipt, client = make.submit(town.siti), Client()
    url = granted(client, receipt)
    html = client.get(url).content.decode()
    assert f'data-controller="poll" data-url="{url}kabar/"' in html
    first = client.get(f"{url}kabar/")
    assert client.get(f"{url}kabar/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.return_for_repair(
        by=town.operator, case=make.judge(town.operator, receipt.case, make.PURPOSE_TARGET)
    )
    later = client.get(f"{url}kabar/", headers={"If-None-Match": first["ETag"]})
    assert "Untuk memperbaiki, masuk dengan NIK Anda" in later.content.decode()
