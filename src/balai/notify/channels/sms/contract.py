"""What an SMS gateway speaks, as data: a TOML file that says where each thing stands.

`contracts/plain.toml` is our own plain contract, which `simulator.py` speaks. A town whose gateway speaks
another writes a file of the same shape and names it in BALAI_SMS_CONTRACT.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

CONTRACTS = Path(__file__).parent / "contracts"
_PLACE = re.compile(r"\{([a-z_]+)\}")
PLACES = frozenset({"id", "to", "to_digits", "sender", "text", "secret", "receipt_url"})


class ContractRefused(ValueError):
    """The file is not there or makes no sense; the message is a sentence."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sending(_Part):
    """The request that sends one SMS, and where its answer holds the gateway's id."""

    path: str
    format: Literal["json", "form"] = "json"
    headers: dict[str, str] = {}
    body: dict[str, str]
    id: str

    @field_validator("headers", "body")
    @classmethod
    def _known_places(cls, values: dict[str, str]) -> dict[str, str]:
        unknown = {name for value in values.values() for name in _PLACE.findall(value)} - PLACES
        if unknown:
            raise ValueError(f"unknown places {sorted(unknown)}; known are {sorted(PLACES)}")
        return values


class Faults(_Part):
    """Where a refusal, whatever its status, holds its code, and which codes are final.

    Those of `wrong_number` are about the address.
    """

    code: str = ""
    permanent: frozenset[str] = frozenset()
    wrong_number: frozenset[str] = frozenset()


class Webhook(_Part):
    """How the gateway signs what it sends us: HMAC-SHA256 over the raw body, in hexadecimal."""

    signature_header: str
    signature_prefix: str = ""


class Receipts(_Part):
    """A receipt is a body that has something at `status`."""

    status: str
    reference: str = ""
    id: str = ""
    fault: str = ""
    delivered: frozenset[str]
    failed: frozenset[str]


class Incoming(_Part):
    """An incoming SMS is a body that has something at `text`."""

    text: str
    id: str
    sender: str
    at: str = ""


class Contract(_Part):
    """All that is known of a gateway; `per_minute` is how many SMS it takes, 0 for no limit."""

    name: str
    per_minute: int = 0
    send: Sending
    faults: Faults = Faults()
    webhook: Webhook
    receipt: Receipts
    incoming: Incoming


def filled(template: str, values: dict[str, str]) -> str:
    """`{name}` replaced by its value; nothing else is special."""
    return _PLACE.sub(lambda found: values[found[1]], template)


@lru_cache(maxsize=8)
def read_contract(name: str) -> Contract:
    """The contract of this name, or in this file; raises ContractRefused with a sentence."""
    file = Path(name) if "/" in name or name.endswith(".toml") else CONTRACTS / f"{name}.toml"
    try:
        return Contract.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        raise ContractRefused(f"the contract {file.name} cannot be read") from None
    except tomllib.TOMLDecodeError as error:
        raise ContractRefused(f"the contract {file.name} is not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ContractRefused(f"the contract {file.name}: {place}: {first['msg']}") from None
