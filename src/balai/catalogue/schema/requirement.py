"""What the applicant brings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from balai.catalogue.schema.base import Key, Line, Name, Part, Prose
from balai.catalogue.schema.form import UPLOAD_KINDS, FieldSpec, When


class Requirement(Part):
    """One requirement: a photo or document to send, a letter that this town issued before, or a thing known.

    Known is what is on record, or shown at the counter.
    """

    id: Key
    title: Line
    help: Prose | None = None
    kind: Literal["photo", "document", "letter", "known"]
    required: bool = True
    when: When = ()
    example: Prose | None = Field(default=None, description="what a good one looks like")
    reasons: tuple[Key, ...] = Field(default=(), description="return reasons that fit it, by code")
    facts: tuple[Name, ...] = Field(default=(), description="known facts that satisfy it, for kind known")
    service: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$",
        description="for kind letter: the service that issues it, as village/business-statement",
    )
    or_upload: bool = Field(default=False, description="for kind letter: a scan will do as well")
    max_files: int = Field(default=1, ge=1, le=10)

    @property
    def is_upload(self) -> bool:
        """Whether something is handed in: a file, or a letter by reference."""
        return self.kind in UPLOAD_KINDS or self.is_letter

    @property
    def is_letter(self) -> bool:
        """Whether a letter of this town is asked for."""
        return self.kind == "letter"

    @property
    def takes_files(self) -> bool:
        """Whether a file may be sent for it."""
        return self.kind in UPLOAD_KINDS or self.or_upload

    @model_validator(mode="after")
    def _facts_only_when_known(self) -> Requirement:
        if self.facts and self.is_upload:
            raise ValueError("facts belong to a requirement of kind known")
        if (self.service is not None) != self.is_letter:
            raise ValueError("a requirement of kind letter, and no other, names its service")
        if self.or_upload and not self.is_letter:
            raise ValueError("or_upload belongs to a requirement of kind letter")
        return self


def upload_field(requirement: Requirement) -> FieldSpec:
    """The question under which the requirement's file is asked for; it bears the requirement's id.

    Built without validation: ids of requirements may hold hyphens, which ids of answers may not.
    """
    return FieldSpec.model_construct(
        id=requirement.id,
        kind="document" if requirement.is_letter else requirement.kind,
        label=requirement.title,
        help=requirement.help,
        required=requirement.required,
        when=requirement.when,
        max=requirement.max_files,
    )
