"""Who may call an operation: everybody, or whoever holds a token of a scope.

`people`'s middleware reads the token and sets `request.scopes`, `request.citizen` and `request.officer`;
here it is only asked. A session's cookie proves nothing to the API, so no other site can use it (CSRF).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _
from ninja.operation import Operation
from ninja.security import HttpBearer

from balai.runtime.audience import Audience
from balai.runtime.errors import Forbidden, Unauthorized

Holder = Literal["anybody", "citizen", "officer"]
everybody = None
"""`auth=everybody`: no token is asked for."""


class TokenRefused(Unauthorized):
    """A token came along that is unknown, run out or revoked."""

    code = "runtime.token_refused"
    template = _("Token ini tidak dikenal, sudah habis masanya, atau sudah dicabut.")


class ScopeMissing(Forbidden):
    """The token is good, but not for this."""

    code = "runtime.scope_missing"
    template = _("Token ini tidak mencakup %(scope)s.")


class HolderRefused(Forbidden):
    """A citizen's token at the officers' side, or the other way round."""

    code = "runtime.holder_refused"
    template = _("Alamat ini bukan untuk pemegang token ini.")


class Token(HttpBearer):
    """`Authorization: Bearer …` with `scope` ("" asks for none), of an account of the kind `holder`."""

    def __init__(self, scope: str = "", holder: Holder = "anybody") -> None:
        super().__init__()
        self.scope = scope
        self.holder = holder

    def __call__(self, request: HttpRequest) -> bool:
        """True, or Unauthorized, TokenRefused, ScopeMissing, HolderRefused."""
        scopes = getattr(request, "scopes", None)
        if scopes is None:
            raise TokenRefused() if request.headers.get(self.header) else Unauthorized()
        if self.scope and self.scope not in scopes:
            raise ScopeMissing(scope=self.scope)
        if self.holder != "anybody" and getattr(request, self.holder, None) is None:
            raise HolderRefused()
        return True

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        """The middleware has read the token already."""
        return self(request)


def audience_of(operation: Operation) -> Audience | None:
    """Whom an operation is for; None when its author forgot to say."""
    auth = operation.auth_param
    if auth is everybody:
        return Audience("everyone")
    return Audience("machines", auth.scope) if isinstance(auth, Token) else None


def scopes_for(holder: Holder) -> list[str]:
    """Every scope that some address of this town asks of holders of this kind, sorted."""
    tokens = [each for each in _tokens(get_resolver().url_patterns) if each.holder in (holder, "anybody")]
    return sorted({token.scope for token in tokens} - {""})


def _tokens(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[Token]:
    """What the API's addresses carry as `tokens` (`config.api` puts it there)."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _tokens(pattern.url_patterns)
        else:
            yield from getattr(pattern.callback, "tokens", ())
