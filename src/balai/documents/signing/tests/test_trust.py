"""Whom a town believes: its folder, the demo authority, and who stamps the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from balai.documents.signing import trust
from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca import revocation
from balai.documents.signing.demo_ca.certificates import Addresses, demo_name, make_intermediate, make_root
from balai.documents.signing.errors import TrustBroken
from balai.documents.signing.keys import open_p12
from balai.documents.signing.registry import OpenedKey, Signer, SignerRefused, signer_of
from balai.documents.signing.tests import samples
from balai.documents.signing.tests.samples import PASSPHRASE, letter, order


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The operator's folder, still empty, of a town in production."""
    settings.BALAI = settings.BALAI.model_copy(
        update={"mode": "production", "trust_dir": tmp_path / "trust", "tsa_url": ""}
    )
    (tmp_path / "trust").mkdir()
    return tmp_path / "trust"


def test_production_believes_what_lies_in_its_folder_alone(folder: Path) -> None:
    assert (trust.anchors(), trust.intermediates(), trust.crls(), trust.timestamper()) == ((), (), (), None)
    now = datetime.now(UTC)
    root = make_root(demo_name("Akar", "Lain"), now)
    below = make_intermediate(demo_name("Penerbit", "Lain"), root, Addresses("http://a/", "http://b/"), now)
    (folder / "bundle.pem").write_bytes(
        b"".join(each.certificate.public_bytes(Encoding.PEM) for each in (root, below))
    )
    (folder / "notes.txt").write_text("not a certificate")
    assert [each.subject.native["common_name"] for each in trust.anchors()] == ["Akar (UJI COBA)"]
    assert [each.subject.native["common_name"] for each in trust.intermediates()] == ["Penerbit (UJI COBA)"]
    (folder / "bundle.pem").unlink()
    (folder / "root.cer").write_bytes(root.certificate.public_bytes(Encoding.DER))
    assert (len(trust.anchors()), len(trust.intermediates())) == (1, 0)


def test_a_file_that_is_no_certificate_is_named(folder: Path) -> None:
    (folder / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    with pytest.raises(trust.TrustUnreadable, match=r"broken\.pem"):
        trust.anchors()
    with pytest.raises(CommandError, match=r"broken\.pem"):
        call_command("trust_list", stdout=StringIO())


def test_folder_that_is_not_readable_is_told_to_who_wants_to_sign(settings: Settings, tmp_path: Path) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"trust_dir": tmp_path})
    (tmp_path / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    with pytest.raises(TrustBroken) as told:
        signer_of("demo").unlock(samples.officer_row(), PASSPHRASE)
    assert "broken.pem" not in told.value.sentence


def test_a_demo_town_believes_its_own_authority_and_its_folder(settings: Settings, tmp_path: Path) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"trust_dir": tmp_path})
    (tmp_path / "list.crl").write_bytes(revocation.revocation_list("root"))
    assert len(trust.anchors()) == 1
    assert len(trust.crls()) == 3
    told = StringIO()
    call_command("trust_list", stdout=told)
    assert "root: Common Name: Akar Balai (UJI COBA)" in told.getvalue()
    assert "level: b-b" in told.getvalue()


def test_nobody_stamps_where_nobody_is_set(signer: Signer, opened: OpenedKey, folder: Path) -> None:
    with pytest.raises(SignerRefused) as refused:
        signer.sign(opened, letter(), order(level="b-t"))
    assert refused.value.code == "no_timestamper"


def test_the_chain_comes_from_the_file_or_from_what_is_known() -> None:
    held = open_p12(samples.p12(), PASSPHRASE)
    town = demo.authority()
    assert trust.chain_of(held.certificate, held.chain) == (town.intermediate.certificate,)
    assert trust.chain_of(held.certificate, ()) == (town.intermediate.certificate,)
    assert trust.reaches_anchor(held.certificate)
    stranger = make_root(demo_name("Akar", "Lain"), datetime.now(UTC) + timedelta(days=1))
    assert not trust.reaches_anchor(stranger.certificate)
