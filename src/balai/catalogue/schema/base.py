"""The shared base of every part of a definition, and the small text types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints


class Part(BaseModel):
    """A frozen piece of a definition; an unknown key is a fault, because a misspelt key says nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def as_list(value: Any) -> Any:
    """One table where a list of tables may stand is a list of one."""
    return [value] if isinstance(value, dict | Part) else value


# Ids stand in addresses, stored answers and letters, so they are stable English words.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,47}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\r\n]+$")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
# A whole text as its file has it: line numbers are counted in it.
FileText = Annotated[str, StringConstraints(strip_whitespace=False)]


# The occasions by which people look for a service; what each is called is the portal's business.
LifeEvent = Literal[
    "birth",
    "school",
    "work-business",
    "identity",
    "marriage",
    "health",
    "welfare",
    "home-family",
    "residence",
    "home-land",
    "moving",
    "vehicle",
    "travel",
    "safety",
    "death",
    "other",
]
