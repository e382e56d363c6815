"""Local names on the portal: `{% systems %}` on the home page, `{% system_of service %}` above a title."""

from __future__ import annotations

from typing import Any

from django import template

from balai.catalogue.systems import System, running_systems, system_of

register = template.Library()


@register.inclusion_tag("portal/_systems.html", name="systems")
def systems_tag() -> dict[str, Any]:
    """The systems that work here, each a card; nothing where there is none."""
    return {"systems": running_systems()}


@register.simple_tag(name="system_of")
def system_of_tag(service: Any) -> System | None:
    """`{% system_of service as system %}`: under which name people here know it."""
    return system_of(service.id)
