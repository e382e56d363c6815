"""Case numbers, letter numbers, UUIDv7 and references."""

from __future__ import annotations

import os
import threading
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel import uuid7 as uuid7_module
from balai.kernel.case_number import check_digit, make_case_number, parse_case_number
from balai.kernel.errors import ValueRefused
from balai.kernel.letter_number import DEFAULT_PATTERN, check_pattern, render_number
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.kernel.tests.brief import brief
from balai.kernel.uuid7 import client_id_problem, compose, made_at, uuid7

NUMBERS = st.builds(
    make_case_number,
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6),
    st.integers(2020, 2099),
    st.text("0123456789", min_size=7, max_size=7),
)


def code_of(text: str) -> str | None:
    try:
        parse_case_number(text)
    except ValueRefused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("body", "check"), [("0794", "5"), ("", "1"), ("SKU20261234567", "8"), ("28203020261234567", "8")]
)
def test_check_digit_is_iso_7064_mod_11_10(body: str, check: str) -> None:
    """0794 takes 5 in the standard's own example; letters count as their two digits."""
    assert check_digit(body) == check


@brief
@given(NUMBERS)
def test_case_number_reads_back_however_it_is_typed(number: str) -> None:
    for typed in (number, number.lower(), number.replace("-", ""), f" {number.replace('-', ' – ')} "):
        assert parse_case_number(typed) == number


@brief
@given(NUMBERS, st.data())
def test_case_number_with_one_wrong_digit_is_found_out(number: str, data: st.DataObject) -> None:
    places = [at for at, character in enumerate(number) if character.isdigit()]
    at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    assert code_of(number[:at] + wrong + number[at + 1 :]) == "case_number.check"


def test_case_number_finds_out_nearly_every_swap_of_neighbours() -> None:
    found = swaps = 0
    for first in range(0, 10**7, 100_003):
        number = make_case_number("SKU", 2026, f"{first:07}")
        digits = number.replace("-", "")
        for at in range(3, len(digits) - 1):
            if digits[at] != digits[at + 1]:
                swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
                swaps += 1
                found += code_of(swapped) == "case_number.check"
    assert found / swaps > 0.97


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SKU",
        "SKU-2026-4831",
        "2026-4831-7762",
        "S-2026-4831-7762",
        "SKU-2026-4831-77621",
        "SKU-2O26-4831-7762",
    ],
)
def test_case_number_of_other_shape(text: str) -> None:
    assert code_of(text) == "case_number.shape"


