"""What becomes of BALAI_DATABASE_URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from balai.runtime.settings import RuntimeSettings, SettingsRefused
from config.databases import django_database, libpq_environment

URL = "postgresql://balai:s%40fe@db.example:5433/town?sslmode=verify-full&sslrootcert=/etc/ca.pem"


def test_everything_that_an_address_says_reaches_the_driver() -> None:
    database = django_database(RuntimeSettings(mode="test", database_url=URL))
    parts = [database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["town", "balai", "s@fe", "db.example", "5433"]
    assert database["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


def test_socket_folder_is_the_host() -> None:
    url = "postgresql://balai@/balai?host=/var/run/postgresql"
    database = django_database(RuntimeSettings(mode="test", database_url=url))
    assert (database["HOST"], database["NAME"], database["OPTIONS"]) == ("/var/run/postgresql", "balai", {})


def test_programs_of_postgresql_are_told_the_same() -> None:
    environment = libpq_environment(URL)
    assert (environment["PGSSLMODE"], environment["PGSSLROOTCERT"]) == ("verify-full", "/etc/ca.pem")
    assert environment["PGPASSWORD"] == "s@fe"


def test_town_without_an_address_has_a_file_in_its_folder(tmp_path: Path) -> None:
    database = django_database(RuntimeSettings(mode="test", data_dir=tmp_path))
    assert database["NAME"] == str(tmp_path / "balai.sqlite3")


def test_address_that_libpq_cannot_read_is_a_sentence_without_the_password() -> None:
    with pytest.raises(SettingsRefused, match="must look like") as refused:
        django_database(RuntimeSettings(mode="test", database_url="postgresql://balai:s3cret@[/town"))
    assert "s3cret" not in str(refused.value)
