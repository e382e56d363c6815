"""SMS through the simulator of the plain gateway, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from balai.notify import channels
from balai.notify.channels import Outgoing, PermanentFailure, Receipt, Received, TemporaryFailure
from balai.notify.channels.simulating import Fault, serving
from balai.notify.channels.sms import contract
from balai.notify.channels.sms.contract import ContractRefused, filled, read_contract
from balai.notify.models import Attempt
from balai.notify.tests.gateways import PHONE, call_back, fresh, tell, ways, with_settings
from balai.runtime import clock
from balai.runtime.jobs import run_due

TO = PHONE.value


def outgoing(reference: str = "r-1") -> Outgoing:
    return Outgoing(
        id=Attempt().pk,
        kind="phone",
        address=TO,
        recipient_name="Siti Aminah",
        subject="Berkas",
        text="Yang panjang.",
        created_at=clock.now(),
        reference=reference,
        short="Yang pendek.",
    )


def deliver(reference: str = "r-1") -> str:
    return channels.channel("sms").deliver(outgoing(reference))


@pytest.mark.django_db
def test_gateway_gets_the_short_text_without_a_name(gateways) -> None:
    remote_id = deliver()
    (taken,) = gateways.sms.taken
    assert (taken.id, taken.to, taken.text, taken.reference) == (remote_id, TO, "Yang pendek.", "r-1")
    assert "Siti" not in repr(taken.body)


@pytest.mark.django_db
def test_same_reference_is_sent_once(gateways) -> None:
    assert deliver("r-1") == deliver("r-1") != deliver("r-2")
    assert len(gateways.sms.taken) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "kind", "code", "is_doubtful"),
    [
        ("429", TemporaryFailure, "sms.status_429", False),
        ("500", TemporaryFailure, "sms.status_500", False),
        ("garbage", TemporaryFailure, "sms.unreadable", False),
        ("slow", TemporaryFailure, "sms.too_slow", False),
        ("wrong_number", PermanentFailure, "sms.invalid_number", True),
    ],
)
def test_fault_means_what_it_should(gateways, impatient, mode, kind, code, is_doubtful) -> None:
    gateways.sms.fault = Fault(mode)
    with pytest.raises(kind) as failed:
        deliver()
    assert (failed.value.code, failed.value.is_doubtful) == (code, is_doubtful)
    gateways.sms.fault.released.set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "remote_id", "kind", "said", "is_doubtful"),
    [
        ("unknown_subscriber", "", PermanentFailure, "sms.unknown_subscriber", True),
        ("text_refused", "sms-9", PermanentFailure, "sms.text_refused", False),
        ("busy_today", "", TemporaryFailure, "sms.unreadable", False),
    ],
)
def test_refusal_inside_an_answer_of_200_is_final_where_the_contract_knows_its_code(
    settings, code, remote_id, kind, said, is_doubtful
) -> None:
    with refusing_with_200({"error": {"code": code}, "message_id": remote_id}) as address:
        settings.BALAI = with_settings(settings.BALAI, {"sms_url": address, "sms_secret": "simulator-x"})
        with pytest.raises(kind) as failed:
            deliver()
    assert (failed.value.code, failed.value.is_doubtful) == (said, is_doubtful)


@contextmanager
def refusing_with_200(body: dict[str, object]) -> Iterator[str]:
    """A gateway that answers every request with 200 and this body."""

    def application(wsgi: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        wsgi["wsgi.input"].read(int(wsgi.get("CONTENT_LENGTH") or 0))
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]

    with serving(application) as address:
        yield address


@pytest.mark.django_db
def test_gateway_that_is_away_or_knows_us_not_is_tried_again(gateways, settings) -> None:
    settings.BALAI = with_settings(settings.BALAI, {"sms_secret": "another"})
    with pytest.raises(TemporaryFailure, match=r"sms\.status_401"):
        deliver()
    settings.BALAI = with_settings(settings.BALAI, {"sms_url": "http://127.0.0.1:1"})
    with pytest.raises(TemporaryFailure, match=r"sms\.unreachable"):
        deliver()


@pytest.mark.django_db
def test_lost_answer_and_a_retry_are_one_sms(gateways, siti, impatient, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    message = tell()
    gateways.sms.fault = Fault("slow", times=1)
    run_due()
    gateways.sms.fault.released.set()
    moving.move(minutes=1)
    run_due()
    assert fresh(message).state == "sent"
    assert len(gateways.sms.taken) == 1


@pytest.mark.django_db
def test_signed_receipt_marks_the_message_delivered(gateways, siti, run_jobs) -> None:
    message = tell()
    run_jobs()
    (taken,) = gateways.sms.taken
    for _twice in range(2):
        answer = call_back(gateways.sms, gateways.sms.receipt(taken, "delivered", ""))
        assert answer.json() == {"taken": 1}
    assert fresh(message).delivered_at is not None
    assert ways(message) == [("sms", "delivered", "")]


@pytest.mark.django_db
def test_receipt_without_our_reference_is_found_by_the_gateways_id(gateways, siti, run_jobs) -> None:
    message = tell()
    run_jobs()
    payload = {**gateways.sms.receipt(gateways.sms.taken[0], "delivered", ""), "reference": ""}
    assert call_back(gateways.sms, payload).json() == {"taken": 1}
    assert fresh(message).delivered_at is not None


def test_events_of_other_shapes_are_left_out(gateways) -> None:
    channel = channels.channel("sms")
    assert channel.events([{"status": "queued"}, {"text": "x", "from": "+62"}, {}]) == []
    assert channel.events({"text": "HALO", "from": "0812", "incoming_id": "i"}) == [
        Received("i", "0812", "HALO")
    ]
    assert channel.events({"status": "expired", "message_id": "m", "fault": "Siti said no"}) == [
        Receipt("failed", "", "m", "sms.undelivered")
    ]
    with pytest.raises(ValueError, match="object"):
        channel.events("text")


def test_contract_of_another_gateway_is_a_file(tmp_path: Path) -> None:
    text = (contract.CONTRACTS / "plain.toml").read_text()
    other = tmp_path / "lain.toml"
    other.write_text(text.replace('to = "{to}"', 'msisdn = "{to_digits}"').replace('"json"', '"form"'))
    read = read_contract(str(other))
    assert (read.send.format, read.send.body["msisdn"]) == ("form", "{to_digits}")
    assert filled("{to_digits}", {"to_digits": "62812"}) == "62812"


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ('"{to}"', '"{nik}"', "send.body: Value error, unknown places ['nik']"),
        ("per_minute", "per_hour", "per_hour: Extra inputs"),
        ("[send]", "[send", "is not TOML"),
    ],
)
def test_contract_that_makes_no_sense_is_told(tmp_path: Path, was, becomes, sentence) -> None:
    text = (contract.CONTRACTS / "plain.toml").read_text()
    (tmp_path / "x.toml").write_text(text.replace(was, becomes))
    with pytest.raises(ContractRefused) as refused:
        read_contract(str(tmp_path / "x.toml"))
    assert sentence in str(refused.value)
    with pytest.raises(ContractRefused, match="cannot be read"):
        read_contract("nowhere")
