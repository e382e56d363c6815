"""The worked examples of a service: read, and walked through form and letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path as FilePath

from pydantic import ValidationError

from balai.catalogue.at_home import at_home, sample_office
from balai.catalogue.faults import CatalogueRefused, Fault, pydantic_faults
from balai.catalogue.forms import FormErrors, clean_answers, clean_found, letter_data
from balai.catalogue.schema import Example, ServiceDefinition
from balai.catalogue.source import Source, read_source
from balai.documents import compact, rendering, sources
from balai.documents.actions import Signer
from balai.documents.errors import RenderFailed, TemplateRefused
from balai.government import current
from balai.kernel.dates import add_months, format_date
from balai.kernel.toml_lines import Path
from balai.people.today import local_today

FOLDER = "examples"
FEWEST = 2


def read_examples(folder: FilePath, label: str) -> tuple[list[tuple[Example, Source]], list[Fault]]:
    """The examples of one service folder in order of their names, and the faults of those that are none."""
    found: list[tuple[Example, Source]] = []
    faults: list[Fault] = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            source = read_source(file, f"{label}/{FOLDER}/{file.name}")
            found.append((Example.model_validate({**at_home(source.data), "name": file.stem}), source))
        except CatalogueRefused as refused:
            faults += refused.faults
        except ValidationError as error:
            faults += [source.fault(path, sentence) for path, sentence in pydantic_faults(error)]
    if len(found) + len(faults) < FEWEST:
        faults.append(
            Fault(f"{label}/{FOLDER}", 1, "a service needs two examples: an ordinary one and an edge.")
        )
    return found, faults


def walk(service: ServiceDefinition, example: Example, *, letters: bool = True) -> Iterator[tuple[Path, str]]:
    """(path in the example, English sentence) for each thing that comes out otherwise than expected.

    Setting its letter takes most of the time; `letters` may leave that out.
    """
    day = example.filed_on or local_today()
    try:
        answers = clean_answers(service, example.answers, today=day)
    except FormErrors as refused:
        yield from _unexpected_errors(
            example, {name: faults[0].code for name, faults in refused.errors.items()}
        )
        return
    yield from _unexpected_errors(example, {})
    if example.expect.errors or example.expect.valid is False:
        return
    yield from _unexpected_process(service, example, answers, day)
    try:
        clean_found(service, example.report, today=day)
    except FormErrors as refused:
        for name, faults in refused.errors.items():
            yield ("report", name), f'"{name}" of the report is refused: {faults[0].code}.'
        return
    if letters and service.output.kind == "letter":
        yield from _unexpected_letter(service, example)


def _unexpected_letter(service: ServiceDefinition, example: Example) -> Iterator[tuple[Path, str]]:
    try:
        render_example(service, example)
    except (RenderFailed, TemplateRefused) as failed:
        yield ("answers",), f"the letter cannot be set from {service.output.template}: {failed}"
        return
    if example.expect.letter_contains:
        said = _plain(" ".join(lines_of_example(service, example)))
        for wanted in example.expect.letter_contains:
            if _plain(wanted) not in said:
                yield ("expect", "letter_contains"), f'the letter does not say "{wanted}".'


def _plain(text: str) -> str:
    """Without what only serves the setting: places where a line may break, more than one blank."""
    return " ".join(text.replace("\u200b", "").split())


def render_example(service: ServiceDefinition, example: Example) -> bytes:
    """The letter of a good example as PDF, with invented number and signer.

    Raises RenderFailed, TemplateRefused, and FormErrors for answers that are not good.
    """
    return rendering.render(*_given(service, example))


def lines_of_example(service: ServiceDefinition, example: Example) -> list[str]:
    """The same as lines for a small screen or a reader; empty where the letter cannot be read out."""
    return rendering.read_out(*_given(service, example))


def picture_example(service: ServiceDefinition, example: Example) -> bytes:
    """The same as a PNG, all pages under each other."""
    return rendering.picture(*_given(service, example))


def _given(
    service: ServiceDefinition, example: Example
) -> tuple[Mapping[str, str], Mapping[str, object], str]:
    day = example.filed_on or local_today()
    files = sources.checked(service.files, service.output.template or "")
    answers = clean_answers(service, example.answers, today=day)
    found = clean_found(service, example.report, today=day)
    months = service.output.valid_months
    facts = rendering.letter_facts(
        title=service.output.title,
        number="000/CONTOH",
        dated_on=day,
        valid_until_on=add_months(day, months) if months else None,
    )
    # As it will go out: an electronic signature takes more room than one in ink, and says what it is.
    facts |= {"signature": service.output.signature, "is_trial": True}
    data = {**letter_data(service, answers, found), **_sample_facts(service, day), "letter": facts}
    return files, data, service.output.template or ""


def _sample_facts(service: ServiceDefinition, day: date) -> dict[str, object]:
    town, office = current(), sample_office(service.office)
    return {
        "government": {"name": town.name, "short_name": town.short_name, "kind": town.kind},
        "office": {
            "name": office["name"],
            "kind": office["kind"],
            "place": "Contoh",
            "lines": office["lines"],
            "address": "Jalan Contoh No. 1",
            "contact": "",
        },
        "signer": asdict(Signer(name="Nama Contoh", title=office["head"])),
        "case": {"number": "XXX-0000-0000-0000", "filed_on": format_date(day)},
        **compact.sample_facts(),
    }


def _unexpected_errors(example: Example, errors: dict[str, str]) -> Iterator[tuple[Path, str]]:
    expect = example.expect
    if expect.valid is False and not errors:
        yield ("expect",), "the answers were expected to be refused, and are good."
    if expect.valid is not False or expect.errors:
        for name in sorted(set(errors) | set(expect.errors)):
            got, wanted = errors.get(name, "no fault"), expect.errors.get(name, "no fault")
            if got != wanted:
                path: Path = ("expect", "errors", name) if name in expect.errors else _place_of(name)
                yield path, f'"{name}": expected {wanted}, got {got}.'


def _place_of(name: str) -> Path:
    """Where an answer stands in an example; "heirs.0.name" is in the first row of a group."""
    steps = (int(step) if step.isdecimal() else step for step in name.split("."))
    return ("answers", *steps)


def _unexpected_process(
    service: ServiceDefinition, example: Example, answers: dict[str, object], day: date
) -> Iterator[tuple[Path, str]]:
    expect = example.expect
    if expect.asks_for is not None:
        asked = tuple(each.id for each in service.requirements_for(answers, day))
        if asked != expect.asks_for:
            yield ("expect", "asks_for"), f"asks for {_named(asked)}; expected was {_named(expect.asks_for)}."
    if expect.due_in_working_days is not None:
        deadline = service.deadline_on(day, answers)
        if (deadline.amount, deadline.unit) != (expect.due_in_working_days, "working_days"):
            yield (
                ("expect", "due_in_working_days"),
                f"is due in {deadline.amount} {deadline.unit},"
                f" not in {expect.due_in_working_days} working_days.",
            )


def _named(ids: Iterable[str]) -> str:
    return ", ".join(ids) or "nothing"
