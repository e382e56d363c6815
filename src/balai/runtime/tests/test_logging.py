from __future__ import annotations

import io
import logging
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from balai.runtime.logging import LINE, RedactingFormatter
from balai.runtime.redaction import is_personal, redact

NIKS = st.from_regex(r"[1-9][0-9]{15}", fullmatch=True)
PHONES = st.from_regex(r"(\+62|62|0)8[1-9][0-9]{7,10}", fullmatch=True)
WORDS = st.sampled_from(["nik", "NIK", "nik=", "warga ", "(", "'", '"', "/lacak/", " ", "", "\n", "kk:"])
ENDS = st.sampled_from(["", " ", ")", "'", '"', ".", ",", "/", "\n", " dan"])


@given(WORDS, NIKS, ENDS)
def test_nik_is_taken_out_wherever_it_stands(before: str, nik: str, after: str) -> None:
    assert redact(before + nik + after) == f"{before}[16 angka]{after}"


@given(WORDS, PHONES, ENDS)
def test_phone_is_taken_out_wherever_it_stands(before: str, phone: str, after: str) -> None:
    assert redact(before + phone + after) == f"{before}[telepon]{after}"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("3505 1057 0895 0001", "[16 angka]"),
        ("3505.1057.0895.0001", "[16 angka]"),
        ("0812-3456-7801", "[telepon]"),
        ("+62 812 3456 7801", "[telepon]"),
        ("SKU-2026-4831-7762", "SKU-2026-4831-7762"),
        ("2026-11-21 17:51:47.123456", "2026-11-21 17:51:47.123456"),
        ("Rp1.500.000", "Rp1.500.000"),
    ],
)
def test_written_forms(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@given(st.uuids())
@example(uuid4())
def test_ids_stay_whole(value: object) -> None:
    assert redact(f"case {value} done") == f"case {value} done"
    assert is_personal(str(value)) is False


@given(st.binary(min_size=32, max_size=32))
def test_digests_between_hexadecimal_neighbours_stay_whole(digest: bytes) -> None:
    text = f"a{digest.hex()}f"
    assert redact(text) == text


@pytest.fixture
def lines() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(lines: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(lines)
    handler.setFormatter(RedactingFormatter(LINE))
    logger = logging.Logger("sample")
    logger.addHandler(handler)
    return logger


def test_arguments_and_traceback_are_redacted(log: logging.Logger, lines: io.StringIO) -> None:
    try:
        raise ValueError("nik 3505105708950001")
    except ValueError:
        log.exception("of %s", {"phone": "081234567801"})
    told = lines.getvalue()
    assert "3505105708950001" not in told
    assert "081234567801" not in told
    assert "ValueError: nik [16 angka]" in told
    assert "of {'phone': '[telepon]'}" in told


def test_records_are_redacted_for_every_other_handler_too(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("balai.sample").error("nik %s", "3505105708950001")
    assert [record.getMessage() for record in caplog.records] == ["nik [16 angka]"]


def test_request_for_another_host_leaves_no_line() -> None:
    assert not logging.getLogger("django.security.DisallowedHost").isEnabledFor(logging.ERROR)
