"""Requirements, reasons and steps, and what the engine can carry."""

from __future__ import annotations

from collections.abc import Iterator

from balai.catalogue.checks import conditions, fields
from balai.catalogue.checks.finding import Finding, repeated
from balai.catalogue.engine import Engine, engines
from balai.catalogue.schema import FieldSpec, Page, Report, ServiceDefinition
from balai.catalogue.schema.form import is_group, is_upload
from balai.people import permissions
from balai.people.facts import FACTS


def check(service: ServiceDefinition) -> Iterator[Finding]:
    """Every fault of what is brought and what is done."""
    yield from _requirements(service)
    for table in ("return_reason", "reject_reason"):
        for position, code in repeated(reason.code for reason in getattr(service, table)):
            yield Finding((table, position, "code"), f'the reason "{code}" stands twice.')
    yield from _steps(service)
    yield from _fees(service)
    yield from _reports(service)
    yield from _engine(service)


def _requirements(service: ServiceDefinition) -> Iterator[Finding]:
    for position, name in repeated(each.id for each in service.requirement):
        yield Finding(("requirement", position, "id"), f'the requirement "{name}" stands twice.')
    known = {reason.code for reason in service.return_reason}
    for position, requirement in enumerate(service.requirement):
        for at, code in enumerate(requirement.reasons):
            if code not in known:
                sentence = (
                    f'the requirement names the reason "{code}", which is no return reason of this service.'
                )
                yield Finding(("requirement", position, "reasons", at), sentence)
        for at, fact in enumerate(requirement.facts):
            if fact not in FACTS:
                yield Finding(("requirement", position, "facts", at), f'no fact "{fact}".')


def _steps(service: ServiceDefinition) -> Iterator[Finding]:
    for position, name in repeated(step.id for step in service.step):
        yield Finding(("step", position, "id"), f'the step "{name}" stands twice.')
    # An engine declares the permissions of its acts; one that this town does not run has declared none.
    known = permissions.names() if _running(service) else frozenset()
    promised = {way for output in service.outputs for way in output.delivery}
    earlier: set[str] = set()
    for position, step in enumerate(service.step):
        if known and step.permission not in known:
            yield Finding(("step", position, "permission"), f'no permission "{step.permission}" exists.')
        if step.delivery is not None and step.delivery not in promised:
            sentence = f'no output is delivered by "{step.delivery}".'
            yield Finding(("step", position, "delivery"), sentence)
        for at, name in enumerate(step.after or ()):
            if name not in earlier:
                yield Finding(("step", position, "after", at), f'no step "{name}" stands before this one.')
        earlier.add(step.id)


def _fees(service: ServiceDefinition) -> Iterator[Finding]:
    known = {step.id for step in service.step}
    for position, fee in enumerate(service.fee):
        if fee.at is not None and fee.at not in known:
            yield Finding(("fee", position, "at"), f'no step "{fee.at}" takes this fee.')


def _reports(service: ServiceDefinition) -> Iterator[Finding]:
    """A report is held to what a form is held to, and belongs to a step."""
    for position, name in repeated(report.id for report in service.report):
        yield Finding(("report", position, "id"), f'the report "{name}" stands twice.')
    known = {report.id for report in service.report}
    for position, step in enumerate(service.step):
        if step.report is not None and step.report not in known:
            yield Finding(("step", position, "report"), f'no [[report]] has the id "{step.report}".')
    asked = {step.report for step in service.step}
    taken = {spec.id for spec in service.fields}
    for position, report in enumerate(service.report):
        if report.id not in asked:
            yield Finding(("report", position, "id"), f'no step fills in the report "{report.id}".')
        for at, page in enumerate(report.page):
            for place, spec in enumerate(page.field):
                path = ("report", position, "page", at, "field", place)
                if spec.id in taken:
                    yield Finding((*path, "id"), f'the field "{spec.id}" stands twice.')
                if is_group(spec):
                    yield Finding((*path, "kind"), "a report asks no rows: ask for a paragraph instead.")
                taken.add(spec.id)
        yield from _report_pages(service, position, report)


def _report_pages(service: ServiceDefinition, position: int, report: Report) -> Iterator[Finding]:
    """The checks of a form, on the pages of the report in its place; photos may stand among its questions."""
    pages = tuple(_without_uploads(page) for page in report.page)
    changes = {"page": pages, "requirement": (), "step": (), "outputs": (), "deadline": service.deadline}
    alone = ServiceDefinition.model_construct(**{**dict(service), **changes})
    for check in (fields.check, conditions.check):
        for found in check(alone):
            if found.path and found.path[0] == "page":
                yield Finding(("report", position, *found.path), found.sentence)


def _without_uploads(page: Page) -> Page:
    specs = tuple(
        FieldSpec(id=spec.id, kind="text", label=spec.label, when=spec.when) if is_upload(spec) else spec
        for spec in page.field
    )
    return page.model_copy(update={"field": specs})


def _running(service: ServiceDefinition) -> Engine | None:
    return next((engine for engine in engines() if engine.code == service.engine), None)


def _engine(service: ServiceDefinition) -> Iterator[Finding]:
    """A town that runs no such engine leaves the service out, so there is nobody to ask."""
    engine = _running(service)
    if engine is not None and not engine.runs_services:
        yield Finding(("engine",), f'no service stands on the engine "{engine.code}".')
    elif engine is not None:
        yield from _acts(service, engine)
        yield from _outputs(service, engine)
        for path, sentence in engine.faults(service):
            yield Finding(path, sentence)


def _outputs(service: ServiceDefinition, engine: Engine) -> Iterator[Finding]:
    if len(service.outputs) > engine.most_outputs:
        most = engine.most_outputs
        yield Finding(
            ("output", most), f'the engine "{engine.code}" makes {most} product of one application.'
        )
    for position, name in repeated(output.id for output in service.outputs):
        yield Finding(("output", position, "id"), f'the output "{name}" stands twice.')


def _acts(service: ServiceDefinition, engine: Engine) -> Iterator[Finding]:
    for position, step in enumerate(service.step):
        if engine.acts and step.act not in engine.acts:
            known = ", ".join(sorted(engine.acts))
            sentence = f'the engine "{engine.code}" knows no act "{step.act}"; it knows {known}.'
            yield Finding(("step", position, "act"), sentence)
