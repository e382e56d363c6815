"""The demo authority: made once, lists that are renewed before they end, time stamps over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import tsp
from cryptography import x509
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca import revocation, stamping
from balai.documents.signing.registry import OpenedKey, Signer, SignerBusy
from balai.documents.signing.tasks import renew_revocation_lists
from balai.documents.signing.tests.samples import ades_outcome, letter, order
from balai.runtime import outgoing

QUERY = "application/timestamp-query"


@pytest.fixture
def own_folder(tmp_path: Path, settings: Settings) -> Path:
    """A town without an authority yet."""
    settings.BALAI = settings.BALAI.model_copy(update={"keys_dir": tmp_path / "keys"})
    return tmp_path / "keys" / "demo-ca"


def listed(issuer: str) -> x509.CertificateRevocationList:
    """The list as it is served now."""
    return x509.load_der_x509_crl(revocation.revocation_list(issuer))


def test_of_many_that_start_at_once_one_makes_the_authority(own_folder: Path) -> None:
    made: list[bytes] = []
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        made.append(demo.authority().root.certificate.tbs_certificate_bytes)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert sorted(path.name for path in own_folder.parent.iterdir()) == ["demo-ca"]
    assert {(own_folder / f"{name}.key").stat().st_mode & 0o777 for name in ("root", "tsa")} == {0o600}


def test_a_list_is_renewed_before_it_ends_and_numbered_upwards(
    own_folder: Path, frozen_clock: Callable[[datetime], Any]
) -> None:
    clock = frozen_clock(datetime(2026, 11, 2, tzinfo=UTC))
    first = listed("intermediate")
    assert first.next_update_utc == clock.at + revocation.LASTS
    clock.move(days=3)
    renew_revocation_lists()
    assert listed("intermediate") == first
    clock.move(days=1, seconds=1)
    renew_revocation_lists()
    second = listed("intermediate")
    assert second.last_update_utc == clock.at
    numbers = [
        each.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for each in (first, second)
    ]
    assert numbers == sorted(set(numbers))
    clock.move(days=8)
    assert listed("root").last_update_utc == clock.at, "who finds it ended renews it"


def test_a_revoked_certificate_stays_on_every_later_list(
    own_folder: Path, frozen_clock: Callable[[datetime], Any]
) -> None:
    clock = frozen_clock(datetime(2026, 11, 2, tzinfo=UTC))
    certificate = demo.issue_to(demo.officer_name("Edi", ""), demo.authority().root.key.public_key())
    revocation.revoke(certificate.serial_number, reason="key_compromise")
    clock.move(days=30)
    revocation.revoke(certificate.serial_number, reason="superseded")
    entry = listed("intermediate").get_revoked_certificate_by_serial_number(certificate.serial_number)
    assert entry is not None
    assert entry.revocation_date_utc == datetime(2026, 11, 2, tzinfo=UTC)
    assert (
        entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
        == x509.ReasonFlags.key_compromise
    )
    assert len(listed("root")) == 0


def test_certificates_and_lists_are_fetched_over_http(client: Client) -> None:
    served = client.get("/demo/ca/intermediate.cer")
    assert served["Content-Type"] == "application/pkix-cert"
    certificate = x509.load_der_x509_certificate(served.content)
    assert certificate == demo.authority().intermediate.certificate
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    address = points[0].full_name[0].value
    got = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert got["Content-Type"] == "application/pkix-crl"
    root = demo.authority().root.certificate.public_key()
    assert x509.load_der_x509_crl(got.content).is_signature_valid(root)  # type: ignore[arg-type]  # a P-256 key
    assert client.get("/demo/ca/tsa.key").status_code == 404


def test_what_is_no_stamp_request_is_refused_in_the_protocol(client: Client) -> None:
    def refusal(body: bytes) -> set[str]:
        answer = client.post("/demo/ca/tsa", body, content_type=QUERY)
        assert answer["Content-Type"] == "application/timestamp-reply"
        status = stamping.Refusal.load(answer.content, strict=True)["status"]
        assert status["status"].native == "rejection"
        return set(status["fail_info"].native)

    def query(algorithm: str, digest: bytes, **more: object) -> bytes:
        imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}
        return bytes(tsp.TimeStampReq({"version": 1, "message_imprint": imprint, **more}).dump())

    good = query("sha256", bytes(32))
    assert refusal(b"hello") == {"bad_data_format"}
    assert refusal(good + b"x") == {"bad_data_format"}
    assert refusal(query("sha1", bytes(20))) == {"bad_alg"}
    assert refusal(query("sha256", bytes(20))) == {"bad_alg"}
    assert refusal(query("sha256", bytes(32), req_policy="1.2.3")) == {"unaccepted_policy"}
    assert client.post("/demo/ca/tsa", good, content_type="text/plain").status_code == 415
    assert client.get("/demo/ca/tsa").status_code == 405
    granted = tsp.TimeStampResp.load(stamping.answer(query("sha512", bytes(64))))
    assert granted["status"]["status"].native == "granted"


@pytest.fixture
def _hung_up() -> Iterator[None]:
    """No connection to a server of the test outlives it."""
    yield
    outgoing._pool().clear()


def test_a_stamp_of_another_address_comes_over_http(
    signer: Signer, opened: OpenedKey, _hung_up: None, live_server: LiveServer, settings: Settings
) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"tsa_url": f"{live_server.url}/demo/ca/tsa"})
    signed = signer.sign(opened, letter(), order(level="b-lta"))
    assert ades_outcome(signed, "b-lta") == "OK"
    settings.BALAI = settings.BALAI.model_copy(update={"tsa_url": f"{live_server.url}/demo/ca/root.cer"})
    with pytest.raises(SignerBusy) as busy:
        signer.sign(opened, letter(), order(level="b-t"))
    assert busy.value.code == "timestamper_refused"
    settings.BALAI = settings.BALAI.model_copy(update={"tsa_url": "http://127.0.0.1:9/"})
    with pytest.raises(SignerBusy) as busy:
        signer.sign(opened, letter(), order(level="b-t"))
    assert busy.value.code == "timestamper_unreachable"
