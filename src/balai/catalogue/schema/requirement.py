"""What the applicant brings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from balai.catalogue.schema.base import Key, Line, Name, Part, Prose
from balai.catalogue.schema.form import UPLOAD_KINDS, FieldSpec, When


class Requirement(Part):
    """One requirement: a photo or document to send, or a thing known (on record, or shown at the counter)."""

    id: Key
    title: Line
    help: Prose | None = None
    kind: Literal["photo", "document", "known"]
    required: bool = True
    when: When = ()
    example: Prose | None = Field(default=None, description="what a good one looks like")
    reasons: tuple[Key, ...] = Field(default=(), description="return reasons that fit it, by code")
    facts: tuple[Name, ...] = Field(default=(), description="known facts that satisfy it, for kind known")
    max_files: int = Field(default=1, ge=1, le=10)

    @property
    def is_upload(self) -> bool:
        """Whether a file is asked for."""
        return self.kind in UPLOAD_KINDS

    @model_validator(mode="after")
    def _facts_only_when_known(self) -> Requirement:
        if self.facts and self.is_upload:
            raise ValueError("facts belong to a requirement of kind known")
        return self


def upload_field(requirement: Requirement) -> FieldSpec:
    """The question under which the requirement's file is asked for; it bears the requirement's id.

    Built without validation: ids of requirements may hold hyphens, which ids of answers may not.
    """
    return FieldSpec.model_construct(
        id=requirement.id,
        kind=requirement.kind,
        label=requirement.title,
        help=requirement.help,
        required=requirement.required,
        when=requirement.when,
        max=requirement.max_files,
    )
