"""What stands in the menus: each package registers the pages it really has, so a menu never points nowhere.

`ui` owns the registry and knows no page; `portal` and `desk` fill it in `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

Menu = Literal["citizen", "desk", "footer"]
LANGUAGE_PAGE = "portal:language"  # takes `bahasa` and `kembali`


def _always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class NavItem:
    """One entry: `url_name` is reversed when drawn; `method="post"` draws a small form (sign out)."""

    label: str | Promise
    url_name: str
    icon: str
    order: int = 50
    method: Literal["get", "post"] = "get"
    on_phone: bool = True
    shown_to: Callable[[HttpRequest], bool] = _always


@dataclass(frozen=True)
class NavLink:
    """An entry ready to draw for one request."""

    label: str
    url: str
    icon: str
    method: str
    is_current: bool
    on_phone: bool


_menus: dict[str, dict[str, NavItem]] = {}


def register(menu: Menu, item: NavItem) -> None:
    """Add an entry; a second one with the same address name and method replaces the first."""
    _menus.setdefault(menu, {})[f"{item.method} {item.url_name}"] = item


def links(menu: Menu, request: HttpRequest | None) -> list[NavLink]:
    """The menu for this request, in order; pages that are not routed are left out."""
    if request is None:
        return []
    wanted = [item for item in _menus.get(menu, {}).values() if item.shown_to(request)]
    routed = [(item, _address(item)) for item in sorted(wanted, key=lambda item: item.order)]
    nearest = max((url for _, url in routed if _leads_to(url, request.path)), key=len, default="")
    return [
        NavLink(str(item.label), url, item.icon, item.method, url == nearest, item.on_phone)
        for item, url in routed
        if url
    ]


@dataclass(frozen=True)
class Tongue:
    """One language, by its own name."""

    code: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Languages:
    """The choice of language: where it is sent, which page it comes back to, and what is offered."""

    url: str
    back: str
    offered: tuple[Tongue, ...]
    is_draft: bool


def languages(request: HttpRequest | None) -> Languages | None:
    """The choice for this request; None for pages without one, and where no page takes it."""
    try:
        url = reverse(LANGUAGE_PAGE)
    except NoReverseMatch:
        return None
    if request is None:
        return None
    now = get_language() or settings.LANGUAGE_CODE
    offered = tuple(Tongue(code, str(name), code == now) for code, name in settings.LANGUAGES)
    return Languages(url, request.get_full_path(), offered, now != settings.LANGUAGE_CODE)


def _address(item: NavItem) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def _leads_to(url: str, path: str) -> bool:
    """The page itself or one under it; that everything lies under the home page does not count."""
    return path == url or (url.count("/") > 1 and path.startswith(url))
