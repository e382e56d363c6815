"""Certificates on record: one open for each officer, and nothing secret beside what is sealed."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from balai.audit.models import Entry
from balai.documents.models import Credential
from balai.documents.signing import credentials
from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca.certificates import Pair, new_key
from balai.documents.signing.errors import (
    CertificateEnded,
    CertificateUnfit,
    NameDiffers,
    PassphraseTooShort,
    PassphraseWrong,
    SignerUnknown,
)
from balai.documents.signing.registry import signer_of
from balai.documents.signing.tests import samples
from balai.documents.signing.tests.samples import PASSPHRASE
from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.models import Officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def bambang() -> Officer:
    """The head of a village."""
    return actions.create_officer(
        by=SYSTEM, login_name="kepala.sawentar", name="Bambang Sutejo", password="kuda-lumping-turonggo"
    )


def enrol(officer: Officer, content: bytes) -> Credential:
    """Put a file on record as an operator does."""
    return credentials.enrol(by=SYSTEM, officer=officer, signer="local", p12=content, passphrase=PASSPHRASE)


def test_a_file_on_record_opens_by_its_passphrase(bambang: Officer) -> None:
    row = enrol(bambang, samples.p12())
    assert credentials.open_credential(bambang) == row
    kept = Credential.objects.get()
    assert (kept.signer, kept.algorithm) == ("local", "ecdsa-p256")
    assert "CN=Bambang Sutejo (UJI COBA)" in kept.subject_name
    signer_of("local").unlock(kept, PASSPHRASE).close()


def test_nothing_secret_lies_in_the_open(bambang: Officer) -> None:
    content = samples.p12()
    enrol(bambang, content)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Credential._meta.db_table}")  # noqa: S608 (the table's name is our own)
        stored = repr(cursor.fetchall())
    journal = repr(list(Entry.objects.values_list("event", "note", "data")))
    assert "documents.credential_enrolled" in journal
    for text in (PASSPHRASE, base64.b64encode(content).decode()[:80]):
        assert text not in stored
        assert text not in journal


def test_a_second_file_closes_the_first(bambang: Officer) -> None:
    first, second = enrol(bambang, samples.p12()), enrol(bambang, samples.p12())
    first.refresh_from_db()
    assert first.closed_at is not None
    assert credentials.open_credential(bambang) == second


def test_a_closed_certificate_is_open_no_more(bambang: Officer) -> None:
    row = enrol(bambang, samples.p12())
    closed = credentials.close(by=SYSTEM, credential=row, reason="pindah tugas")
    assert credentials.open_credential(bambang) is None
    assert credentials.close(by=SYSTEM, credential=row).closed_at == closed.closed_at
    assert Entry.objects.filter(event="documents.credential_closed").count() == 1


def test_what_could_not_be_opened_or_used_is_not_enrolled(bambang: Officer, settings: Settings) -> None:
    key = new_key()
    name = demo.officer_name("Bambang Sutejo", "")
    ended = demo.issue_to(name, key.public_key(), ends_at=datetime.now(UTC) - timedelta(days=1))
    good = samples.p12()
    cases = [
        ("local", good, "salah sekali", PassphraseWrong),
        ("local", good, "pendek", PassphraseTooShort),
        ("local", b"bukan", PASSPHRASE, CertificateUnfit),
        ("local", demo.packed(Pair(ended, key), PASSPHRASE), PASSPHRASE, CertificateEnded),
        ("nobody", good, PASSPHRASE, SignerUnknown),
    ]
    for signer, content, passphrase, refusal in cases:
        with pytest.raises(refusal):
            credentials.enrol(by=SYSTEM, officer=bambang, signer=signer, p12=content, passphrase=passphrase)
    settings.BALAI = settings.BALAI.model_copy(update={"mode": "production"})
    with pytest.raises(CertificateUnfit):
        enrol(bambang, good)
    assert not Credential.objects.exists()


def test_a_demo_certificate_is_none_in_production(bambang: Officer, settings: Settings) -> None:
    row = credentials.make_demo(officer=bambang, passphrase=PASSPHRASE)
    assert credentials.open_credential(bambang) == row
    settings.BALAI = settings.BALAI.model_copy(update={"mode": "production"})
    assert credentials.open_credential(bambang) is None
    with pytest.raises(SignerUnknown):
        credentials.make_demo(officer=bambang, passphrase=PASSPHRASE)


def test_only_a_demo_certificate_is_revoked_here(bambang: Officer) -> None:
    theirs = enrol(bambang, samples.p12())
    with pytest.raises(SignerUnknown):
        credentials.revoke_demo(by=SYSTEM, credential=theirs)
    assert credentials.open_credential(bambang) == theirs


def test_those_that_end_first_are_told_first(bambang: Officer) -> None:
    hendra = actions.create_officer(
        by=SYSTEM, login_name="sekretaris.sawentar", name="Hendra", password="kuda-lumping-turonggo"
    )
    soon = datetime.now(UTC) + timedelta(days=20)
    key = new_key()
    brief = Pair(demo.issue_to(demo.officer_name("Hendra", ""), key.public_key(), ends_at=soon), key)
    enrol(hendra, demo.packed(brief, PASSPHRASE))
    enrol(bambang, samples.p12())
    within = credentials.credentials_ending_before
    assert [row.officer for row in within(datetime.now(UTC) + timedelta(days=30))] == [hendra]
    assert [row.officer for row in within(datetime.now(UTC) + timedelta(days=800))] == [hendra, bambang]


def test_commands_import_list_and_close(
    bambang: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = tmp_path / "kepala.p12", StringIO()
    file.write_bytes(samples.p12())
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    call_command("credential_import", "kepala.sawentar", file, passphrase_stdin=True, stdout=told)
    call_command("credential_list", stdout=told)
    call_command("credential_list", ending=30, stdout=told)
    call_command("credential_close", "kepala.sawentar", reason="pindah", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[0].startswith("Bambang Sutejo signs with ")
    assert [line.split()[0] for line in lines[2:]] == ["kepala.sawentar", "Bambang", "If"]
    with pytest.raises(CommandError, match="no open certificate"):
        call_command("credential_close", "kepala.sawentar", stdout=told)
    with pytest.raises(CommandError, match="can not be read"):
        call_command("credential_import", "kepala.sawentar", tmp_path / "none.p12", stdout=told)


def test_certificate_of_another_name_is_put_on_record_only_when_somebody_says_yes(
    bambang: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = tmp_path / "edi.p12", StringIO()
    file.write_bytes(samples.p12("Edi Kurniawan"))
    with pytest.raises(NameDiffers) as refused:
        enrol(bambang, file.read_bytes())
    both = "atas nama Edi Kurniawan (UJI COBA), sedangkan pejabatnya bernama Bambang Sutejo."
    assert both in refused.value.sentence
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    with pytest.raises(CommandError, match="say --yes"):
        call_command("credential_import", "kepala.sawentar", file, passphrase_stdin=True, stdout=told)
    assert (both in told.getvalue(), Credential.objects.count()) == (True, 0)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    call_command("credential_import", "kepala.sawentar", file, passphrase_stdin=True, yes=True, stdout=told)
    assert Credential.objects.get().officer == bambang


def test_degrees_and_capitals_are_no_other_name(bambang: Officer) -> None:
    assert enrol(bambang, samples.p12("Drs. H. BAMBANG SUTEJO, M.Si.")).officer == bambang


def test_a_revoking_close_puts_a_demo_certificate_on_the_list(bambang: Officer) -> None:
    row = credentials.make_demo(officer=bambang, passphrase=PASSPHRASE)
    signed = signer_of("demo").sign(
        signer_of("demo").unlock(row, PASSPHRASE), samples.letter(), samples.order()
    )
    call_command("credential_close", "kepala.sawentar", revoke=True, stdout=StringIO())
    assert samples.ades_outcome(signed, "b-b").startswith("REVOKED")
