"""One shape for everything that is refused: `{code, sentence, hint, faults, request_id}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from balai.runtime.error_views import BadRequest, error_response
from balai.runtime.errors import CitizenError, Fault, faults_of

_PLAIN: str | Promise = _("Bentuk isian ini tidak sesuai.")
# Kinds of pydantic's errors that say more than "it does not fit"; see docs.pydantic.dev, validation errors.
_SENTENCES: Mapping[str, str | Promise] = {
    "missing": _("Isian ini belum diisi."),
    "extra_forbidden": _("Isian ini tidak dikenal."),
    "string_too_long": _("Isian ini terlalu panjang."),
    "string_too_short": _("Isian ini terlalu pendek."),
    "too_long": _("Isinya terlalu banyak."),
    "too_short": _("Isinya kurang."),
    "enum": _("Pilih salah satu nilai yang tersedia."),
    "literal_error": _("Pilih salah satu nilai yang tersedia."),
    "uuid_parsing": _("Ini bukan UUID."),
}


class FaultShape(Schema):
    """One thing that is wrong; `field` is a path into what was sent, "" for the whole."""

    field: str
    code: str
    sentence: str


class Refusal(Schema):
    """Why something was not done, as a sentence for people and a stable code for machines."""

    code: str
    sentence: str
    hint: str
    faults: list[FaultShape]
    request_id: str


class Unfit(CitizenError):
    """What arrived does not have the shape that the operation documents."""

    code = "runtime.unfit"
    template = _("Ada isian yang perlu diperbaiki.")
    status = 422

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class CursorRefused(Unfit):
    """A cursor that no page of this list gave."""

    def __init__(self) -> None:
        super().__init__([Fault("cursor", "cursor", str(_("Penanda halaman ini tidak dikenal.")))])


class TooLarge(CitizenError):
    """More than a request may carry."""

    code = "runtime.too_large"
    template = _("Kiriman ini terlalu besar.")
    status = 413


@faults_of.register
def _faults_of_unfit(error: Unfit) -> tuple[Fault, ...]:
    return error.faults


def refused(*statuses: int) -> dict[int, type[Refusal]]:
    """These statuses as documented responses of an operation: `response={200: Shape, **refused(404)}`."""
    return dict.fromkeys(statuses, Refusal)


def answer_refusals(api: NinjaAPI) -> None:
    """Let `api` answer whatever goes wrong in the one shape; what is our own fault goes to handler500."""
    api.add_exception_handler(CitizenError, _answer_sentence)
    api.add_exception_handler(ValidationError, answer_unfit)
    api.add_exception_handler(HttpError, _answer_unreadable)
    api.add_exception_handler(MultiPartParserError, _answer_unreadable)
    api.add_exception_handler(UnreadablePostError, _answer_unreadable)
    api.add_exception_handler(SuspiciousOperation, _answer_suspicious)


def _answer_sentence(request: HttpRequest, error: Any) -> HttpResponse:
    return error_response(request, error)


def answer_unfit(request: HttpRequest, error: Any) -> HttpResponse:
    """Every fault of what does not have the documented shape; `error` is ninja's ValidationError."""
    return error_response(request, Unfit(_fault(each) for each in error.errors))


def _answer_unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    return error_response(request, BadRequest())


def _answer_suspicious(request: HttpRequest, error: Any) -> HttpResponse:
    return error_response(request, TooLarge() if isinstance(error, RequestDataTooBig) else BadRequest())


def _fault(found: Mapping[str, Any]) -> Fault:
    """A fault of pydantic's, without its English words and without what was sent."""
    kind = str(found["type"])
    return Fault(_path(found["loc"]), f"json.{kind}", str(_SENTENCES.get(kind, _PLAIN)))


def _path(place: Sequence[object]) -> str:
    """("body", "sent", "verdicts", 0, "target") as "verdicts.0.target"."""
    start = 2 if place[0] == "body" else 1
    return ".".join(map(str, place[start:]))
