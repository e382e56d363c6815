"""The holder's pages: her letters, and nobody else's; content only after an officer has seen her card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.documents.models import Letter, Share
from balai.documents.wallet import actions, rules
from balai.documents.wallet.errors import (
    ContentClosed,
    NoteRefused,
    NotShareable,
    SpanRefused,
    TooManyLinks,
)
from balai.documents.wallet.rules import Standing
from balai.documents.wallet.tests.factories import make_letter, signed_in
from balai.people.models import Citizen
from balai.people.tests.factories import BUDI_NIK, make_citizen, make_proven_citizen
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.errors import NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.fixture
def siti() -> Citizen:
    return make_proven_citizen()


@pytest.fixture
def newcomer() -> Citizen:
    return make_citizen(nik=BUDI_NIK, contact="081234567899")


def html_of(client: Client, url: str, *, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def address(letter: Letter) -> str:
    return f"/saya/surat/{letter.pk}/"


def revoked(holder: Citizen, code: str) -> Letter:
    return make_letter(holder, revoked_at=clock.now(), revocation_code=code, revoked_by_name="Bambang")


def test_every_standing_has_its_word(siti: Citizen) -> None:
    yesterday = local_today() - timedelta(days=1)
    letters = [
        make_letter(siti, state="requested"),
        make_letter(siti),
        make_letter(siti, valid_until_on=local_today()),
        make_letter(siti, valid_until_on=None),
        make_letter(siti, valid_until_on=yesterday),
        revoked(siti, "replaced"),
        revoked(siti, "content-wrong"),
    ]
    assert [rules.standing(each, local_today()) for each in letters] == [
        Standing.MAKING,
        *[Standing.VALID] * 3,
        Standing.EXPIRED,
        Standing.REPLACED,
        Standing.REVOKED,
    ]
    client = signed_in(siti)
    page = html_of(client, "/saya/surat/")
    assert [page.count(f">{label}<") for label in Standing.labels] == [1, 3, 1, 1, 1]
    assert [client.get(address(each)).status_code for each in letters] == [200] * 7


def test_empty_wallet_says_what_will_be_there(siti: Citizen) -> None:
    assert "Belum ada surat" in html_of(signed_in(siti), "/saya/surat/")


def test_letters_of_others_and_void_ones_are_not_there(siti: Citizen, newcomer: Citizen) -> None:
    hers = make_letter(newcomer, title="SURAT ORANG LAIN")
    void = make_letter(siti, state="void", title="SURAT BATAL")
    client = signed_in(siti)
    page = html_of(client, "/saya/surat/")
    assert [word in page for word in ("Surat orang lain", "Surat batal")] == [False, False]
    assert [client.get(address(each)).status_code for each in (hers, void)] == [404, 404]
    assert client.post(f"{address(hers)}bagikan/", {"days": "7"}).status_code == 404


def test_holder_of_a_revoked_letter_reads_why_and_what_to_do(siti: Citizen) -> None:
    page = html_of(signed_in(siti), address(revoked(siti, "content-wrong")))
    assert "Alasannya: Isi surat keliru." in page
    assert "ajukan yang baru" in page


def test_holder_downloads_and_shares_what_holds(siti: Citizen) -> None:
    page = html_of(signed_in(siti), address(make_letter(siti)))
    assert ("?simpan" in page, "Buat tautan" in page) == (True, True)


def test_unproven_holder_sees_that_it_is_there_and_nothing_of_it(newcomer: Citizen) -> None:
    letter = make_letter(newcomer)
    client = signed_in(newcomer)
    page = html_of(client, address(letter))
    assert letter.number is not None
    inside = ("?simpan", "Buat tautan", letter.number.text, "Bambang Sutejo")
    assert [word in page for word in inside] == [False] * 4
    assert "Isi surat belum terbuka." in page
    answer = client.post(f"{address(letter)}bagikan/", {"days": "7"})
    assert (answer.status_code, Share.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "wet", "level": ""},
        {"valid_until_on": None, "state": "requested"},
        {"revoked_at": clock.now(), "revocation_code": "content-wrong", "revoked_by_name": "x"},
    ],
    ids=["in ink", "in the making", "revoked"],
)
def test_only_a_certified_letter_that_holds_is_downloaded_and_shared(
    siti: Citizen, changes: dict[str, object]
) -> None:
    letter = make_letter(siti, **changes)
    page = html_of(signed_in(siti), address(letter))
    assert ("?simpan" in page, "Buat tautan" in page) == (False, False)
    with pytest.raises(NotShareable):
        actions.share(by=siti, letter=letter, days=7)


def test_link_is_shown_again_and_closed(siti: Citizen) -> None:
    letter, client = make_letter(siti), signed_in(siti)
    answer = client.post(f"{address(letter)}bagikan/", {"days": "30", "note": "BRI Unit Kanigoro"})
    assert answer["Location"] == f"{address(letter)}#tautan"
    share = Share.objects.get()
    assert share.expires_at - share.made_at == timedelta(days=30)
    page = html_of(client, address(letter))
    assert (f"/surat/{rules.token_of(share)}/" in page, "BRI Unit Kanigoro" in page) == (True, True)
    client.post(f"/saya/surat/tautan/{share.pk}/tutup/")
    assert rules.token_of(share) not in html_of(client, address(letter))


def test_link_is_kept_as_a_hash_alone(siti: Citizen) -> None:
    share = actions.share(by=siti, letter=make_letter(siti), days=1)
    token = rules.token_of(share)
    stored = [str(value) for value in Share.objects.values_list().get()]
    assert [token in value for value in stored] == [False] * len(stored)
    assert len(token) == 40


def test_nobody_closes_the_link_of_another(siti: Citizen, newcomer: Citizen) -> None:
    share = actions.share(by=siti, letter=make_letter(siti), days=1)
    assert signed_in(newcomer).post(f"/saya/surat/tautan/{share.pk}/tutup/").status_code == 404
    with pytest.raises(NotFound):
        actions.close_share(by=newcomer, share=share)


def test_what_is_wrong_with_a_link_is_said_and_kept(siti: Citizen, newcomer: Citizen) -> None:
    letter = make_letter(siti)
    answer = signed_in(siti).post(f"{address(letter)}bagikan/", {"days": "9", "note": "Koperasi Maju"})
    assert (answer.status_code, "Koperasi Maju" in answer.content.decode()) == (422, True)
    with pytest.raises(SpanRefused):
        actions.share(by=siti, letter=letter, days=9)
    with pytest.raises(NoteRefused):
        actions.share(by=siti, letter=letter, days=7, note="\x07")
    with pytest.raises(ContentClosed):
        actions.share(by=newcomer, letter=make_letter(newcomer), days=7)


def test_links_of_one_letter_have_a_bound(siti: Citizen) -> None:
    letter = make_letter(siti)
    for _ in range(rules.MOST_OPEN):
        actions.share(by=siti, letter=letter, days=1)
    with pytest.raises(TooManyLinks):
        actions.share(by=siti, letter=letter, days=1)


def test_list_costs_the_same_at_one_letter_and_at_four(siti: Citizen) -> None:
    client, counts = signed_in(siti), []
    for more in (1, 3):
        for _ in range(more):
            make_letter(siti)
        with CaptureQueriesContext(connection) as counted:
            client.get("/saya/surat/")
        counts.append(len(counted))
    assert counts[0] == counts[1]
