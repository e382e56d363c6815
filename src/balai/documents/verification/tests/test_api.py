"""Checking for machines."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from balai.documents.verification.held import HeldFile
from balai.documents.verification.tests import book
from balai.documents.verification.tests.letters import plain, signed

pytestmark = pytest.mark.usefixtures("book")


def send(content: bytes) -> Any:
    file = BytesIO(content)
    file.name = "surat.pdf"
    return Client().post("/api/v1/verify", {"file": file})


def test_a_file_is_answered_with_stable_codes() -> None:
    letter = book.publish(plain(), signature="wet")
    answer = send(plain())
    said = answer.json()
    assert answer.status_code == 200
    assert (said["outcome"], said["standing"], said["signatures"]) == ("letter_printed", "not", [])
    with HeldFile.of(plain()) as held:
        assert (said["sha256"], said["size"], said["pages"]) == (held.sha256, len(plain()), 2)
    assert (said["letter"]["code"], said["letter"]["is_whole"]) == (letter.verification_code, True)
    assert book.HOLDER not in answer.content.decode()


def test_a_signature_is_answered_with_all_its_facts() -> None:
    (found,) = send(signed()).json()["signatures"]
    assert (found["signer"], found["chain"], found["after"], found["level"]) == (
        "Bambang Sutejo",
        "untrusted",
        "nothing",
        "PAdES B-B",
    )


def test_no_file_is_refused_in_the_one_shape() -> None:
    answer = Client().post("/api/v1/verify", {})
    assert answer.status_code == 422
    assert answer.json()["code"] == "runtime.unfit"


def test_a_code_is_answered_or_not_found() -> None:
    letter = book.publish(signed())
    answer = Client().get(f"/api/v1/verify/{letter.verification_code}")
    assert (answer.status_code, answer.json()["state"]) == (200, "valid")
    assert Client().get("/api/v1/verify/AAAA1111BBBB").status_code == 404
