"""Rows on pages: the buttons "Tambah" and "Hapus" keep what was typed and come back with other rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect

from balai.catalogue.forms import ShownAnswer


def back_to(url: str, target: str, **query: str) -> HttpResponse:
    """To the same page, where the new row is."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return redirect(url + (f"?{asked}" if asked else "") + (f"#{target}" if target else ""))


def summary_row(answer: ShownAnswer) -> dict[str, Any]:
    """An answer for `ui/components/summary`."""
    return {"label": answer.label, "value": answer.text, "rows": answer.rows}
