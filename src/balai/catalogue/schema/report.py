"""What an officer writes down after a visit: pages of the same schema, filled in by another person."""

from __future__ import annotations

from pydantic import Field

from balai.catalogue.schema.base import Key, Line, Part
from balai.catalogue.schema.form import FieldSpec, Page, fields_of, is_upload


class Report(Part):
    """One form of the officer. Unlike the applicant's pages it may ask for photos among its questions."""

    id: Key
    title: Line
    page: tuple[Page, ...] = Field(min_length=1)

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Every question, in the order asked, photos included."""
        return tuple(fields_of(self.page))

    @property
    def asking(self) -> tuple[Page, ...]:
        """Its pages without the photos, as far as anything is left of them: what a letter can quote."""
        kept = (
            page.model_copy(update={"field": tuple(spec for spec in page.field if not is_upload(spec))})
            for page in self.page
        )
        return tuple(page for page in kept if page.field)
