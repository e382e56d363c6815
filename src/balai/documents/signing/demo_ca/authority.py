"""The demo authority as it lies in the folder of the keys, made once, and what it issues."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from balai.documents.signing.demo_ca.certificates import (
    OFFICER_YEARS,
    YEAR,
    Addresses,
    Pair,
    PrivateKey,
    PublicKey,
    demo_name,
    issue,
    make_intermediate,
    make_root,
    make_stamper,
    new_key,
)
from balai.documents.signing.errors import SignerUnknown
from balai.government import current as government
from balai.runtime import clock

FOLDER = "demo-ca"
ROOT, INTERMEDIATE, STAMPER = "root", "intermediate", "tsa"
_opened: dict[Path, Authority] = {}


@dataclass(frozen=True)
class Authority:
    """Root, intermediate and stamper of one demo town; `folder` also holds its revocation lists."""

    folder: Path
    root: Pair
    intermediate: Pair
    stamper: Pair

    @property
    def issuers(self) -> tuple[tuple[str, Pair], ...]:
        """Whoever issues, and so keeps a revocation list, by name of its file."""
        return ((ROOT, self.root), (INTERMEDIATE, self.intermediate))


def is_allowed() -> bool:
    """A demo authority exists everywhere but in production."""
    return str(settings.BALAI.mode) != "production"


def authority() -> Authority:
    """The authority of this town, made when there is none. Raises SignerUnknown in production."""
    if not is_allowed():
        raise SignerUnknown(signer="demo")
    folder: Path = settings.BALAI.keys_path / FOLDER
    known = _opened.get(folder)
    if known is None:
        if not folder.exists():
            _make(folder)
        known = _opened[folder] = _read(folder)
    return known


def address_of(name: str) -> str:
    """Where a file of the authority is fetched in this town."""
    return f"{settings.BALAI.public_url}/demo/ca/{name}"


def officer_name(name: str, title: str) -> x509.Name:
    """The name in an officer's certificate."""
    return demo_name(name, government().name, title=title)


def issue_to(name: x509.Name, public_key: PublicKey, *, ends_at: datetime | None = None) -> x509.Certificate:
    """A certificate for this key from the intermediate, two years unless `ends_at` says otherwise."""
    issuer = authority().intermediate
    now = clock.now()
    starts_at = min(now, ends_at or now) - YEAR
    return issue(
        name, public_key, issuer, _addresses(INTERMEDIATE), (starts_at, ends_at or now + OFFICER_YEARS * YEAR)
    )


def make_p12(name: x509.Name, passphrase: str, *, key: PrivateKey | None = None) -> bytes:
    """A PKCS#12 file with a new key on P-256 (or the one given), its certificate and the chain."""
    key = key or new_key()
    certificate = issue_to(name, key.public_key())
    return packed(Pair(certificate, key), passphrase)


def packed(pair: Pair, passphrase: str) -> bytes:
    """A PKCS#12 file of this pair and the chain above it, under a passphrase."""
    town = authority()
    chain = [town.intermediate.certificate, town.root.certificate]
    protection = serialization.BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(None, pair.key, pair.certificate, chain, protection)


def _addresses(issuer: str) -> Addresses:
    return Addresses(address_of(f"{issuer}.cer"), address_of(f"{issuer}.crl"))


def _make(folder: Path) -> None:
    """Make the whole beside its place and move it there; of several processes at once one wins."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(prefix=".demo-ca-", dir=folder.parent))
    try:
        _write_all(draft)
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_all(folder: Path) -> None:
    now = clock.now().replace(microsecond=0)
    organisation = government().name
    root = make_root(demo_name("Akar Balai", organisation), now)
    intermediate = make_intermediate(demo_name("Penerbit Balai", organisation), root, _addresses(ROOT), now)
    stamper = make_stamper(
        demo_name("Penanda Waktu Balai", organisation), intermediate, _addresses(INTERMEDIATE), now
    )
    for name, pair in ((ROOT, root), (INTERMEDIATE, intermediate), (STAMPER, stamper)):
        _write_pair(folder, name, pair)


def _write_pair(folder: Path, name: str, pair: Pair) -> None:
    key = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place = folder / f"{name}.key"
    place.touch(mode=0o600)
    place.write_bytes(key)
    (folder / f"{name}.pem").write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))


def _read(folder: Path) -> Authority:
    return Authority(folder, *(_read_pair(folder, name) for name in (ROOT, INTERMEDIATE, STAMPER)))


def _read_pair(folder: Path, name: str) -> Pair:
    certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
    assert isinstance(key, PrivateKey)  # noqa: S101 - written above
    return Pair(certificate, key)
