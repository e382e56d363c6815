"""What an author sees while she writes: over real HTTP, from a folder of her own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from balai.catalogue.running import SERVICES
from balai.portal.preview.author import Author
from balai.portal.preview.server import serving

SERVICE = "village/business-statement"
Ask = Callable[[str], tuple[HTTPResponse, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of one service and what it shares."""
    copied = tmp_path / "services"
    for name in ("_shared", SERVICE):
        shutil.copytree(SERVICES / name, copied / name)
    return copied


@pytest.fixture
def ask(folder: Path) -> Iterator[Ask]:
    """Call it with a path: the answer, and its words."""
    server = serving(Author(folder, SERVICE), 0)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def get(path: str) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        words = answer.read().decode(errors="replace")
        connection.close()
        return answer, words

    yield get
    server.shutdown()
    server.server_close()
    thread.join()


def change(folder: Path, old: str, new: str) -> None:
    """Save the definition with other words."""
    file = folder / SERVICE / "service.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_page_shows_form_steps_and_letter_with_an_examples_answers(ask: Ask) -> None:
    page = ask("/?example=single-name-and-apostrophe")[1]
    assert 'value="Cukur #1 D&#x27;Potong $hop"' in page
    assert "Sekretaris membaca dan memaraf surat" in page
    assert 'src="/letter.png?example=single-name-and-apostrophe' in page
    answer, picture = ask("/letter.png?example=single-name-and-apostrophe")
    assert (answer.status, answer.getheader("Content-Type"), picture[1:4]) == (200, "image/png", "PNG")


def test_page_follows_a_saved_file(ask: Ask, folder: Path) -> None:
    before = ask("/version")[1]
    change(folder, 'label = "Nama usaha"', 'label = "Nama warung"')
    assert ask("/version")[1] != before
    assert "Nama warung" in ask("/")[1]


def test_fault_is_told_with_file_and_line_and_the_last_sound_version_stays(ask: Ask, folder: Path) -> None:
    ask("/")
    change(folder, 'kind = "choice"', 'kind = "multiple"')
    page = ask("/")[1]
    before, _, _ = (folder / SERVICE / "service.toml").read_text(encoding="utf-8").partition('"multiple"')
    line = before.count("\n") + 1
    assert f"services/{SERVICE}/service.toml:{line}</code>" in page
    assert "Di bawah ini keadaan terakhir yang bisa dibaca." in page
    assert "Bidang usaha" in page


def test_letter_that_cannot_be_set_is_a_fault_and_no_picture(ask: Ask, folder: Path) -> None:
    letter = folder / SERVICE / "letter.typ"
    letter.write_text(letter.read_text(encoding="utf-8") + "\n#panic()\n", encoding="utf-8")
    assert "the letter cannot be set" in ask("/")[1]
    assert ask("/letter.png")[0].status == 404


def test_example_that_is_to_be_refused_fills_nothing_in(ask: Ask) -> None:
    page = ask("/?example=faults")[1]
    assert "Jawaban contoh ini ditolak" in page
    assert "letter.png" not in page


def test_styles_and_scripts_come_from_the_preview_alone(ask: Ask) -> None:
    answer, _page = ask("/")
    assert answer.getheader("Content-Security-Policy") == "default-src 'self'; img-src 'self' data:"
    assert [ask(path)[0].status for path in ("/preview.css", "/preview.js", "/etc/passwd")] == [200, 200, 404]


def test_unknown_service_is_refused_with_those_that_exist(folder: Path) -> None:
    with pytest.raises(CommandError, match=f"There is no services/village/none.*{SERVICE}"):
        call_command("catalogue_preview", "village/none", services=folder, stdout=StringIO())
