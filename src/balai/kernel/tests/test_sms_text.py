"""How much of an SMS a text takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.sms_text import is_seven_bit, one_sms, sms_length, sms_parts


@pytest.mark.parametrize(
    ("text", "length", "places", "parts"),
    [
        ("", 0, 160, 1),
        ("a" * 160, 160, 160, 1),
        ("a" * 161, 161, 160, 2),
        ("a" * 307, 307, 160, 3),
        ("[]", 4, 160, 1),
        ("“a”", 3, 70, 1),
        ("é" * 160, 160, 160, 1),
        ("…" * 71, 71, 70, 2),
        ("😀", 2, 70, 1),
    ],
)
def test_length_and_parts(text: str, length: int, places: int, parts: int) -> None:
    assert (sms_length(text), one_sms(text), sms_parts(text)) == (length, places, parts)


@given(st.text(max_size=400), st.text(max_size=20))
def test_more_text_is_never_fewer_parts(text: str, more: str) -> None:
    assert 1 <= sms_parts(text) <= sms_parts(text + more)
    assert sms_length(text) >= len(text) or not is_seven_bit(text)
