"""Fragments: shared tables put in by name, with their faults shown where they stand."""

from __future__ import annotations

from balai.catalogue.tests.conftest import SERVICE, Folder

PERSON = """# shared
[[page]]
id = "person"
title = "Orang"

[[page.field]]
id = "nik"
kind = "nik"
label = "NIK"

[[page.field]]
id = "phone"
kind = "phone"
label = "HP"
"""
USE = """[[page]]
use = "person"
title = "Anda"
omit = ["phone"]
[[page.field]]
id = "age"
kind = "number"
label = "Umur"

"""
USED = SERVICE.replace('[[page]]\nid = "one"', USE + '[[page]]\nid = "one"')


def test_fragment_is_put_in_changed_and_extended(folder: Folder) -> None:
    folder.write("_shared/person.toml", PERSON)
    folder.write("a/one/service.toml", USED)
    page = folder.service().page[0]
    assert (page.id, page.title, [spec.id for spec in page.field]) == ("person", "Anda", ["nik", "age"])


def test_fault_in_a_fragment_is_shown_in_its_own_file(folder: Folder) -> None:
    folder.write("_shared/person.toml", PERSON.replace('kind = "nik"', 'kind = "nikk"'))
    folder.write("a/one/service.toml", USED.replace('kind = "number"', 'kind = "numbr"'))
    places = [fault.split(": ")[0] for fault in folder.faults()]
    assert places == ["services/_shared/person.toml:8", "services/a/one/service.toml:37"]


def test_omitting_an_unknown_field_is_refused(folder: Folder) -> None:
    folder.write("_shared/person.toml", PERSON)
    folder.write("a/one/service.toml", USED.replace('omit = ["phone"]', 'omit = ["fax"]'))
    assert folder.faults() == [
        'services/a/one/service.toml:34: the fragment "person" has no field "fax" to omit.'
    ]


STEPS = """
[[step]]
id = "first"
act = "look"
title = "Satu"
permission = "testing.look"

[[step]]
id = "second"
act = "look"
title = "Dua"
permission = "testing.look"
"""


def test_whole_tables_are_omitted_from_a_fragment_that_holds_several(folder: Folder) -> None:
    folder.write("_shared/steps.toml", STEPS)
    use = '[[step]]\nuse = "steps"\nomit = ["{}"]\n\n[output]'
    folder.write("a/one/service.toml", SERVICE.replace("[output]", use.format("first")))
    assert [step.id for step in folder.service().step] == ["check", "second"]
    folder.write("a/one/service.toml", SERVICE.replace("[output]", use.format("third")))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [
        'the fragment "steps" has no [[step]] "third" to omit.'
    ]


def test_shared_reasons_stand_before_own_ones(folder: Folder) -> None:
    reason = 'code = "{}"\ntitle = "t"\nsentence = "s"\n'
    folder.write("_shared/reasons.toml", f"[[few.return_reason]]\n{reason.format('blurred')}")
    own = SERVICE.replace('office = "village"', 'office = "village"\nreasons = "few"')
    folder.write("a/one/service.toml", f"{own}\n[[return_reason]]\n{reason.format('other')}")
    assert [each.code for each in folder.service().return_reason] == ["blurred", "other"]


def test_reason_repeated_beside_the_shared_ones_is_refused(folder: Folder) -> None:
    reason = 'code = "blurred"\ntitle = "t"\nsentence = "s"\n'
    folder.write("_shared/reasons.toml", f"[[few.return_reason]]\n{reason}")
    own = SERVICE.replace('office = "village"', 'office = "village"\nreasons = "few"')
    folder.write("a/one/service.toml", f"{own}\n[[return_reason]]\n{reason}")
    (fault,) = folder.faults()
    assert fault.startswith("services/a/one/service.toml:") and fault.endswith(
        'the reason "blurred" stands twice.'
    )


def test_table_of_which_there_is_one_is_taken_and_changed(folder: Folder) -> None:
    folder.write("_shared/objection.toml", '[objection]\ndays = 30\noffice = "parent"\n')
    used = SERVICE.replace("[output]", '[objection]\nuse = "objection"\noffice = "head"\n\n[output]')
    folder.write("a/one/service.toml", used)
    objection = folder.service().objection
    assert objection is not None
    assert (objection.days, objection.office) == (30, "head")


def test_fault_in_a_single_shared_table_is_shown_where_it_stands(folder: Folder) -> None:
    folder.write("_shared/objection.toml", "[objection]\ndays = 0\n")
    used = SERVICE.replace("[output]", '[objection]\nuse = "objection"\n\n[output]')
    folder.write("a/one/service.toml", used)
    assert [fault.split(": ")[0] for fault in folder.faults()] == ["services/_shared/objection.toml:2"]
    folder.write("a/one/service.toml", used.replace('use = "objection"', 'use = "objections"'))
    assert [fault.partition(": ")[2] for fault in folder.faults()] == [
        "no fragment: _shared/objections.toml with a [objection] table."
    ]
