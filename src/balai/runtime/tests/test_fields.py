from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from balai.runtime.crypto import SealBroken
from balai.runtime.fields import Sealed, SealedJSONField, SealedTextField

pytestmark = pytest.mark.django_db

NIK = "3505105708950001"


@pytest.fixture
def secret() -> Iterator[type[models.Model]]:
    """A model with sealed columns, and its table for the length of the test."""
    with isolate_apps("balai.runtime"):

        class Secret(models.Model):
            nik = SealedTextField(null=True)
            kk = SealedTextField(null=True)
            answers = SealedJSONField(null=True)

            class Meta:
                app_label = "runtime"

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE runtime_secret (id bigint PRIMARY KEY, nik text, kk text, answers text)")
    yield Secret
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE runtime_secret")


def stored(column: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM runtime_secret")  # noqa: S608 (names from this file)
        return cursor.fetchone()[0]


def test_column_holds_ciphertext_and_attribute_opens(secret) -> None:
    secret.objects.create(id=1, nik=NIK)
    assert stored("nik").startswith("s1.")
    assert NIK not in stored("nik")
    assert secret.objects.get().nik.clear == NIK


def test_json_comes_back_as_it_was(secret) -> None:
    answers = {"nama": "Siti", "anak": [1, None, True]}
    secret.objects.create(id=1, answers=answers)
    assert secret.objects.get().answers.clear == answers


def test_null_stays_null(secret) -> None:
    secret.objects.create(id=1)
    row = secret.objects.get()
    assert (row.nik, row.answers) == (None, None)
    assert stored("nik") is None
    assert secret.objects.filter(nik__isnull=True).count() == 1


def test_assigned_value_is_sealed_at_once(secret) -> None:
    row = secret(id=1, nik=NIK)
    assert isinstance(row.nik, Sealed)
    assert row.nik.clear == NIK


def test_saving_an_unchanged_row_does_not_reseal(secret) -> None:
    secret.objects.create(id=1, nik=NIK)
    before = stored("nik")
    secret.objects.get().save()
    assert stored("nik") == before


def test_value_moves_between_columns_by_assigning_the_sealed(secret) -> None:
    row = secret.objects.create(id=1, nik=NIK)
    row.kk = row.nik
    row.save()
    assert secret.objects.get().kk.clear == NIK
    assert stored("kk") != stored("nik")


def test_ciphertext_copied_to_another_column_does_not_open(secret) -> None:
    secret.objects.create(id=1, nik=NIK)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE runtime_secret SET kk = nik")
    with pytest.raises(SealBroken):
        _ = secret.objects.get().kk.clear


def test_changing_the_decoded_json_changes_nothing_until_assigned(secret) -> None:
    row = secret.objects.create(id=1, answers={"a": 1})
    row.answers.clear["a"] = 2
    assert row.answers.clear == {"a": 1}
    row.answers = {**row.answers.clear, "a": 2}
    row.save()
    assert secret.objects.get().answers.clear == {"a": 2}


def test_updating_through_a_queryset_seals(secret) -> None:
    secret.objects.create(id=1)
    secret.objects.update(nik=NIK)
    assert NIK not in stored("nik")
    assert secret.objects.get().nik.clear == NIK


def test_looking_up_by_value_is_refused(secret) -> None:
    with pytest.raises(FieldError, match="keyed hash"):
        secret.objects.filter(nik=NIK)


def test_deferred_column_is_fetched_when_read(secret) -> None:
    secret.objects.create(id=1, nik=NIK)
    assert secret.objects.only("id").get().nik.clear == NIK


def test_printing_shows_nothing(secret) -> None:
    row = secret(id=1, nik=NIK)
    assert f"{row.nik} {row.nik!r}" == "•••• <Sealed runtime.secret.nik>"


def test_pickle_and_copy_carry_ciphertext_only(secret) -> None:
    sealed = secret(id=1, nik=NIK).nik
    assert NIK.encode() not in pickle.dumps(sealed)
    assert pickle.loads(pickle.dumps(sealed)) == sealed  # noqa: S301 (our own bytes)
    assert copy.deepcopy(sealed) == sealed


def test_emptiness_and_equality_go_by_the_clear_value(secret) -> None:
    assert not secret(id=1, nik="").nik
    assert not secret(id=1, answers={}).answers
    assert secret(id=1, nik=NIK).nik == secret(id=2, nik=NIK).nik
    assert secret(id=1, nik=NIK).nik != NIK


def test_other_types_are_refused(secret) -> None:
    with pytest.raises(TypeError, match=r"runtime\.secret\.nik"):
        secret(id=1, nik=3505105708950001)


def test_given_context_survives_in_migrations(secret) -> None:
    field = SealedTextField(context="people.old.name")
    assert field.deconstruct()[3] == {"context": "people.old.name"}
    assert secret._meta.get_field("nik").deconstruct()[3] == {"null": True}
