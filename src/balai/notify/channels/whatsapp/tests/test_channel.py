"""WhatsApp through the simulator of the Cloud API, over real HTTP."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from balai.notify import channels
from balai.notify.channels import Outgoing, PermanentFailure, Receipt, TemporaryFailure
from balai.notify.channels.simulating import Fault
from balai.notify.channels.whatsapp.channel import request_body
from balai.notify.channels.whatsapp.simulator import VERIFY_TOKEN
from balai.notify.models import Attempt
from balai.notify.tests.gateways import PHONE, call_back, fresh, tell, ways, with_settings
from balai.runtime import clock

PAYLOADS = Path(__file__).parent / "payloads"
NOTICE = Outgoing(
    id=Attempt().pk,
    kind="phone",
    address=PHONE.value,
    recipient_name="Siti Aminah",
    subject="Berkas",
    text="Yang panjang.",
    created_at=clock.now(),
    reference="r-1",
    category="notice",
    template="ready",
    parameters={"number": "SKU-1", "link": "https://b/1"},
)


def deliver(outgoing: Outgoing = NOTICE) -> str:
    return channels.channel("whatsapp").deliver(outgoing)


def test_notice_goes_as_template_with_named_parameters() -> None:
    body = request_body(replace(NOTICE, language="jv"))
    assert (body["to"], body["type"], body["biz_opaque_callback_data"]) == (
        "6281234567801",
        "template",
        "r-1",
    )
    assert body["template"] == {
        "name": "balai_ready",
        "language": {"code": "id"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": "link", "text": "https://b/1"},
                    {"type": "text", "parameter_name": "number", "text": "SKU-1"},
                ],
            }
        ],
    }


def test_code_goes_as_authentication_template() -> None:
    body = request_body(replace(NOTICE, template="code", parameters={"code": "123456"}))
    text = [{"type": "text", "text": "123456"}]
    assert body["template"]["components"] == [
        {"type": "body", "parameters": text},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": text},
    ]


def test_message_without_template_is_not_taken_unless_it_is_an_answer() -> None:
    channel = channels.channel("whatsapp")
    bare = replace(NOTICE, template="")
    assert [channel.takes(each) for each in (NOTICE, bare, replace(bare, category="reply"))] == [
        True,
        False,
        True,
    ]


@pytest.mark.django_db
def test_platform_takes_a_template_it_knows(gateways) -> None:
    assert deliver().startswith("wamid.")
    assert gateways.whatsapp.taken[0].text == "balai_ready | https://b/1 | SKU-1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outgoing", "code"),
    [
        (replace(NOTICE, template="", category="reply"), "whatsapp.131047"),
        (replace(NOTICE, template="", category="reply", text="halo"), "whatsapp.131047"),
    ],
)
def test_free_text_without_a_message_before_is_refused(gateways, outgoing, code) -> None:
    with pytest.raises(PermanentFailure, match=code):
        deliver(outgoing)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "kind", "code", "is_doubtful"),
    [
        ("429", TemporaryFailure, "whatsapp.130429", False),
        ("500", TemporaryFailure, "whatsapp.131000", False),
        ("garbage", TemporaryFailure, "whatsapp.unreadable", False),
        ("slow", TemporaryFailure, "whatsapp.too_slow", False),
        ("wrong_number", PermanentFailure, "whatsapp.131026", True),
    ],
)
def test_fault_means_what_it_should(gateways, impatient, mode, kind, code, is_doubtful) -> None:
    gateways.whatsapp.fault = Fault(mode)
    with pytest.raises(kind) as failed:
        deliver()
    assert (failed.value.code, failed.value.is_doubtful) == (code, is_doubtful)
    gateways.whatsapp.fault.released.set()


@pytest.mark.django_db
def test_wrong_token_is_ours_to_mend(gateways, settings) -> None:
    settings.BALAI = with_settings(settings.BALAI, {"whatsapp_token": "another"})
    with pytest.raises(TemporaryFailure, match=r"whatsapp\.190"):
        deliver()


def test_statuses_are_read_as_published(gateways) -> None:
    payload = json.loads((PAYLOADS / "failed.json").read_text())
    assert channels.channel("whatsapp").events(payload) == [
        Receipt("failed", "r-1", "wamid.A", "whatsapp.131026", is_doubtful=True),
        Receipt("accepted", "", "wamid.B"),
        Receipt("delivered", "", "wamid.C"),
    ]


def test_changes_of_another_number_or_shape_are_left_out(gateways, settings) -> None:
    channel = channels.channel("whatsapp")
    payload = json.loads((PAYLOADS / "failed.json").read_text())
    assert channel.events({"object": "whatsapp_business_account", "entry": [1, {"changes": None}]}) == []
    settings.BALAI = with_settings(settings.BALAI, {"whatsapp_phone_id": "another"})
    assert channel.events(payload) == []
    with pytest.raises(ValueError, match="Business"):
        channel.events({"object": "page"})


@pytest.mark.django_db
def test_number_without_whatsapp_falls_back_and_is_remembered(gateways, siti, settings, run_jobs) -> None:
    settings.NOTIFY_CHANNELS = ("whatsapp", "sms")
    message = tell()
    run_jobs()
    (taken,) = gateways.whatsapp.taken
    call_back(gateways.whatsapp, gateways.whatsapp.receipt(taken, "failed", "131026"))
    assert fresh(message).state == "queued"
    run_jobs()
    assert ways(message) == [("whatsapp", "failed", "whatsapp.131026"), ("sms", "accepted", "")]
    second = tell("k2")
    run_jobs()
    assert ways(second) == [("sms", "accepted", "")]


@pytest.mark.django_db
def test_address_of_the_webhook_is_checked_by_the_word_we_share(gateways) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "4711"}
    assert Client().get("/webhooks/whatsapp/", asked).content == b"4711"
    assert Client().get("/webhooks/whatsapp/", {**asked, "hub.verify_token": "guess"}).status_code == 403