@pytest.mark.parametrize(
    ("prefix", "year", "digits"),
    [("S", 2026, "1234567"), ("sku", 2026, "1234567"), ("SKU", 26, "1234567"), ("SKU", 2026, "123456")],
)
def test_make_case_number_refuses(prefix: str, year: int, digits: str) -> None:
    with pytest.raises(ValueError, match="needs 2 to 6 capitals"):
        make_case_number(prefix, year, digits)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (DEFAULT_PATTERN, "500.2.2.4/007/SWT/XI/2026"),
        ("{sequence}/{office}/{year}", "7/SWT/2026"),
        ("No {sequence:06}.{month}-{year}", "No 000007.11-2026"),
        ("{sequence:02}{sequence:03}{year}", "070072026"),
    ],
)
def test_render_number(pattern: str, number: str) -> None:
    rendered = render_number(
        pattern, sequence=7, classification="500.2.2.4", office_code="SWT", on=date(2026, 11, 21)
    )
    assert rendered == number


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "letter_number.sequence"),
        ("{year}", "letter_number.sequence"),
        ("{sequence}", "letter_number.year"),
        ("{sequence}/{year}/{village}", "letter_number.token"),
        ("{sequence:3}/{year}", "letter_number.token"),
        ("{sequence:09}/{year}", "letter_number.token"),
        ("{sequence}/{year}/{", "letter_number.token"),
        ("{sequence.__class__}/{year}", "letter_number.token"),
        ("{sequence}/{year}#", "letter_number.characters"),
        ("{sequence}/{year}" + "x" * 120, "letter_number.long"),
    ],
)
def test_check_pattern_refuses(pattern: str, code: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        check_pattern(pattern)
    assert refused.value.code == code


def test_render_number_counts_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        render_number(DEFAULT_PATTERN, sequence=0, classification="500", office_code="X", on=date(2026, 1, 1))


@brief
@given(st.lists(st.integers(1, 99_999), unique=True, min_size=2, max_size=20))
def test_numbers_of_one_year_differ(sequences: list[int]) -> None:
    rendered = {
        render_number(DEFAULT_PATTERN, sequence=n, classification="500", office_code="X", on=date(2026, 1, 1))
        for n in sequences
    }
    assert len(rendered) == len(sequences)


def test_uuid7_has_version_variant_and_time() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    made = uuid7()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made_at(made) <= datetime.now(UTC) + timedelta(milliseconds=5)


def test_compose_gives_the_example_of_rfc_9562() -> None:
    random = 0xCC3 << 62 | 0x18C4DC0C0C07398F
    assert compose(0x017F22E279B0, random) == uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


def test_uuid7_rises_within_one_millisecond_and_when_the_clock_steps_back() -> None:
    sequence = uuid7_module._Sequence()
    ids = [compose(*sequence.next(ms)) for ms in (1000, 1000, 1000, 900, 1001, 5)]
    assert all(earlier < later for earlier, later in pairwise(ids))


def test_uuid7_borrows_a_millisecond_when_the_count_overflows() -> None:
    sequence = uuid7_module._Sequence()
    sequence.milliseconds, sequence.random = 1000, (1 << 74) - 1
    assert sequence.next(1000)[0] == 1001


def test_uuid7_of_threads_never_meet() -> None:
    made: list[uuid.UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000


def test_uuid7_of_a_forked_process_does_not_continue_its_parents() -> None:
    uuid7()
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write_end, str(uuid7_module._sequence.milliseconds).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert (os.read(read_end, 20), uuid7_module._sequence.milliseconds > 0) == (b"0", True)
    os.close(read_end)
    os.close(write_end)


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shift", "problem"),
    [
        (timedelta(0), None),
        (timedelta(hours=24), None),
        (timedelta(hours=24, milliseconds=1), "id.time"),
        (-timedelta(days=366), None),
        (-timedelta(days=366, milliseconds=1), "id.time"),
    ],
)
def test_client_id_problem_by_time(shift: timedelta, problem: str | None) -> None:
    milliseconds = round((NOW + shift).timestamp() * 1000)
    assert client_id_problem(compose(milliseconds, 1), NOW) == problem


@pytest.mark.parametrize("value", [uuid.UUID(int=0), uuid.UUID(int=2**128 - 1), uuid.uuid4(), uuid.uuid1()])
def test_client_id_problem_by_version(value: uuid.UUID) -> None:
    assert client_id_problem(value, NOW) == "id.version"


def test_references_are_plain_values() -> None:
    assert Actor("citizen", "1", "Siti A.") == Actor("citizen", "1", "Siti A.")
    assert (SYSTEM.kind, SYSTEM.name) == ("system", "Sistem")
    assert Subject("cases.case", "1").name == ""


@pytest.mark.parametrize("label", ["", "case", "Cases.case", "cases.", "cases.case.x"])
def test_subject_refuses_label(label: str) -> None:
    with pytest.raises(ValueError, match=r"package\.thing"):
        Subject(label, "1")


def test_actor_refuses_unknown_kind() -> None:
    with pytest.raises(ValueError, match="unknown actor kind"):
        Actor("robot", "1", "R2")


def test_value_refused_keeps_code_and_parameters_only() -> None:
    refused = ValueRefused("name.long", longest=100)
    assert (str(refused), refused.code, refused.params) == ("name.long", "name.long", {"longest": 100})
