"""Every setting of a running town, declared once, documented, and refused when it makes no sense.

Plain Python (no Django): `config.settings` reads it before Django exists. Values come from the
environment (`BALAI_<NAME>`); an unknown `BALAI_*` name is refused, because a misspelt setting that is
silently ignored is how a town runs in demo mode for a year.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

PROJECT = Path(__file__).resolve().parents[3]
PREFIX = "BALAI_"
# Simulators of outside systems take only secrets that begin so; production takes none that does.
SIMULATOR_SECRET = "simulator-"  # noqa: S105 - the mark of a secret that is none


class SettingsRefused(Exception):
    """The settings contradict each other or the mode; the message is a list of sentences."""


class RuntimeSettings(BaseModel):
    """What a deployment may choose. `settings_document` makes docs/settings.md of this list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["demo", "production", "test"] = Field("demo", description="demo, production or test")
    data_dir: Path = Field(PROJECT / "var", description="folder of database, files, keys and logs")
    keys_dir: Path | None = Field(
        None, description="folder of the key ring; default keys/ in the data folder"
    )
    database_url: str = Field(
        "", description="sqlite:///PATH or postgresql://…; default balai.sqlite3 in the data folder"
    )
    government: str = Field("3505-kab-blitar", description="folder under governments/")
    public_url: str = Field("http://127.0.0.1:8000", description="address as citizens type it")
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="how many reverse proxies in front add X-Forwarded-For"
    )
    smtp_url: str = Field("", description="smtp://user:password@host:587?tls=starttls; empty means no e-mail")
    mail_from: str = Field("balai@localhost", description="sender of e-mail")
    bounce_address: str = Field(
        "",
        description="takes bounces; bounce@host makes bounce+TOKEN@host the envelope sender of each mail",
    )
    bounce_mailbox: SecretStr = Field(
        SecretStr(""),
        description="where bounces are read: imaps://user:password@host/INBOX or maildir:///path",
    )
    incoming_address: str = Field(
        "", description="address to which people write; the Reply-To of each mail that the town sends"
    )
    incoming_mailbox: SecretStr = Field(
        SecretStr(""),
        description="where their letters are read: imaps://user:password@host/INBOX or maildir:///path",
    )
    notify_channels: str = Field(
        "",
        description="ways out, first choice first: sms,whatsapp,email; empty means all that are set",
    )
    sms_url: str = Field("", description="base address of the SMS gateway; empty means no SMS")
    sms_contract: str = Field(
        "plain", description="what the gateway speaks: plain, or the path of a TOML file like it"
    )
    sms_sender: str = Field("", description="sender that an SMS shows, as agreed with the gateway")
    sms_secret: SecretStr = Field(SecretStr(""), description="token for the gateway")
    sms_webhook_secret: SecretStr = Field(
        SecretStr(""), description="key by which the gateway signs receipts and replies"
    )
    whatsapp_url: str = Field(
        "", description="base address of the Cloud API with its version; empty means no WhatsApp"
    )
    whatsapp_phone_id: str = Field("", description="id of the sending number at the Cloud API")
    whatsapp_token: SecretStr = Field(SecretStr(""), description="access token of the Cloud API")
    whatsapp_app_secret: SecretStr = Field(SecretStr(""), description="app secret that signs webhooks")
    whatsapp_verify_token: SecretStr = Field(
        SecretStr(""), description="word that the Cloud API repeats when the webhook is set up"
    )
    host: str = Field("127.0.0.1", description="address that the web server binds")
    port: int = Field(8000, ge=1, le=65535, description="port that the web server binds")
    web_workers: int = Field(2, ge=1, le=64, description="web processes")
    web_threads: int = Field(4, ge=1, le=64, description="threads in each web process")
    engines: str = Field("cases,questions,reports", description="comma-separated engines that this town runs")
    trust_dir: Path | None = Field(
        None,
        description="folder of certificates and revocation lists believed; default trust/ in the data folder",
    )
    tsa_url: str = Field(
        "",
        description="http(s):// address of the time-stamping authority (RFC 3161); a demo town has its own",
    )
    signature_level: Literal["b-b", "b-t", "b-lta"] = Field(
        "b-b",
        description="level of certified letters: b-b, b-t (time stamped) or b-lta (provable for decades)",
    )

    lapor_way: Literal["bundle", "mail"] = Field(
        "bundle",
        description="how reports go to SP4N-LAPOR!: bundle (an officer downloads and enters them) or mail",
    )
    lapor_mail_to: str = Field(
        "", description="address of the region's coordinating admin of SP4N-LAPOR!; only with mail"
    )

    @field_validator("data_dir", "keys_dir", "trust_dir")
    @classmethod
    def _absolute(cls, folder: Path | None) -> Path | None:
        """Processes of one town may start in different folders."""
        return folder and folder.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return url

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, url: str) -> str:
        if url and not (url.startswith(("smtp://", "smtps://")) and urlsplit(url).hostname):
            raise ValueError("must look like smtp://user:password@host:587?tls=starttls")
        return url

    @field_validator("tsa_url")
    @classmethod
    def _known_stamper(cls, url: str) -> str:
        if url and not (url.startswith(("http://", "https://")) and urlsplit(url).hostname):
            raise ValueError("must look like https://tsa.example/path")
        return url

    @field_validator("sms_url", "whatsapp_url")
    @classmethod
    def _known_gateway(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
            raise ValueError("must be http(s)://name[:port][/path]")
        return url.rstrip("/")

    @field_validator("bounce_address")
    @classmethod
    def _room_for_a_token(cls, address: str) -> str:
        local, at, domain = address.rpartition("@")
        if address and not (at and domain and 1 <= len(local) <= 24 and "+" not in local):
            raise ValueError("must be name@host, the name at most 24 characters without a +")
        return address

    @field_validator("bounce_mailbox", "incoming_mailbox")
    @classmethod
    def _known_mailbox(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not url.get_secret_value().startswith(
            ("imaps://", "imap://", "maildir:///")
        ):
            raise ValueError("must look like imaps://user:password@host/INBOX or maildir:///path")
        return url

    @field_validator("lapor_mail_to", "incoming_address")
    @classmethod
    def _known_address(cls, address: str) -> str:
        local, at, domain = address.rpartition("@")
        if address and not (at and local and "." in domain and not set(address) & set(" <>,;\r\n")):
            raise ValueError("must be one address: name@host")
        return address

    @field_validator("public_url")
    @classmethod
    def _bare_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("must be http(s)://name[:port] without a path")
        return url.rstrip("/")

    @property
    def keys_path(self) -> Path:
        """Folder of the key ring."""
        return self.keys_dir or self.data_dir / "keys"

    @property
    def trust_path(self) -> Path:
        """Folder of the certificates and revocation lists that this town believes."""
        return self.trust_dir or self.data_dir / "trust"

    @property
    def engine_list(self) -> tuple[str, ...]:
        """Engines switched on, in the order given."""
        return tuple(name.strip() for name in self.engines.split(",") if name.strip())

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> RuntimeSettings:
        if self.mode == "production" and not self.public_url.startswith("https://"):
            raise ValueError("production needs BALAI_PUBLIC_URL to start with https://")
        if self.mode == "production" and not self.smtp_url:
            raise ValueError("production needs BALAI_SMTP_URL: one-time codes must reach people")
        if self.mode == "production" and self.signature_level != "b-b" and not self.tsa_url:
            raise ValueError(
                "BALAI_SIGNATURE_LEVEL above b-b needs BALAI_TSA_URL: somebody must stamp the time"
            )
        return self

    @model_validator(mode="after")
    def _refuse_half_a_way_to_lapor(self) -> RuntimeSettings:
        if (self.lapor_way == "mail") != bool(self.lapor_mail_to):
            raise ValueError("BALAI_LAPOR_WAY=mail and BALAI_LAPOR_MAIL_TO belong together: set both or none")
        if self.lapor_way == "mail" and not self.smtp_url:
            raise ValueError("BALAI_LAPOR_WAY=mail needs BALAI_SMTP_URL: somebody must carry the mail")
        return self

    @model_validator(mode="after")
    def _refuse_simulators_in_production(self) -> RuntimeSettings:
        secrets = {name: value for name, value in self if isinstance(value, SecretStr)}
        for name, value in secrets.items() if self.mode == "production" else ():
            if value.get_secret_value().startswith(SIMULATOR_SECRET):
                raise ValueError(f"production refuses simulators: {PREFIX}{name.upper()} is a simulator's")
        return self


def load_settings(environ: Mapping[str, str] | None = None) -> RuntimeSettings:
    """Read `BALAI_*` names; raise SettingsRefused with one sentence for each fault."""
    source = os.environ if environ is None else environ
    values = {key[len(PREFIX) :].lower(): value for key, value in source.items() if key.startswith(PREFIX)}
    # BALAI_TEST_* belongs to the test runner; an empty value means "not set", as shells and compose files do.
    values = {key: value for key, value in values.items() if value and not key.startswith("test_")}
    try:
        return RuntimeSettings.model_validate(values)
    except ValidationError as error:
        raise SettingsRefused("\n".join(_sentence(fault) for fault in error.errors())) from None


def _sentence(fault: ErrorDetails) -> str:
    """One fault for whoever typed the setting; pydantic's own words where they say enough."""
    name = ".".join(map(str, fault["loc"]))
    shown = f"{PREFIX}{name.upper()}"
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(name, RuntimeSettings.model_fields, n=1)
        hint = f"did you mean {PREFIX}{near[0].upper()}?" if near else "docs/settings.md lists them all."
        return f"{shown} is not a setting of Balai; {hint}"
    text = fault["msg"].removeprefix("Value error, ")
    return f"{shown}: {text}" if name else text


def settings_document() -> str:
    """docs/settings.md: one row for each declared setting."""
    rows = [_document_row(name, field) for name, field in RuntimeSettings.model_fields.items()]
    return (
        "# Settings\n\n"
        "Made by `./balai manage settings_doc` from `src/balai/runtime/settings.py`; a test compares them.\n"
        "Each is an environment variable. A name that is not in this list, or a value that makes no sense,\n"
        "stops the start with one sentence for each fault.\n\n"
        "| Name | Meaning | Default |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _document_row(name: str, field: FieldInfo) -> str:
    default = "" if field.default is None else str(field.default)  # a SecretStr shows nothing
    if isinstance(field.default, Path):
        default = str(field.default.relative_to(PROJECT))
    shown = f"`{default}`" if default else "not set"
    return f"| `{PREFIX}{name.upper()}` | {field.description} | {shown} |"
