"""JSON Schema of `service.toml` and of examples as an author writes them, for editors."""

from __future__ import annotations

from typing import Any

from balai.catalogue import kinds
from balai.catalogue.engine import engines
from balai.catalogue.fragments import ASKING, LISTS, SINGLE
from balai.catalogue.schema import Example, ServiceDefinition
from balai.people import permissions

_GIVEN_BY_LOADER = ("id", "help", "files")
_USE = {
    "use": {"type": "string", "description": "Name of a file in services/_shared without .toml"},
    "omit": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Fields of the fragment to leave out",
    },
}
_USE_OF_QUESTIONS = {
    "prefix": {
        "type": "string",
        "pattern": "^[a-z][a-z0-9_]{0,20}_$",
        "description": "Goes before the id of every question taken, and before references to them",
    },
    "optional": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Fields of the fragment that need not be answered",
    },
}


def service_schema() -> dict[str, Any]:
    """For service.toml: fragments allowed, closed lists filled in from the registries."""
    schema = ServiceDefinition.model_json_schema(by_alias=True)
    properties, required = schema["properties"], schema["required"]
    for key in _GIVEN_BY_LOADER:
        properties.pop(key)
    schema["required"] = [key for key in required if key not in _GIVEN_BY_LOADER]
    properties["reasons"] = {"type": "string", "description": "Table of services/_shared/reasons.toml"}
    definitions = schema["$defs"]
    for name in LISTS:
        _allow_use(schema, properties[name], _USE_OF_QUESTIONS if name in ASKING else {})
    for name in SINGLE:
        _allow_use_once(schema, properties[name])
    _allow_use(schema, definitions["Page"]["properties"]["field"], _USE_OF_QUESTIONS)
    _allow_use_in_rows(definitions)
    _list_values(definitions["FieldSpec"]["properties"]["kind"], kinds.codes())
    _list_values(definitions["Step"]["properties"]["permission"], sorted(permissions.names()))
    _list_values(
        definitions["Step"]["properties"]["act"], sorted({act for each in engines() for act in each.acts})
    )
    _list_values(properties["engine"], [each.code for each in engines() if each.runs_services])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def example_schema() -> dict[str, Any]:
    """For examples/*.toml."""
    schema = Example.model_json_schema(by_alias=True)
    schema["properties"].pop("name", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _allow_use(schema: dict[str, Any], array: dict[str, Any], more: dict[str, Any]) -> None:
    """An entry of the list is whole, or takes a fragment and may change parts of it."""
    whole = array["items"]
    target = schema["$defs"][whole["$ref"].rpartition("/")[2]]
    changed = {
        "properties": {**target["properties"], **_USE, **more},
        "required": ["use"],
        "additionalProperties": False,
    }
    array["items"] = {"anyOf": [whole, {"type": "object", **changed}]}


def _allow_use_once(schema: dict[str, Any], table: dict[str, Any]) -> None:
    """The same for a table of which there is one."""
    whole = table["anyOf"][0]
    target = schema["$defs"][whole["$ref"].rpartition("/")[2]]
    properties = {**target["properties"], "use": _USE["use"]}
    taken = {"type": "object", "properties": properties, "required": ["use"], "additionalProperties": False}
    table["anyOf"].insert(1, taken)


def _allow_use_in_rows(definitions: dict[str, Any]) -> None:
    """The same for the questions of a group; named, because a question stands inside a question."""
    array = definitions["FieldSpec"]["properties"]["field"]
    properties = {**definitions["FieldSpec"]["properties"], **_USE, **_USE_OF_QUESTIONS}
    taken = {"type": "object", "properties": properties, "required": ["use"], "additionalProperties": False}
    definitions["FieldTaken"] = taken
    array["items"] = {"anyOf": [array["items"], {"$ref": "#/$defs/FieldTaken"}]}


def _list_values(schema: dict[str, Any], values: Any) -> None:
    if values:
        schema["enum"] = list(values)
