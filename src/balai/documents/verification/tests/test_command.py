"""`./balai verify FILE.pdf`."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from balai.documents.verification.tests import book, oddities
from balai.documents.verification.tests.letters import plain, signed

pytestmark = pytest.mark.usefixtures("book")


def run(path: Path, *options: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    printed = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(path), *options, stdout=printed)
    return int(ended.value.code or 0), printed.getvalue()


def test_what_is_not_valid_ends_with_one_and_says_why_first(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(signed())
    code, printed = run(path)
    assert code == 1
    assert printed.splitlines()[0].startswith(
        "Tanda tangan atas nama Bambang Sutejo dari Desa Sawentar tidak"
    )


def test_what_cannot_be_checked_ends_with_two(tmp_path: Path) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(oddities.xref_loop())
    assert run(path)[0] == 2


def test_a_file_that_is_not_there_ends_with_two(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file") as refused:
        call_command("verify", str(tmp_path / "tidak-ada.pdf"))
    assert refused.value.returncode == 2


def test_machines_get_everything(tmp_path: Path) -> None:
    letter = book.publish(plain(), signature="wet")
    path = tmp_path / "surat.pdf"
    path.write_bytes(plain())
    code, printed = run(path, "--json")
    said = json.loads(printed)
    assert (code, said["outcome"], said["letter"]["code"]) == (1, "letter_printed", letter.verification_code)
