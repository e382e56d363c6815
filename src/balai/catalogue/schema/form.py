"""Pages, fields and the conditions under which a part is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from balai.catalogue.schema.base import Key, Line, Name, Part, Prose, as_list

Plain = bool | int | str
UPLOAD_KINDS = frozenset({"photo", "document"})
GROUP = "group"
MOST_ROWS = 20


class Condition(Part):
    """One comparison with an earlier answer; exactly one of the operators is given."""

    field: Name
    is_: Plain | None = Field(default=None, alias="is", description="equals")
    is_not: Plain | None = Field(default=None, description="was answered otherwise")
    is_any: tuple[Plain, ...] | None = Field(default=None, description="equals one of these")
    over: int | None = Field(default=None, description="number or rupiah is greater")
    under: int | None = Field(default=None, description="number or rupiah is smaller")
    days_ago_over: int | None = Field(default=None, ge=0, description="date lies more than so many days back")

    @model_validator(mode="after")
    def _one_operator(self) -> Condition:
        if len(self.operators()) != 1:
            raise ValueError(
                "a condition needs exactly one of: is, is_not, is_any, over, under, days_ago_over"
            )
        return self

    def operators(self) -> dict[str, Any]:
        """The operators given, by name as written in TOML."""
        found = {
            "is": self.is_,
            "is_not": self.is_not,
            "is_any": self.is_any,
            "over": self.over,
            "under": self.under,
            "days_ago_over": self.days_ago_over,
        }
        return {name: operand for name, operand in found.items() if operand is not None}


# `when = {field="status", is="rent"}`, or a list of such tables that must all hold. Empty means always.
When = Annotated[
    tuple[Condition, ...], BeforeValidator(as_list, json_schema_input_type=Condition | tuple[Condition, ...])
]


class Choice(Part):
    """One offered answer: `value` is stored, `label` is read."""

    value: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,47}$")]
    label: Line


class Order(Part):
    """The answer may not lie before that of an earlier question of the same kind.

    `days` are for hours: the questions for the days on which the earlier and this one fall. Where the second
    is not answered, both fall on the first.
    """

    field: Name
    days: tuple[Name, Name] | None = None


def as_order(value: Any) -> Any:
    """`not_before = "leave_on"` is short for a table with this field."""
    return {"field": value} if isinstance(value, str) else value


class FieldSpec(Part):
    """One question. Which of the optional keys mean anything is said by its kind."""

    id: Name
    kind: Name
    label: Line
    help: Prose | None = None
    required: bool = True
    fact: Name | None = Field(
        default=None, description="known fact of the person that fills it in beforehand"
    )
    personal: bool | None = Field(default=None, description="override of what the kind says")
    when: When = ()
    choices: tuple[Choice, ...] = ()
    choices_from: Name | None = Field(
        default=None, description="list of services/_shared/choices.toml; put in as `choices` when loaded"
    )
    min: int | None = None
    max: int | None = None
    width: int | None = Field(default=None, ge=1, le=12, description="shown with leading zeros: RT 3 is 003")
    min_length: int | None = Field(default=None, ge=0)
    max_length: int | None = Field(default=None, ge=1, le=10_000)
    earliest: date | Literal["today"] | None = None
    latest: date | Literal["today"] | None = None
    placeholder: Line | None = None
    matches: dict[Literal["birth_date", "sex"], Name] = Field(
        default_factory=dict, description="fields that a NIK is compared with, for the officer"
    )
    differs_from: Name | None = Field(
        default=None, description="an earlier question of the same kind that is answered otherwise"
    )
    not_before: Annotated[
        Order | None, BeforeValidator(as_order, json_schema_input_type=Name | Order | None)
    ] = None
    row: Line | None = Field(default=None, description="what one row of a group is called: Ahli waris")
    min_rows: int | None = Field(default=None, ge=1, le=MOST_ROWS)
    max_rows: int | None = Field(default=None, ge=1, le=MOST_ROWS)
    field: tuple[FieldSpec, ...] = Field(default=(), description="questions of each row of a group")

    @property
    def conditions(self) -> When:
        """Every condition that this question lays on others of the form, those of its rows included."""
        if not self.field:
            return self.when
        own = {spec.id for spec in self.field}
        inner = (condition for spec in self.field for condition in spec.when)
        return (*self.when, *(condition for condition in inner if condition.field not in own))


class Page(Part):
    """One screen of the form."""

    id: Key
    title: Line
    help: Prose | None = None
    when: When = ()
    field: tuple[FieldSpec, ...] = Field(min_length=1)


def is_upload(spec: FieldSpec) -> bool:
    """Whether the field asks for a file, which the engine stores apart from the answers."""
    return spec.kind in UPLOAD_KINDS


def is_group(spec: FieldSpec) -> bool:
    """Whether the question is answered in rows, each with the same questions."""
    return spec.kind == GROUP


def fields_of(pages: tuple[Page, ...]) -> Iterator[FieldSpec]:
    """Every field in the order asked."""
    for page in pages:
        yield from page.field
