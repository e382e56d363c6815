"""Roles: those that every government has, and what one says otherwise."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from balai.government.faults import Fault, data_path, sentence_of
from balai.government.schema import RoleSpec
from balai.kernel.toml_lines import line_index, line_of
from balai.runtime.settings import PROJECT

FILE: Final = "../_shared/roles.toml"
SHARED_ROLES: Final = PROJECT / "governments" / "_shared" / "roles.toml"


class _RolesFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    role: tuple[RoleSpec, ...]


def shared_roles(path: Path = SHARED_ROLES) -> tuple[tuple[RoleSpec, ...], list[Fault]]:
    """The roles of every government, and what is wrong with their file."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return (), [Fault(FILE, 1, f"the file can not be read: {error}.")]
    rows = [{**row, "permissions": tuple(row.get("permissions", ()))} for row in raw.get("role", ())]
    try:
        return _RolesFile.model_validate({**raw, "role": tuple(rows)}).role, []
    except ValidationError as refused:
        index = line_index(text)
        errors = [dict(entry) for entry in refused.errors(include_url=False)]
        names = RoleSpec.model_fields
        return (), [Fault(FILE, line_of(index, data_path(each)), sentence_of(each, names)) for each in errors]


def merged(shared: tuple[RoleSpec, ...], own: tuple[RoleSpec, ...]) -> tuple[RoleSpec, ...]:
    """Shared roles, each replaced by the government's own of that code; its further ones after them."""
    by_code = {role.code: role for role in (*shared, *own)}
    return tuple(by_code.values())
