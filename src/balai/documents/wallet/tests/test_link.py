"""What a link opens to whoever has it, and what it says when it opens nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from balai.audit import queries as audit
from balai.documents.models import Letter, Share
from balai.documents.wallet import actions, public, rules
from balai.documents.wallet.tests.factories import PDF, make_letter
from balai.people.models import Citizen
from balai.people.tests.factories import make_proven_citizen
from balai.runtime import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.fixture
def siti() -> Citizen:
    return make_proven_citizen()


def shared(siti: Citizen, **changes: Any) -> tuple[Share, str]:
    share = actions.share(by=siti, letter=make_letter(siti, **changes), days=7)
    return share, f"/surat/{rules.token_of(share)}/"


def sentence(url: str) -> tuple[int, str]:
    answer = Client().get(url)
    page = answer.content.decode()
    found = next((each for each in SENTENCES if each in page), "")
    return answer.status_code, found


SENTENCES = ("tidak kami kenal", "lewat waktunya", "sudah ditutup", "sudah dicabut", "sudah diganti")


def test_stranger_reads_the_facts_and_takes_the_file(siti: Citizen) -> None:
    share, url = shared(siti)
    page = Client().get(url).content.decode()
    number = share.letter.number
    assert number is not None
    shown = (number.text, "Siti Aminah", "Bambang Sutejo", share.letter.verification_code)
    assert [word in page for word in shown] == [True] * 4
    file = Client().get(f"{url}unduh/")
    assert b"".join(file.streaming_content) == PDF
    assert file["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("rest", ["", "unduh/"])
def test_neither_page_nor_file_is_found_by_search_engines_or_told_to_other_sites(
    siti: Citizen, rest: str
) -> None:
    _, url = shared(siti)
    for address in (f"{url}{rest}", f"/surat/{'0' * 40}/{rest}"):
        answer = Client().get(address)
        headers = [answer[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")]
        assert headers == ["noindex, nofollow, noarchive", "no-referrer", "private, no-store"]


def test_opening_is_counted_and_told_to_the_holder(siti: Citizen) -> None:
    share, url = shared(siti)
    Client().get(url)
    Client().get(f"{url}unduh/")
    share.refresh_from_db()
    assert (share.times_opened, share.last_opened_at is None) == (2, False)
    readings = list(audit.readings_about([siti.as_subject()]))
    assert [each.by_name for each in readings].count("Pembuka tautan") == 2


def test_each_end_of_a_link_has_its_own_sentence(
    siti: Citizen, frozen_clock: Callable[[datetime], Any]
) -> None:
    standing = frozen_clock(datetime(2026, 11, 21, 2, tzinfo=UTC))
    closed, closed_url = shared(siti)
    actions.close_share(by=siti, share=closed)
    revoked, revoked_url = shared(siti)
    replaced, replaced_url = shared(siti)
    _revoke(revoked.letter, "content-wrong")
    _revoke(replaced.letter, "replaced")
    _, url = shared(siti)
    assert sentence(url)[0] == 200
    assert [sentence(each) for each in (f"/surat/{'f' * 40}/", closed_url, revoked_url, replaced_url)] == [
        (404, "tidak kami kenal"),
        (410, "sudah ditutup"),
        (410, "sudah dicabut"),
        (410, "sudah diganti"),
    ]
    standing.move(days=7)
    assert sentence(url) == (410, "lewat waktunya")
    assert sentence(f"{url}unduh/") == (410, "lewat waktunya")


def test_a_closed_link_says_who_closed_it_and_nothing_of_later(siti: Citizen) -> None:
    closed, url = shared(siti)
    actions.close_share(by=siti, share=closed)
    page = Client().get(url).content.decode()
    heading = page[page.index("<h1") : page.index("</h1>")]
    assert ("Sudah tidak terbuka lagi" in heading, "belum" in heading) == (True, False)
    assert "Tautan ini sudah ditutup oleh pemilik surat." in page


def _revoke(letter: Letter, code: str) -> None:
    letter.revoked_at, letter.revocation_code, letter.revoked_by_name = clock.now(), code, "Bambang"
    letter.save()


def test_letter_past_its_validity_is_shown_with_a_word_about_it(
    siti: Citizen, frozen_clock: Callable[[datetime], Any]
) -> None:
    standing = frozen_clock(datetime(2026, 11, 21, 2, tzinfo=UTC))
    _, url = shared(siti, valid_until_on=date(2026, 11, 22))
    assert "sudah lewat" not in Client().get(url).content.decode()
    standing.move(days=2)
    assert "Masa berlaku surat ini sudah lewat." in Client().get(url).content.decode()


def test_opening_one_link_again_and_again_is_limited(siti: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "OPENED_PER_LINK", 2)
    _, url = shared(siti)
    assert [Client().get(url).status_code for _ in range(3)] == [200, 200, 429]


def test_trying_addresses_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "OPENED_PER_ADDRESS", 2)
    assert [Client().get(f"/surat/{each}/").status_code for each in ("a", "b", "c")] == [404, 404, 429]


def test_letter_link_lives_as_long_as_was_chosen(siti: Citizen) -> None:
    letter = make_letter(siti)
    made = [actions.share(by=siti, letter=letter, days=days) for days in rules.SPANS]
    assert [each.expires_at - each.made_at for each in made] == [timedelta(days=days) for days in (1, 7, 30)]
