"""One public service, whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from balai.catalogue.schema.base import FileText, Key, LifeEvent, Line, Name, Part, Prose, Slug, as_list
from balai.catalogue.schema.conditions import holds
from balai.catalogue.schema.dated import Classification, Deadline, Fee, NoRuleInForce, rule_on
from balai.catalogue.schema.form import FieldSpec, Page, fields_of
from balai.catalogue.schema.output import CounterBaseline, Output
from balai.catalogue.schema.reasons import Reason
from balai.catalogue.schema.report import Report
from balai.catalogue.schema.requirement import Requirement, upload_field
from balai.catalogue.schema.steps import Step
from balai.catalogue.schema.terms import ObjectionRule, RepairLimit

REQUIREMENTS_PAGE = "requirements"
NumberPrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
ServiceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]


class Attendance(Part):
    """Whether the citizen must come, said before the first field."""

    needed: bool
    sentence: Prose


class ServiceDefinition(Part):
    """What `service.toml` says, with fragments resolved and the texts beside it read in.

    `id` is the folder path ("village/business-statement"); `help` is the Markdown of `help.md`;
    `files` maps paths to Typst sources ("letter.typ", "_shared/letterhead.typ").
    """

    model_config = ConfigDict(ignored_types=(cached_property,))

    id: ServiceId
    help: FileText = ""
    files: dict[str, FileText] = Field(default_factory=dict)

    engine: Name
    slug: Slug
    code: NumberPrefix
    title: Line
    summary: Prose
    keywords: tuple[Line, ...] = ()
    life_event: LifeEvent
    audience: Literal["person", "business", "institution"] = "person"
    identity: Literal["claimed", "contact_proven", "counter_proven"]
    office: Key = Field(description="kind of office, in the applicant's area, that handles it")
    attendance: Attendance
    fee: tuple[Fee, ...] = Field(min_length=1)
    deadline: tuple[Deadline, ...] = Field(min_length=1)
    classification: tuple[Classification, ...] = ()
    page: tuple[Page, ...] = Field(min_length=1)
    requirement: tuple[Requirement, ...] = ()
    step: tuple[Step, ...] = Field(min_length=1)
    report: tuple[Report, ...] = Field(default=(), description="what an officer fills in after a visit")
    home_visit: bool = Field(
        default=False, description="who cannot come may ask the office to come to her (jemput bola)"
    )
    repair: RepairLimit | None = None
    objection: ObjectionRule | None = None
    return_reason: tuple[Reason, ...] = ()
    reject_reason: tuple[Reason, ...] = ()
    # `[output]`, or `[[output]]` for a bundle: several products of one form. Kept as a list in snapshots.
    outputs: Annotated[
        tuple[Output, ...], BeforeValidator(as_list, json_schema_input_type=Output | tuple[Output, ...])
    ] = Field(alias="output", min_length=1)
    counter_baseline: CounterBaseline | None = None

    @property
    def output(self) -> Output:
        """The product; of a bundle the first. An engine that makes one never meets a second."""
        return self.outputs[0]

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Every question whose answer is stored, in the order asked; uploads are not among them."""
        return tuple(fields_of(self.page))

    @cached_property
    def found_fields(self) -> tuple[FieldSpec, ...]:
        """Every question that an officer answers after a visit, photos aside."""
        return tuple(spec for report in self.report for spec in fields_of(report.asking))

    @cached_property
    def uploads(self) -> tuple[Requirement, ...]:
        """Requirements that ask for a file."""
        return tuple(requirement for requirement in self.requirement if requirement.is_upload)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the form, and after them one page that asks for the files, if any are asked for."""
        if not self.uploads:
            return self.page
        specs = tuple(upload_field(requirement) for requirement in self.uploads)
        return (*self.page, Page.model_construct(id=REQUIREMENTS_PAGE, title="Berkas", field=specs))

    @cached_property
    def field_by_id(self) -> Mapping[str, FieldSpec]:
        """Questions by id."""
        return {spec.id: spec for spec in self.fields}

    def page_of(self, page_id: str) -> Page:
        """The page of this id; raise KeyError."""
        return {page.id: page for page in self.pages}[page_id]

    def return_reason_of(self, code: str) -> Reason:
        """The reason of this code; raise KeyError."""
        return {reason.code: reason for reason in self.return_reason}[code]

    def reject_reason_of(self, code: str) -> Reason:
        """The reason of this code; raise KeyError."""
        return {reason.code: reason for reason in self.reject_reason}[code]

    def report_of(self, report_id: str) -> Report:
        """The report of this id; raise KeyError."""
        return {report.id: report for report in self.report}[report_id]

    def fees_on(self, day: date) -> tuple[Fee, ...]:
        """What must be paid for an application filed on `day`."""
        return tuple(fee for fee in self.fee if fee.holds_on(day))

    def deadline_on(self, day: date, answers: Mapping[str, Any] | None = None) -> Deadline:
        """The deadline of an application filed on `day` with these stored answers; raise NoRuleInForce.

        A deadline bound to answers goes before the general one.
        """
        fitting = (rule for rule in self.deadline if holds(rule.when, answers or {}, day))
        return rule_on(sorted(fitting, key=lambda rule: not rule.when), day)

    def requirements_for(self, answers: Mapping[str, Any], day: date) -> tuple[Requirement, ...]:
        """What is asked for with these stored answers of an application filed on `day`."""
        return tuple(each for each in self.requirement if holds(each.when, answers, day))

    def steps_for(self, answers: Mapping[str, Any], day: date, delivery: str = "") -> tuple[Step, ...]:
        """The steps that these stored answers call for, in the order written.

        With `delivery` only those that lead there; without, those of every way.
        """
        return tuple(
            each
            for each in self.step
            if holds(each.when, answers, day) and (not delivery or each.delivery in (None, delivery))
        )

    def classification_on(self, day: date) -> Classification:
        """The archive code of a letter made on `day`; raise NoRuleInForce."""
        return rule_on(self.classification, day)

    def is_open_on(self, day: date) -> bool:
        """Whether every dated rule that an application needs is in force on `day`."""
        try:
            self.deadline_on(day)
        except NoRuleInForce:
            return False
        return bool(self.fees_on(day))

    def canonical(self) -> str:
        """The whole definition as canonical JSON: the same text for the same content, anywhere.

        Defaults are left out, so a key added to the schema later changes no hash.
        """
        body = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over `canonical()`, hexadecimal."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()
