from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from balai.runtime.settings import PROJECT
from config.refusals import Refused
from config.start import chosen_settings, main, only_town
from config.webserver import open_listener


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_options_become_settings(tmp_path: Path) -> None:
    chosen = chosen_settings(["--government", "3575-kota-pasuruan", "--data", str(tmp_path)], {})
    assert chosen == {
        "BALAI_GOVERNMENT": "3575-kota-pasuruan",
        "BALAI_DATA_DIR": str(tmp_path),
        "BALAI_PUBLIC_URL": "http://127.0.0.1:8000",
    }


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["--port", "8123"], "http://127.0.0.1:8123"),
        (["--host", "0.0.0.0"], "http://127.0.0.1:8000"),
        (["--host", "10.0.0.7", "--port", "80"], "http://10.0.0.7:80"),
    ],
)
def test_a_demo_towns_address_follows_where_it_listens(arguments: list[str], address: str) -> None:
    assert chosen_settings(arguments, {})["BALAI_PUBLIC_URL"] == address


def test_an_address_that_was_set_stays() -> None:
    chosen = chosen_settings(["--port", "8123"], {"BALAI_PUBLIC_URL": "https://balai.example"})
    assert chosen == {"BALAI_PORT": "8123"}


def test_production_is_given_no_address() -> None:
    assert chosen_settings(["--port", "8123"], {"BALAI_MODE": "production"}) == {"BALAI_PORT": "8123"}


def test_a_busy_port_is_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"^Port {port} is in use by another program. Choose another: "):
            open_listener("127.0.0.1", port)


def test_an_address_of_another_machine_is_a_sentence() -> None:
    with pytest.raises(Refused, match=r"^Balai can not listen on 192.0.2.1: "):
        open_listener("192.0.2.1", 8000)


def test_two_towns_on_one_folder_are_refused(tmp_path: Path) -> None:
    with (
        only_town(tmp_path),
        pytest.raises(Refused, match=r"^A town is running on .* already"),
        only_town(tmp_path),
    ):
        pass


def test_a_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    with only_town(tmp_path):
        pass
    with only_town(tmp_path):
        pass


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    with only_town(tmp_path / "town"):
        assert (tmp_path / "town").stat().st_mode & 0o777 == 0o700


def test_what_a_town_writes_is_its_owners_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALAI_PORT", "seventy")
    assert main([]) == 2
    assert os.umask(0o022) == 0o077


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BALAI_MODE", "production", "BALAI_PUBLIC_URL"),
        ("BALAI_PORT", "seventy", "BALAI_PORT"),
        ("BALAI_PROT", "8000", "BALAI_PROT"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    name: str,
    value: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["--data", str(tmp_path / "town")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "town").exists()


def test_a_government_that_is_not_there_is_refused_with_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--government", "3604-serang", "--data", str(tmp_path / "town")]) == 2
    said = capsys.readouterr().err
    assert said.startswith('There is no government "3604-serang". There are: 2172-kota-tanjungpinang, ')
    assert "_shared" not in said
    assert not (tmp_path / "town").exists()


def test_another_government_keeps_its_data_beside_those_of_the_default() -> None:
    chosen = chosen_settings(["--government", "3604-kab-serang"], {})
    assert chosen["BALAI_DATA_DIR"] == str(PROJECT / "var-3604-kab-serang")


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [
        (["--government", "3505-kab-blitar"], {}),
        (["--government", "3604-kab-serang"], {"BALAI_DATA_DIR": "/srv/balai"}),
        (["--government", "3604-kab-serang"], {"BALAI_DATABASE_URL": "postgresql://balai@/balai"}),
        (["--government", "3604-kab-serang"], {"BALAI_MODE": "production"}),
        ([], {}),
    ],
)
def test_a_data_folder_that_was_chosen_stays(arguments: list[str], environ: dict[str, str]) -> None:
    assert "BALAI_DATA_DIR" not in chosen_settings(arguments, environ)
