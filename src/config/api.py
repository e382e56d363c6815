"""The API of the town: every package's part under /api/v1/, one description at /api/openapi.json.

Packages own their operations (`api.py`); here they get their place, their audience is made sure of, and the
description is completed with what holds for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from django.utils.module_loading import module_has_submodule
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError
from ninja.operation import Operation

from balai.catalogue.api import router as catalogue
from balai.documents.verification.api import router as verification
from balai.documents.wallet.api import router as wallet
from balai.files.api import router as files
from balai.files.upload_handler import body_was_too_large
from balai.government import current as government
from balai.people.api import router as people
from balai.runtime.api import Token, TooLarge, answer_refusals, answer_unfit, at_the_edge, audience_of
from balai.runtime.audience import everyone
from balai.runtime.error_views import error_response
from balai.work.api import router as work

PREFIX = "v1"
DESCRIPTION = (
    "Everything that the pages of this town do. Tokens: `Authorization: Bearer …`; each operation names the "
    "scope it needs. Refusals have one shape, with a sentence in Indonesian and a stable code. Lists go on "
    "behind the cursor `next`. How to begin: docs/api.md."
)
# What these statuses always carry, wherever an operation documents them.
RESPONSE_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}},
    429: {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}},
}


def engine_routers() -> list[Router]:
    """The part of each engine that this town runs and that has one."""
    names = [f"balai.engines.{name}" for name in settings.BALAI.engine_list]
    offering = [name for name in names if module_has_submodule(import_module(name), "api")]
    return [import_module(f"{name}.api").router for name in offering]


def make_api() -> NinjaAPI:
    """The API with every package's part."""
    api = NinjaAPI(
        title="Balai",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
    )
    for router in (catalogue, people, files, verification, wallet, *engine_routers(), work):
        api.add_router(PREFIX, router)
    answer_refusals(api)
    api.add_exception_handler(ValidationError, _answer_unfit)
    return api


def _answer_unfit(request: HttpRequest, error: Any) -> HttpResponse:
    """A body cut off half-way lacks fields because it was too large, not because they were forgotten."""
    if body_was_too_large(request):
        return error_response(request, TooLarge())
    return answer_unfit(request, error)


def operations(api: NinjaAPI) -> Iterator[tuple[Operation, URLPattern]]:
    """Every operation with its address, in the order in which ninja makes the addresses."""
    for bound in api._get_bound_routers():
        found = [each for view in bound.path_operations.values() for each in view.operations]
        yield from zip(found, bound.urls_paths(bound.prefix), strict=True)


def routes(api: NinjaAPI) -> list[URLPattern]:
    """The addresses below /api/, each view with its audiences; an operation that names none is refused."""
    found = list(operations(api))
    by_route: dict[str, list[Operation]] = {}
    for operation, pattern in found:
        if audience_of(operation) is None:
            raise ImproperlyConfigured(f"{operation.methods} {pattern.pattern} names no audience (auth=…)")
        by_route.setdefault(str(pattern.pattern), []).append(operation)
    return [_route(pattern, by_route[str(pattern.pattern)]) for _, pattern in found]


def _route(pattern: URLPattern, there: list[Operation]) -> URLPattern:
    view: Any = at_the_edge(pattern.callback)
    view.audience = tuple(audience_of(each) for each in there)
    view.tokens = tuple(each.auth_param for each in there if isinstance(each.auth_param, Token))
    route: URLPattern = path(str(pattern.pattern), view, name=pattern.name)
    return route


@everyone
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """/api/openapi.json."""
    response = JsonResponse(described())
    patch_cache_control(response, public=True, max_age=300)
    return response


@cache
def described() -> dict[str, Any]:
    """The whole API as OpenAPI 3.1, the same for everybody."""
    document = dict(api.get_openapi_schema(path_prefix="api/"))
    document["info"] = {**document["info"], "title": f"Balai {government().name}"}
    document["servers"] = [{"url": settings.BALAI.public_url.rstrip("/")}]
    scopes = {operation.operation_id: operation.auth_param for operation, _ in operations(api)}
    for each in _described_operations(document):
        _complete(each, scopes[each["operationId"]])
    return document


def _described_operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from methods.values()


def _complete(operation: dict[str, Any], auth: object) -> None:
    """The scope, and the headers that some statuses always carry."""
    if isinstance(auth, Token):
        operation["security"] = [{"Token": [auth.scope] if auth.scope else []}]
        holder = "" if auth.holder == "anybody" else f" of a {auth.holder}'s token"
        scope = f"Scope `{auth.scope}`{holder}." if auth.scope else "Any token."
        operation["description"] = f"{operation['description']}\n\n{scope}"
    for status, headers in RESPONSE_HEADERS.items():
        if status in operation["responses"]:
            operation["responses"][status]["headers"] = headers


api = make_api()
urlpatterns = [path("openapi.json", description, name="openapi"), *routes(api)]
