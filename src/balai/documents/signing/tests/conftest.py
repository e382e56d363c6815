"""One demo authority for all tests of this folder, trusted by NSS too; keys opened once.

What needs Django is imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from balai.documents.signing.registry import OpenedKey, Signer


@pytest.fixture(scope="session")
def signing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the authority's keys lie: tests of other packages stop their clocks at other years."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(autouse=True)
def own_authority(signing_folder: Path, settings: Settings) -> None:
    """This town keeps its keys and its trust in the folder of these tests."""
    changes = {"keys_dir": signing_folder / "keys", "trust_dir": signing_folder / "trust"}
    settings.BALAI = settings.BALAI.model_copy(update=changes)


@pytest.fixture
def signer() -> Signer:
    """The demo signer."""
    from balai.documents.signing.registry import signer_of  # noqa: PLC0415 (after Django is set up)

    return signer_of("demo")


@pytest.fixture
def opened(signer: Signer, own_authority: None, opened_once: list[OpenedKey]) -> OpenedKey:
    """A key of Bambang's on P-256, opened once."""
    from balai.documents.signing.tests import samples  # noqa: PLC0415 (after Django is set up)

    if not opened_once:
        opened_once.append(signer.unlock(samples.officer_row(), samples.PASSPHRASE))
    return opened_once[0]


@pytest.fixture(scope="session")
def opened_once() -> Iterator[list[OpenedKey]]:
    """Keys that stay open until the last test."""
    keys: list[OpenedKey] = []
    yield keys
    for key in keys:
        key.close()


@pytest.fixture
def nss(own_authority: None, signing_folder: Path) -> Path:
    """A folder for `samples.pdfsig`, whose neighbour `nss/` makes NSS trust the demo town's root."""
    from balai.documents.signing.demo_ca.authority import authority  # noqa: PLC0415 (after Django is set up)
    from balai.documents.signing.tests.samples import told  # noqa: PLC0415 (after Django is set up)

    base, work = signing_folder / "nss", signing_folder / "work"
    if not base.exists():
        base.mkdir()
        work.mkdir()
        root = signing_folder / "root.pem"
        root.write_bytes(authority().root.certificate.public_bytes(Encoding.PEM))
        told("certutil", "-d", f"sql:{base}", "-N", "--empty-password")
        told("certutil", "-d", f"sql:{base}", "-A", "-n", "root", "-t", "CT,C,C", "-i", str(root))
    return work
