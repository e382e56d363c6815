"""Rows on pages: the buttons "Tambah" and "Hapus" keep what was typed and come back with other rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from balai.catalogue.forms import ShownAnswer

UNFINISHED = "baris"


def is_unfinished(request: HttpRequest) -> bool:
    """Whether the page is shown because rows were changed: nothing typed is called wrong then."""
    return request.method == "GET" and UNFINISHED in request.GET


def back_to(url: str, target: str, **query: str) -> HttpResponse:
    """To the same page, where the new row is."""
    asked = {UNFINISHED: "1", **{name: value for name, value in query.items() if value}}
    return redirect(f"{url}?{urlencode(asked)}" + (f"#{target}" if target else ""))


def summary_row(answer: ShownAnswer) -> dict[str, Any]:
    """An answer for `ui/components/summary`."""
    return {"label": answer.label, "value": answer.text, "rows": answer.rows}
