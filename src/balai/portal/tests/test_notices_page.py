"""How a citizen chooses to be told."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.notify import actions as notify
from balai.notify import queries
from balai.notify.models import Address, Preference, Standing
from balai.people.tests.factories import make_citizen

pytestmark = pytest.mark.django_db
PAGE = "/saya/pemberitahuan/"
PHONE = Address("phone", "+6281234567801")


def test_page_is_closed_to_strangers(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/masuk/")


def test_page_is_linked_from_mine_and_shows_only_what_reaches_masked(sign_in) -> None:
    client = sign_in(make_citizen(contact="081234567801"))
    assert f'href="{PAGE}"' in client.get("/saya/").content.decode()
    html = client.get(PAGE).content.decode()
    assert "SMS ke 0812••••••01" in html
    assert "WhatsApp ke 0812••••••01" in html
    assert [text for text in ("E-mail ke", "081234567801", "+62812") if text in html] == []


def test_choice_is_kept_and_shown_again(sign_in) -> None:
    citizen = make_citizen(contact="081234567801")
    client = sign_in(citizen)
    answer = client.post(PAGE, {"language": "jv", "use_whatsapp": "on", "first": "whatsapp"}, follow=True)
    assert "Pawartos salajengipun manut pilihan panjenengan" in answer.content.decode()
    kept = Preference.objects.get()
    assert (kept.language, kept.channels, kept.stopped) == ("jv", ["whatsapp", "sms"], ["sms"])
    again = queries.choices(citizen.as_subject())
    assert [(each.code, each.is_wanted) for each in again.channels[:2]] == [
        ("whatsapp", True),
        ("sms", False),
    ]


def test_unknown_language_comes_back_with_a_sentence(sign_in) -> None:
    answer = sign_in(make_citizen()).post(PAGE, {"language": "su", "use_sms": "on", "first": "sms"})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()
    assert Preference.objects.count() == 0


def test_nothing_wanted_is_said_plainly(sign_in) -> None:
    answer = sign_in(make_citizen()).post(PAGE, {"language": "id", "first": "sms"}, follow=True)
    assert "Kami tidak mengirim pemberitahuan lagi" in answer.content.decode()


def test_ticking_a_way_again_takes_a_stop_back(sign_in) -> None:
    citizen = make_citizen(contact="081234567801")
    notify.stop(address=PHONE, channel="sms", about=citizen.as_subject())
    client = sign_in(citizen)
    assert [each.is_wanted for each in queries.choices(citizen.as_subject()).channels[:2]] == [False, True]
    client.post(PAGE, {"language": "id", "use_sms": "on", "use_whatsapp": "on", "first": "sms"})
    assert Standing.objects.count() == 0


def test_address_in_doubt_is_told_and_tried_again_on_her_word(sign_in) -> None:
    from balai.notify.actions.addresses import doubt  # noqa: PLC0415 - only this test doubts

    citizen = make_citizen(contact="081234567801")
    doubt(PHONE.hash, "sms", "sms.invalid_number")
    client = sign_in(citizen)
    assert "Pemberitahuan lewat SMS tidak sampai." in client.get(PAGE).content.decode()
    client.post(f"{PAGE}coba-lagi/")
    assert "tidak sampai" not in client.get(PAGE).content.decode()
