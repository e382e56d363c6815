"""Who asks: `request.citizen`, `request.officer` and `request.officer_pending`, looked up when first read.

A page that never asks costs no query; one that does costs one, whatever it asks for. Under /api/ the token
alone says who asks (and `request.scopes` what for); the session is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from balai.people import bearer, session
from balai.people.enums import AccountKind
from balai.people.models import Account, Citizen, Officer
from balai.people.queries import TokenHolder
from balai.runtime.audience import is_api


class _WhoAsks(HttpRequest):
    """What a request learns about its sender; each is looked up once, when first read."""

    @cached_property
    def token(self) -> TokenHolder | None:
        """The token that came along with a request to the API, or None."""
        return bearer.holder_of(self) if is_api(self) else None

    @cached_property
    def scopes(self) -> frozenset[str] | None:
        """What the token is good for, or None without one."""
        return self.token.scopes if self.token else None

    @cached_property
    def account(self) -> Account | None:
        """The account of the session, or of the token, or None."""
        if is_api(self):
            return self.token.account if self.token else None
        return session.account_of(self)

    @cached_property
    def user(self) -> Account | AnonymousUser:  # type: ignore[override]  # cached, and None-able
        """The same for the parts of Django that expect it."""
        return self.account or AnonymousUser()

    @cached_property
    def citizen(self) -> Citizen | None:
        """The signed-in citizen, or None."""
        account = self.account
        if account is None or account.kind != AccountKind.CITIZEN:
            return None
        account.citizen.account = account
        return account.citizen

    @cached_property
    def officer(self) -> Officer | None:
        """The signed-in officer whose second factor this session has passed, or None.

        A token is made by a command on the town's own machine, or not at all: it needs no second factor.
        """
        officer = self._officer_of_account
        if officer is None or is_api(self):
            return officer
        return officer if session.has_second_factor(self, officer) else None

    @cached_property
    def officer_pending(self) -> Officer | None:
        """The officer whose password this session has passed and whose second factor it has not, or None."""
        return self._officer_of_account if self.officer is None else None

    @cached_property
    def _officer_of_account(self) -> Officer | None:
        account = self.account
        return account.officer if account is not None and account.kind == AccountKind.OFFICER else None


@cache
def _asking(kind: Any) -> Any:
    """The server's own request class with the questions added.

    A class, because a lazy object is never None, and every reader compares with None.
    """
    return type(f"Asking{kind.__name__}", (_WhoAsks, kind), {})


class WhoAsks:
    """Middleware; stands after SessionMiddleware and AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.__dict__.pop("user", None)
        kind: Any = type(request)
        request.__class__ = _asking(kind)
        return self.get_response(request)
