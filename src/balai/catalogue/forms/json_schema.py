"""JSON Schema of the answers that a service takes, for the API."""

from __future__ import annotations

from typing import Any

from balai.catalogue.kinds.json_object import json_object
from balai.catalogue.schema import ServiceDefinition


def json_schema(service: ServiceDefinition) -> dict[str, Any]:
    """Draft 2020-12. Uploads are not answers and stand apart."""
    asked = [((*page.when, *spec.when), spec) for page in service.page for spec in page.field]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": service.title}
    return {**head, **json_object(asked)}
