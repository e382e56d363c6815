"""What opens a key, what may sign, and that a key shows nothing of itself."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pytest_django.fixtures import Settings

from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca import certificates as making
from balai.documents.signing.errors import (
    CertificateEnded,
    CertificateNotYet,
    CertificateUnfit,
    PassphraseWrong,
    SignerUnknown,
)
from balai.documents.signing.keys import LARGEST_P12, algorithm_of, open_p12
from balai.documents.signing.registry import OpenedKey, Signer, SignerRefused, codes, register, signer_of
from balai.documents.signing.tests import samples
from balai.documents.signing.tests.samples import PASSPHRASE, letter, order

NAME = "Bambang Sutejo"


def packed(key: object, certificate: x509.Certificate | None) -> bytes:
    """A PKCS#12 file of whatever a test puts into it."""
    protection = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(None, key, certificate, None, protection)  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("wrong", ["", "frasa rahasia 8", "FRASA RAHASIA 7", "ﬀ"])
def test_a_wrong_passphrase_opens_nothing(wrong: str, signer: Signer) -> None:
    row = samples.officer_row()
    with pytest.raises(PassphraseWrong):
        signer.unlock(row, wrong)


def test_what_is_no_key_file_is_refused() -> None:
    whole = samples.p12()
    for content in (b"", b"%PDF-1.7", whole[:200], b"0" * (LARGEST_P12 + 1)):
        with pytest.raises(CertificateUnfit):
            open_p12(content, PASSPHRASE)


def test_only_a_signing_certificate_of_a_strong_key_signs() -> None:
    town = demo.authority()
    valid = (datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=1))
    at = making.Addresses("http://127.0.0.1/a.cer", "http://127.0.0.1/a.crl")
    name, good = demo.officer_name(NAME, ""), making.new_key()
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - must be refused
    unknown = ed25519.Ed25519PrivateKey.generate()
    short = ec.generate_private_key(ec.SECP224R1())

    def of(key: object) -> x509.Certificate:
        return making.issue(name, key.public_key(), town.intermediate, at, valid)  # type: ignore[attr-defined]  # any key

    unfit = [
        packed(town.intermediate.key, town.intermediate.certificate),
        packed(weak, of(weak)),
        packed(unknown, of(unknown)),
        packed(short, of(short)),
        packed(None, of(good)),
        packed(good, None),
    ]
    for content in unfit:
        with pytest.raises(CertificateUnfit):
            open_p12(content, PASSPHRASE)
    assert algorithm_of(open_p12(packed(good, of(good)), PASSPHRASE).certificate) == "ecdsa-p256"


def test_algorithms_are_named_by_their_strength() -> None:
    known = {
        "ecdsa-p256": making.new_key(),
        "ecdsa-p384": ec.generate_private_key(ec.SECP384R1()),
        "rsa-2048": samples.rsa_key(),
    }
    issued = {
        word: demo.issue_to(demo.officer_name(NAME, ""), key.public_key()) for word, key in known.items()
    }
    assert {word: algorithm_of(certificate) for word, certificate in issued.items()} == {
        word: word for word in known
    }


def test_an_ended_certificate_does_not_open(
    signer: Signer, frozen_clock: Callable[[datetime], object]
) -> None:
    row = samples.officer_row()
    frozen_clock(row.ends_at + timedelta(seconds=1))
    with pytest.raises(CertificateEnded) as ended:
        signer.unlock(row, PASSPHRASE)
    assert str(row.ends_at.year) in ended.value.sentence


def test_a_certificate_of_tomorrow_does_not_open(
    signer: Signer, frozen_clock: Callable[[datetime], object]
) -> None:
    row = samples.officer_row()
    frozen_clock(row.starts_at - timedelta(seconds=1))
    with pytest.raises(CertificateNotYet):
        signer.unlock(row, PASSPHRASE)


def test_a_closed_key_signs_nothing_and_may_be_closed_again(signer: Signer) -> None:
    opened = signer.unlock(samples.officer_row(), PASSPHRASE)
    opened.close()
    opened.close()
    with pytest.raises(SignerRefused) as refused:
        signer.sign(opened, letter(), order())
    assert refused.value.code == "key_closed"


def test_a_key_shows_nothing_and_leaves_no_process(opened: OpenedKey, signer: Signer) -> None:
    assert (repr(opened), str(opened), f"{opened}") == ("<LocalKey>",) * 3
    held = open_p12(samples.p12(), PASSPHRASE)
    assert "PrivateKey" not in repr(held)
    for secret in (opened, opened.signer, held):  # type: ignore[attr-defined]  # a LocalKey
        for leave in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError):
                leave(secret)
        with pytest.raises((TypeError, AttributeError)):
            vars(opened)


def test_nothing_of_passphrase_or_key_is_logged(signer: Signer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    row = samples.officer_row()
    mistyped = " ".join(("salah", "sama", "sekali"))  # a traceback quotes the line
    with pytest.raises(PassphraseWrong) as wrong:
        signer.unlock(row, mistyped)
    opened = signer.unlock(row, PASSPHRASE)
    signer.sign(opened, letter(), order(level="b-lta"))
    with pytest.raises(SignerRefused) as refused:
        signer.sign(opened, b"rusak", order())
    said = caplog.text + "".join(
        text for fault in (wrong, refused) for text in traceback.format_exception(fault.value)
    )
    assert mistyped not in said
    assert PASSPHRASE not in said
    assert "PRIVATE" not in said


def test_a_key_of_another_signer_is_refused(signer: Signer) -> None:
    with pytest.raises(SignerRefused) as refused:
        signer.sign(OpenedKey(), letter(), order())
    assert refused.value.code == "key_of_another_signer"


def test_production_knows_no_demo_signer_and_no_demo_authority(settings: Settings) -> None:
    everywhere = set(codes())
    settings.BALAI = settings.BALAI.model_copy(update={"mode": "production"})
    assert everywhere - set(codes()) == {"demo"}
    for ask in (lambda: signer_of("demo"), demo.authority, lambda: signer_of("bsre-of-tomorrow")):
        with pytest.raises(SignerUnknown):
            ask()


def test_a_code_belongs_to_one_class() -> None:
    with pytest.raises(ValueError, match="already registered"):
        register("local")(type("Other", (Signer,), {}))
