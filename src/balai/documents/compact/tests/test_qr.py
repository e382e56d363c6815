"""The drawing of a code is, dot for dot, what another library makes of the same text."""

from __future__ import annotations

import io
import random

import segno
from hypothesis import given
from hypothesis import strategies as st

from balai.documents.compact import qr

# No summary is shorter: key id, signature, code and a title take as much. Most of one is as good as random.
tokens = st.builds(
    lambda seed, size: random.Random(seed).randbytes(size),
    seed=st.integers(min_value=0),
    size=st.integers(150, 500),
)
hosts = st.sampled_from(["https://balai.blitarkab.example", "http://localhost:8000", "https://a.id"])


@given(token=tokens, host=hosts)
def test_code_is_drawn_as_by_another_library(token: bytes, host: str) -> None:
    text = qr.address(host, "7K3M9QXA2B4C", token)
    head, mark, fragment = text.partition("#")
    theirs = segno.make([head + mark, fragment], error="m", mask=2, micro=False)
    out = io.BytesIO()
    theirs.save(out, kind="svg", border=4, xmldecl=False, nl=False, omitsize=True)
    drawn = qr.drawn(text)
    assert (drawn.svg, drawn.modules) == (out.getvalue().decode(), theirs.symbol_size(border=4)[0])
