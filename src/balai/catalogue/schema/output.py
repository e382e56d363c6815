"""What the service ends in, and what the counter costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from balai.catalogue.schema.base import Key, Line, Part
from balai.catalogue.schema.form import When

# "download": she takes the file herself; only a certified letter is worth anything as a file.
Delivery = Literal["pickup", "download", "courier", "self_print"]
Template = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*\.typ$")]


class Output(Part):
    """The product: a letter made here, a card or certificate made elsewhere, or none."""

    kind: Literal["letter", "card", "certificate", "none"]
    id: Key = "letter"
    template: Template | None = None
    title: Line
    valid_months: int | None = Field(default=None, ge=1, le=120)
    number_book: Key | None = Field(default=None, description="the register that numbers it")
    signature: Literal["wet", "certified"] = Field(
        default="wet", description="in ink on paper, or electronic with a certificate (PP 71/2019)"
    )
    delivery: tuple[Delivery, ...] = ("pickup",)
    when: When = ()

    @model_validator(mode="after")
    def _letter_is_complete(self) -> Output:
        if self.kind == "letter" and (self.template is None or self.number_book is None):
            raise ValueError("a letter needs template and number_book")
        if self.kind != "letter" and self.signature == "certified":
            raise ValueError("only a letter made here is signed here")
        if "download" in self.delivery and self.signature != "certified":
            raise ValueError('delivery "download" needs signature "certified": ink does not travel in a file')
        return self


class CounterBaseline(Part):
    """What the same thing costs at the counter, so that being worse is noticed (`product.md`, guidance)."""

    visits: int = Field(ge=0, le=20)
    hours: float = Field(ge=0, le=1000)
    source: Line
