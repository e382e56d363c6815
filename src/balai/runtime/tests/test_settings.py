from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from balai.runtime.management.commands import settings_doc
from balai.runtime.settings import PROJECT, RuntimeSettings, SettingsRefused, load_settings, settings_document

PRODUCTION = {
    "BALAI_MODE": "production",
    "BALAI_PUBLIC_URL": "https://layanan.blitarkab.go.id",
    "BALAI_SMTP_URL": "smtp://balai:secret@mail.blitarkab.go.id:587?tls=starttls",
}


def test_demo_needs_nothing() -> None:
    chosen = load_settings({"HOME": "/root", "PATH": "/bin"})
    assert (chosen.mode, chosen.data_dir, chosen.keys_path) == ("demo", PROJECT / "var", PROJECT / "var/keys")


def test_production_is_read() -> None:
    chosen = load_settings({**PRODUCTION, "BALAI_TRUSTED_PROXIES": "1", "BALAI_KEYS_DIR": "/etc/balai/keys"})
    assert (chosen.mode, chosen.trusted_proxies, chosen.keys_path) == (
        "production",
        1,
        Path("/etc/balai/keys"),
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BALAI_PUBLICURL", "https://x.go.id", "is not a setting of Balai; did you mean BALAI_PUBLIC_URL?"),
        ("BALAI_XYZZY", "1", "BALAI_XYZZY is not a setting of Balai; docs/settings.md lists them all."),
        ("BALAI_PORT", "eighty", "BALAI_PORT: Input should be a valid integer"),
        ("BALAI_DATABASE_URL", "mysql://x", "must start with sqlite:/// or postgresql://"),
        ("BALAI_SMTP_URL", "mail.example.id", "must look like smtp://"),
        ("BALAI_PUBLIC_URL", "layanan.go.id", "must be http(s)://name[:port] without a path"),
        ("BALAI_PUBLIC_URL", "https://go.id/balai", "must be http(s)://name[:port] without a path"),
        ("BALAI_MODE", "staging", "BALAI_MODE"),
    ],
)
def test_nonsense_is_refused_with_its_name(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load_settings({name: value})
    assert sentence in str(refusal.value)
    assert name in str(refusal.value)


@pytest.mark.parametrize("missing", ["BALAI_PUBLIC_URL", "BALAI_SMTP_URL"])
def test_production_without_its_needs_is_refused(missing: str) -> None:
    with pytest.raises(SettingsRefused, match=f"^production needs {missing}"):
        load_settings({name: value for name, value in PRODUCTION.items() if name != missing})


def test_empty_value_means_not_set_and_test_names_are_left_alone() -> None:
    chosen = load_settings({"BALAI_KEYS_DIR": "", "BALAI_TEST_DATABASE_URL": "postgresql:///x"})
    assert chosen.keys_path == PROJECT / "var/keys"


def test_relative_folders_are_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({"BALAI_DATA_DIR": "town"}).data_dir == tmp_path / "town"


def test_every_setting_is_described() -> None:
    assert [name for name, field in RuntimeSettings.model_fields.items() if not field.description] == []


def test_document_agrees_with_the_settings() -> None:
    call_command("settings_doc", check=True)
    assert (PROJECT / "docs/settings.md").read_text(encoding="utf-8") == settings_document()


def test_document_out_of_date_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "settings.md"
    old.write_text("old")
    monkeypatch.setattr(settings_doc, "TARGET", old)
    with pytest.raises(CommandError, match="out of date"):
        call_command("settings_doc", check=True)


def test_production_refuses_the_secrets_of_simulators() -> None:
    with pytest.raises(SettingsRefused, match="BALAI_SMS_SECRET is a simulator's"):
        load_settings({**PRODUCTION, "BALAI_SMS_SECRET": "simulator-sms"})
    assert (
        load_settings({"BALAI_SMS_SECRET": "simulator-sms"}).sms_secret.get_secret_value() == "simulator-sms"
    )


def test_secrets_do_not_show() -> None:
    chosen = load_settings({"BALAI_WHATSAPP_TOKEN": "EAAG-very-secret"})
    assert "very-secret" not in f"{chosen!r} {chosen} {chosen.model_dump()}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BALAI_SMS_URL", "gateway.example.id"),
        ("BALAI_BOUNCE_ADDRESS", "bounce"),
        ("BALAI_BOUNCE_ADDRESS", "bounce+balai@blitarkab.go.id"),
        ("BALAI_BOUNCE_MAILBOX", "pop3://mail.go.id"),
    ],
)
def test_ways_out_of_another_shape_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=f"{name}: must "):
        load_settings({name: value})
