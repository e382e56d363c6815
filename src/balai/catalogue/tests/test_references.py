"""A requirement that names another service: refused with file and line unless that one issues a letter."""

from __future__ import annotations

from balai.catalogue.tests.conftest import SERVICE, Folder

REQUIREMENT = """
[[requirement]]
id = "statement"
title = "Surat keterangan"
kind = "letter"
service = "{}"
"""


def wanting(folder: Folder, service: str) -> list[str]:
    text = SERVICE.replace('slug = "surat-uji"', 'slug = "izin-uji"').replace('code = "UJI"', 'code = "IZN"')
    folder.add("b/two", text + REQUIREMENT.format(service))
    return folder.faults()


def test_letter_of_a_service_that_exists_is_taken(folder: Folder) -> None:
    assert wanting(folder, "a/one") == []


def test_letter_of_a_service_that_does_not_exist_is_refused_with_its_line(folder: Folder) -> None:
    (fault,) = wanting(folder, "a/none")
    line = len((folder.root / "b/two/service.toml").read_text().splitlines())
    assert fault == f'services/b/two/service.toml:{line}: there is no service "a/none".'
