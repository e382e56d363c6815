"""CBOR as letters need it, compared with a library that is not ours."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.documents.compact import cbor

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**64), max_value=2**64 - 1)
    | st.binary(max_size=40)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
KEYS = st.integers(min_value=-(2**64), max_value=2**64 - 1) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=10
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=8
)
REFUSED = {
    "nothing": "",
    "too short": "42ff",
    "something behind": "0000",
    "longer head than needed": "1800",
    "indefinite length": "5f4101ff",
    "float": "f97e00",
    "undefined": "f7",
    "unsorted keys": "a202000100",
    "same key twice": "a201000100",
    "key of many parts": "a18000",
    "no UTF-8": "61ff",
    "array without end": "9bffffffffffffffff",
    "map without end": "bbffffffffffffffff",
    "nested without end": "81" * 64 + "00",
    "reserved head": "1c",
}


@given(VALUES)
def test_value_is_read_as_it_was_written(value: Any) -> None:
    assert cbor.decode(cbor.encode(value)) == value


@given(VALUES)
def test_another_library_reads_the_same(value: Any) -> None:
    assert cbor2.loads(cbor.encode(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_in_one_form_or_refused(data: bytes) -> None:
    try:
        value = cbor.decode(data)
    except cbor.CborRefused:
        return
    assert cbor.encode(value) == data


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_other_forms_are_refused(data: str) -> None:
    with pytest.raises(cbor.CborRefused):
        cbor.decode(bytes.fromhex(data))


def test_what_has_no_form_is_not_written() -> None:
    for value in (1.5, 2**64, object()):
        with pytest.raises(TypeError):
            cbor.encode(value)
