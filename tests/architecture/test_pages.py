"""Closed by default: every address names who may come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

Pattern = URLPattern | URLResolver


def views(patterns: Sequence[Pattern], prefix: str = "/") -> Iterator[tuple[str, object]]:
    """Address and view of every pattern, however deep it is included."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def without_audience(patterns: Sequence[Pattern]) -> list[str]:
    """The addresses whose view names no audience."""
    return [address for address, view in views(patterns) if not getattr(view, "audience", None)]


def open_door(request: HttpRequest) -> HttpResponse:
    """A view whose author forgot to say who may come."""
    return HttpResponse(request.path)


def test_every_page_names_its_audience() -> None:
    assert without_audience(get_resolver().url_patterns) == [], (
        "decorate the view with everyone, citizens, officers or machines of balai.runtime.audience"
    )


def test_a_page_without_audience_is_caught() -> None:
    assert without_audience([path("buka/", open_door)]) == ["/buka/"]
