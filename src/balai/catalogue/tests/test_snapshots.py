"""A case finishes under the definition it was filed with, whatever happens to the files."""

from __future__ import annotations

import pytest

from balai.catalogue import actions, queries
from balai.catalogue.models import Definition
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.tests.conftest import LETTER, SERVICE, Folder
from balai.runtime.errors import NotFound

pytestmark = pytest.mark.django_db


def test_snapshot_comes_back_whole(folder: Folder) -> None:
    service = folder.service()
    row = actions.snapshot(service=service)
    back = queries.definition(row.sha256)
    assert back == service
    assert (back.content_hash, row.service_id) == (service.content_hash, "a/one")


def test_same_content_makes_one_row(folder: Folder) -> None:
    first, second = actions.snapshot(service=folder.service()), actions.snapshot(service=folder.service())
    assert (first.pk, Definition.objects.count()) == (second.pk, 1)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a/one/letter.typ", LETTER + "Tambahan."),
        ("a/one/help.md", "Lain."),
        ("_shared/head.typ", "#let given = (:)\n"),
        ("a/one/service.toml", SERVICE.replace("amount = 1", "amount = 2")),
    ],
)
def test_any_change_makes_another_snapshot(folder: Folder, path: str, text: str) -> None:
    before = folder.service().content_hash
    folder.write(path, text)
    assert folder.service().content_hash != before


def test_old_snapshot_survives_a_change_of_the_files(folder: Folder) -> None:
    row = actions.snapshot(service=folder.service())
    folder.write("a/one/service.toml", SERVICE.replace('title = "Surat uji"', 'title = "Surat baru"'))
    folder.write("a/one/letter.typ", "baru")
    old = queries.definition(row.sha256)
    assert (folder.service().title, old.title, old.files["letter.typ"]) == ("Surat baru", "Surat uji", LETTER)


def test_order_of_keys_changes_no_hash(folder: Folder) -> None:
    before = folder.service().content_hash
    folder.write(
        "a/one/service.toml", SERVICE.replace('code = "UJI"\n', "").replace("slug", 'code = "UJI"\nslug')
    )
    assert folder.service().content_hash == before


def test_definition_is_read_from_the_database_once(folder: Folder, django_assert_num_queries: object) -> None:
    row = actions.snapshot(service=folder.service())
    queries.definition(row.sha256)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture
        assert isinstance(queries.definition(row.sha256), ServiceDefinition)


def test_unknown_hash_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.definition("0" * 64)
