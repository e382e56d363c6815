"""The real services: sound, and every example of each comes out as it says (house rule 8)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest

from balai.catalogue import engine, loader
from balai.catalogue.checking import all_faults
from balai.catalogue.examples import lines_of_example, read_examples, render_example
from balai.catalogue.running import SERVICES
from balai.catalogue.schema import Example, ServiceDefinition
from balai.catalogue.schema_export import example_schema, service_schema
from balai.catalogue.tests.conftest import Folder
from balai.documents.tests.papers import pages_of
from balai.runtime.settings import PROJECT

READING = loader.read(SERVICES)


def _cases() -> Iterator[tuple[ServiceDefinition, Example]]:
    for service in READING.definitions:
        for example, _ in read_examples(SERVICES / service.id, service.id)[0]:
            yield service, example


CASES = list(_cases())
IDS = [f"{service.id}/{example.name}" for service, example in CASES]


def is_good(example: Example) -> bool:
    """Whether the answers are to be taken."""
    return not example.expect.errors and example.expect.valid is not False


LETTERS = [case for case in CASES if case[0].output.kind == "letter" and is_good(case[1])]


def test_the_real_catalogue_has_no_fault_and_every_example_comes_out_as_it_says() -> None:
    # Letters are set by the next test, once each.
    assert all_faults(SERVICES, letters=False) == []


@pytest.mark.parametrize(
    ("service", "example"), LETTERS, ids=[f"{service.id}/{example.name}" for service, example in LETTERS]
)
def test_letter_of_example_is_set_and_says_what_it_must(service: ServiceDefinition, example: Example) -> None:
    pages = pages_of(render_example(service, example))
    text = " ".join(pages)
    assert [line for line in example.expect.letter_contains if line not in text] == []
    assert len(pages) == 1 or not example.expect.letter_contains


def test_letter_that_does_not_say_what_was_expected_is_a_fault(folder: Folder) -> None:
    example = 'title = "x"\n[answers]\nwho = "Budi"\nhas_child = false\n[expect]\nletter_contains = ["{}"]\n'
    folder.write("a/one/letter.typ", "#let given = json(bytes(sys.inputs.data))\n#given.who\n")
    folder.write("a/one/examples/good.toml", example.format("Budi"))
    folder.write("a/one/examples/bad.toml", example.format("Ani"))
    found = [str(fault) for fault in all_faults(folder.root) if "letter" in fault.sentence]
    assert found == ['services/a/one/examples/bad.toml:6: the letter does not say "Ani".']


def test_faulty_definition_is_told_and_its_examples_are_not_walked(folder: Folder) -> None:
    definition = (folder.root / "a/one/service.toml").read_text()
    folder.write("a/one/service.toml", definition.replace('kind = "name"', 'kind = "alamat"', 1))
    found = [str(fault) for fault in all_faults(folder.root) if fault.file.startswith("services/a/one/")]
    assert [("no field kind" in each, "service.toml:" in each) for each in found] == [(True, True)]


@pytest.mark.parametrize(
    ("service_id", "mark"),
    [
        ("village/land-ownership", "Meterai Rp10.000"),
        ("village/unmarried-statement", "Meterai Rp10.000"),
        ("village/spouse-death-statement", "Model N6"),
    ],
)
def test_paper_shows_what_is_not_read_out(service_id: str, mark: str) -> None:
    """The place of a stamp and the name of a form are marks on the paper, no part of what the letter says."""
    service, example = next(each for each in CASES if (each[0].id, each[1].name) == (service_id, "ordinary"))
    assert mark in " ".join(pages_of(render_example(service, example)))


def test_every_letter_is_read_out_on_a_small_screen() -> None:
    good = {service.id: (service, example) for service, example in LETTERS}
    assert [name for name, case in good.items() if not lines_of_example(*case)] == []
    assert len(good) > 27


@pytest.mark.django_db
@pytest.mark.parametrize(("service", "example"), CASES, ids=IDS)
def test_example_runs_through_its_engine(service: ServiceDefinition, example: Example) -> None:
    for each in engine.engines():
        if each.code == service.engine:
            assert list(each.run_example(service, example)) == []


def test_applicant_stands_once() -> None:
    own = [file for file in SERVICES.rglob("service.toml") if 'id = "marital_status"' in file.read_text()]
    assert own == []


def test_wrong_expectation_of_an_example_is_a_fault_with_its_line(folder: Folder) -> None:
    example = 'title = "x"\n[answers]\nwho = "{}"\nhas_child = false\n[expect]\ndue_in_working_days = {}\n'
    folder.write("a/one/letter.typ", "#let given = json(bytes(sys.inputs.data))\n#given.who\n")
    folder.write("a/one/examples/good.toml", example.format("Budi", 1))
    folder.write("a/one/examples/bad.toml", example.format("R2D2", 1))
    folder.write("a/one/examples/late.toml", example.format("Budi", 3))
    assert [str(fault) for fault in all_faults(folder.root)] == [
        'services/a/one/examples/bad.toml:3: "who": expected no fault, got name.characters.',
        "services/a/one/examples/late.toml:6: is due in 1 working_days, not in 3 working_days.",
    ]


def test_letter_that_cannot_be_set_is_a_fault(folder: Folder) -> None:
    example = 'title = "x"\n[answers]\nwho = "Budi"\nhas_child = false\n'
    folder.write("a/one/letter.typ", "#strong(\n")
    folder.write("a/one/examples/a.toml", example)
    folder.write("a/one/examples/b.toml", example)
    sentences = [fault.sentence for fault in all_faults(folder.root)]
    assert [sentence.partition(":")[0] for sentence in sentences] == [
        "the letter cannot be set from letter.typ"
    ] * 2


def test_service_with_one_example_is_a_fault(folder: Folder) -> None:
    folder.write("a/one/examples/a.toml", 'title = "x"\n[answers]\nwho = "Budi"\nhas_child = false\n')
    assert [str(fault) for fault in all_faults(folder.root)] == [
        "services/a/one/examples:1: a service needs two examples: an ordinary one and an edge."
    ]


def test_schemas_for_editors_take_the_real_files() -> None:
    def plain(file: Path) -> object:
        return _without_dates(tomllib.loads(file.read_text()))

    services = jsonschema.Draft202012Validator(service_schema())
    examples = jsonschema.Draft202012Validator(example_schema())
    for service in READING.definitions:
        folder = SERVICES / service.id
        # `engine` is a closed list of this run's engines; an engine that is switched off is not in it.
        data = {**plain(folder / "service.toml"), "engine": "testing"}  # type: ignore[dict-item]  # plain TOML
        errors = [error for error in services.iter_errors(data) if "permission" not in error.json_path]
        assert [error.json_path for error in errors if not error.json_path.startswith("$.step")] == []
        assert all(examples.is_valid(plain(file)) for file in folder.glob("examples/*.toml"))


def _without_dates(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_dates(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _without_closed_lists(schema: dict[str, object]) -> object:
    """Engines, acts and permissions depend on what runs; the committed schema is compared without them."""
    text = json.loads(json.dumps(schema))
    text["properties"].get("engine", {}).pop("enum", None)
    for key in ("act", "permission"):
        text.get("$defs", {}).get("Step", {}).get("properties", {}).get(key, {}).pop("enum", None)
    for entry in text["properties"].get("step", {}).get("items", {}).get("anyOf", []):
        for key in ("act", "permission"):
            entry.get("properties", {}).get(key, {}).pop("enum", None)
    return text


@pytest.mark.parametrize(("name", "made"), [("service", service_schema), ("example", example_schema)])
def test_committed_schemas_are_those_of_the_models(name: str, made: Callable[[], dict[str, object]]) -> None:
    committed = json.loads((PROJECT / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))
    assert _without_closed_lists(committed) == _without_closed_lists(made())
