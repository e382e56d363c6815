"""Filters and tags say things the way people here read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from balai.ui import navigation
from balai.ui.markdown import render_markdown
from balai.ui.navigation import NavItem
from balai.ui.qr import qr_svg


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ x|rupiah }}", 0, "Rp0"),
        ("{{ x|rupiah }}", 1_500_000, "Rp1.500.000"),
        ("{{ x|rupiah }}", None, ""),
        ("{{ x|tanggal }}", date(2026, 11, 21), "21 November 2026"),
        # 23.30 UTC is already the next morning in Blitar.
        ("{{ x|tanggal }}", datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "21 November 2026"),
        ("{{ x|tanggal }}", None, ""),
        ("{{ x|waktu }}", datetime(2026, 11, 21, 1, 12, tzinfo=UTC), "Sabtu 21 November 2026, 08.12"),
        ("{{ x|waktu }}", None, ""),
        ("{{ x|mask }}", "3505105708950001", "3505••••••••0001"),
        ("{{ x|mask }}", None, ""),
        ("{{ x|phone }}", "+6281234567801", "0812-3456-7801"),
        ("{{ x|phone }}", "", ""),
    ],
)
def test_filter_shows(source: str, value: object, shown: str) -> None:
    assert draw(source, x=value) == shown


def test_markdown_keeps_html_out_and_starts_below_the_title() -> None:
    assert render_markdown("# Judul\n\n<script>x</script>") == (
        "<h2>Judul</h2>\n<p>&lt;script&gt;x&lt;/script&gt;</p>\n"
    )


def test_markdown_refuses_script_links() -> None:
    assert "href" not in render_markdown("[x](javascript:alert(1))")


def test_qr_is_named_and_its_label_escaped() -> None:
    svg = qr_svg("https://contoh.id/", 'Kode "QR"')
    assert svg.startswith('<svg role="img" aria-label="Kode &quot;QR&quot;"')
    assert "style=" not in svg


def test_asset_gives_an_address_even_before_collectstatic() -> None:
    assert draw("{% asset 'ui/citizen.css' %}").startswith("/static/ui/citizen")


@pytest.fixture
def menu() -> str:
    return "test-menu"


def _register(menu: str, *items: NavItem) -> None:
    for item in items:
        navigation.register(menu, item)  # type: ignore[arg-type]  # a menu of this test


def _links(menu: str, path: str) -> list[tuple[str, bool]]:
    request = RequestFactory().get(path)
    return [(link.label, link.is_current) for link in navigation.links(menu, request)]  # type: ignore[arg-type]  # a menu of this test


def test_navigation_leaves_out_pages_that_do_not_exist_and_keeps_order(menu: str) -> None:
    _register(menu, NavItem("Kedua", "ui:desk", "list", 2), NavItem("Pertama", "ui:gallery", "home", 1))
    _register(menu, NavItem("Hantu", "nowhere:page", "home", 3))
    assert _links(menu, "/elsewhere/") == [("Pertama", False), ("Kedua", False)]


def test_navigation_marks_one_entry_the_nearest(menu: str) -> None:
    _register(menu, NavItem("Pertama", "ui:gallery", "home", 1), NavItem("Kedua", "ui:desk", "list", 2))
    assert _links(menu, "/ui/meja/") == [("Pertama", False), ("Kedua", True)]
    assert _links(menu, "/ui/meja/berkas/") == [("Pertama", False), ("Kedua", True)]
    assert _links(menu, "/ui/slip/") == [("Pertama", True), ("Kedua", False)]


def test_navigation_asks_who_may_see(menu: str) -> None:
    def nobody(request: HttpRequest) -> bool:
        return False

    _register(menu, NavItem("Kedua", "ui:desk", "list", 2, shown_to=nobody))
    assert ("Kedua", False) not in _links(menu, "/")


def test_navigation_without_a_request_is_empty(menu: str) -> None:
    assert navigation.links(menu, None) == []  # type: ignore[arg-type]  # a menu of this test
