"""The door for gateways: signed, bounded, limited."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from balai.notify.models import Incoming
from balai.notify.tests.gateways import call_back, with_settings
from balai.notify.views import webhooks

pytestmark = pytest.mark.django_db
URL = "/webhooks/sms/"


def post(body: bytes, **headers: str):
    return Client(enforce_csrf_checks=True).post(URL, body, content_type="application/json", headers=headers)


def test_wrong_signature_takes_nothing_and_ends_in_too_many(gateways) -> None:
    body, headers = gateways.sms.signed(gateways.sms.reply("081234567801", "HALO", "i-1"))
    signature = headers["X-Signature-256"]
    bad = [{}, {"X-Signature-256": ""}, {"X-Signature-256": "sha256=" + "0" * 64}, {"X-Signature-256": "é"}]
    assert [post(body, **each).status_code for each in bad] == [403] * 4
    assert post(body + b" ", **{"X-Signature-256": signature}).status_code == 403
    assert Incoming.objects.count() == 0
    statuses = {post(b"{}").status_code for _ in range(webhooks.WRONG_SIGNATURES)}
    assert statuses == {403, 429}
    assert post(body, **{"X-Signature-256": signature}).json() == {"taken": 1}


def test_nothing_is_taken_without_a_key_of_ours(gateways, settings) -> None:
    settings.BALAI = with_settings(settings.BALAI, {"sms_webhook_secret": ""})
    assert call_back(gateways.sms, gateways.sms.reply("081234567801", "HALO", "i-1")).status_code == 403


def test_signed_nonsense_is_refused_and_large_bodies_are_not_read(gateways) -> None:
    assert call_back(gateways.sms, "text").status_code == 400
    assert call_back(gateways.whatsapp, {"object": "page"}).status_code == 400
    large = json.dumps({"x": "y" * webhooks.LARGEST_BODY}).encode()
    assert post(large).status_code == 413


def test_half_an_emoji_is_taken_like_any_other_text(gateways) -> None:
    payload = gateways.sms.reply("081234567801", "HALO \ud83d", "i-\udc00")
    assert call_back(gateways.sms, payload).json() == {"taken": 1}
    assert Incoming.objects.get().text.clear == "HALO ?"


def test_channels_that_this_town_does_not_use_have_no_door(gateways, settings) -> None:
    settings.NOTIFY_CHANNELS = ("sms",)
    paths = ["/webhooks/whatsapp/", "/webhooks/email/", "/webhooks/demo/"]
    assert [Client().post(path, {}).status_code for path in paths] == [404] * 3


def test_receipt_for_a_message_that_is_not_ours_changes_nothing(gateways) -> None:
    for reference in ("", "x", "01990000-0000-7000-8000-000000000001-1", "-" * 36 + "-1"):
        payload = {"status": "delivered", "reference": reference, "message_id": "nobody's"}
        assert call_back(gateways.sms, payload).json() == {"taken": 0}
