"""Who a page is for. Every view carries one of these decorators; a view without is closed by a test.

`people`'s middleware sets `request.citizen` and `request.officer` (None when nobody of the kind is signed
in); the API's token check sets `request.scopes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar, overload
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from balai.runtime.errors import Forbidden, Unauthorized

View = TypeVar("View", bound=Callable[..., Any])
Kind = Literal["everyone", "citizens", "officers", "machines"]
Gate = Callable[[HttpRequest], HttpResponse | None]

CITIZEN_DOOR = "/masuk/"
OFFICER_DOOR = "/meja/masuk/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Audience:
    """What a view says about its readers; `need` is a permission (officers) or a scope (machines)."""

    kind: Kind
    need: str = ""


class SignedOut:
    """What to do with a form sent after the session ended, so that nothing typed is lost.

    A higher package registers one keeper: it stores the posted values and answers, or returns None.
    """

    def __init__(self) -> None:
        self._keeper: Gate | None = None

    def register(self, keeper: Gate) -> None:
        """Let `keeper(request)` answer unsafe requests of signed-out citizens."""
        self._keeper = keeper

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """The keeper's answer, or None when the person should simply sign in."""
        if self._keeper is None or request.method in SAFE_METHODS:
            return None
        return self._keeper(request)


signed_out = SignedOut()


def _guarded(view: View, audience: Audience, gate: Gate) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        refusal = gate(request)
        return view(request, *args, **kwargs) if refusal is None else refusal

    guarded.audience = audience  # type: ignore[attr-defined]  # what tests and menus read
    return guarded  # type: ignore[return-value]  # wraps keeps the view's shape


def everyone(view: View) -> View:
    """Open to anybody, signed in or not."""
    return _guarded(view, Audience("everyone"), lambda request: None)


def citizens(view: View) -> View:
    """For a signed-in citizen; others are sent to the door and come back afterwards (`lanjut`)."""
    return _guarded(view, Audience("citizens"), _citizen_gate)


def _citizen_gate(request: HttpRequest) -> HttpResponse | None:
    if getattr(request, "citizen", None) is not None:
        return None
    return signed_out.answer(request) or _to_door(request, CITIZEN_DOOR)


@overload
def officers(permission: View) -> View: ...
@overload
def officers(permission: str | None = None) -> Callable[[View], View]: ...


def officers(permission: Any = None) -> Any:
    """For a signed-in officer, who holds `permission` in at least one office when one is named.

    Which office's things may be touched is the rules' question, not the page's.
    """
    if callable(permission):
        return officers()(permission)
    need = str(permission or "")

    def gate(request: HttpRequest) -> HttpResponse | None:
        officer = getattr(request, "officer", None)
        if officer is None:
            return _to_door(request, OFFICER_DOOR)
        if need and not officer.has_permission(need):
            raise Forbidden(need)
        return None

    return lambda view: _guarded(view, Audience("officers", need), gate)


def machines(scope: str) -> Callable[[View], View]:
    """For a token that carries `scope`; raises Unauthorized without a token, Forbidden without the scope."""

    def gate(request: HttpRequest) -> HttpResponse | None:
        scopes = getattr(request, "scopes", None)
        if scopes is None:
            raise Unauthorized(scope)
        if scope not in scopes:
            raise Forbidden(scope)
        return None

    return lambda view: _guarded(view, Audience("machines", scope), gate)


def is_api(request: HttpRequest) -> bool:
    """Whether the API is asked: there tokens say who asks, and no session does."""
    return request.path_info.startswith("/api/")


def wants_json(request: HttpRequest) -> bool:
    """True for machines: everything under /api/, and callers that accept JSON but no HTML."""
    if is_api(request):
        return True
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def _to_door(request: HttpRequest, door: str) -> HttpResponse:
    if wants_json(request):
        raise Unauthorized()
    target = request.get_full_path() if request.method in SAFE_METHODS else request.path
    return HttpResponseRedirect(f"{door}?{urlencode({'lanjut': target})}")
