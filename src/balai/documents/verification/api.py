"""Checking for machines: the same verdicts as the page, with stable codes. No token is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.decorators import decorate_view
from ninja.files import UploadedFile
from pydantic import Field

from balai.documents.verification.intake import HeldUpload, take_whole_files
from balai.documents.verification.records import record_with_code
from balai.documents.verification.verifying import plain_record
from balai.documents.verification.views import CODES_PER_HOUR, FILES_PER_HOUR, HOUR, verdict_on
from balai.runtime import ratelimit
from balai.runtime.api import everybody, refused
from balai.runtime.client import client_ip
from balai.runtime.errors import NotFound

router = Router(tags=["verify"])


class FileRemarkShape(Schema):
    """Something to know besides."""

    code: str
    sentence: str


class PublishedLetterShape(Schema):
    """A letter of this town; `state`: valid, expired, revoked, replaced; `is_whole`: it is that file.

    `revocation_reason` is a title of the list of reasons, "" unless the letter was revoked.
    """

    code: str
    title: str
    number: str
    office: str
    dated_on: date | None
    signer: str
    is_certified: bool
    valid_until_on: date | None
    state: str
    ended_on: date | None
    revocation_reason: str
    replaced_by: str
    is_whole: bool


class RevocationLookupShape(Schema):
    """In what the revocation of a certificate was looked up; `source` is CRL, OCSP or "" for nothing."""

    certificate: str
    source: str
    issued_by: str
    issued_at: str
    next_at: str


class FileSignatureShape(Schema):
    """One signature; instants in UTC or ""; bytes 0 to `covered_to` are protected but for the gap."""

    field: str
    fault: str
    signer: str
    organisation: str
    serial: str
    issuers: list[str]
    starts_at: str
    ends_at: str
    revoked_at: str
    claimed_at: str
    stamped_at: str
    stamped_by: str
    stamp: str
    intact: bool
    sound: bool
    chain: str
    after: str
    gap_start: int
    gap_end: int
    covered_to: int
    level: str
    reason: str
    location: str
    digest: str
    algorithm: str
    revocation: list[RevocationLookupShape]
    unchecked: list[str]


class FileVerdictShape(Schema):
    """What is to be said about a file; `outcome` is stable, `standing` is valid, not or unknown."""

    outcome: str
    standing: str
    sentence: str
    remarks: list[FileRemarkShape]
    name: str
    size: int
    sha256: str
    pages: int
    letter: PublishedLetterShape | None
    signatures: list[FileSignatureShape]


def _whole_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Count the attempt and prepare for a large body, before ninja reads it."""

    @wraps(view)
    def prepared(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        ratelimit.hit("documents.check.file", client_ip(request), limit=FILES_PER_HOUR, seconds=HOUR)
        take_whole_files(request)
        return view(request, *args, **kwargs)

    return prepared


@router.post(
    "/verify",
    auth=everybody,
    operation_id="verify_file",
    response={200: FileVerdictShape, **refused(400, 413, 422, 429, 503)},
)
@decorate_view(_whole_files)
def verify(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> dict[str, Any]:
    """Check a PDF of at most 100 MB, of this town or of anybody. Nothing of it is kept."""
    upload: Any = file
    return verdict_on(_held(upload)).plain()


def _held(upload: Any) -> HeldUpload:
    if not isinstance(upload, HeldUpload):
        raise TypeError("the intake was not set before the body was read")
    return upload


@router.get(
    "/verify/{code}",
    auth=everybody,
    operation_id="verify_code",
    response={200: PublishedLetterShape, **refused(404, 422, 429)},
)
def letter(request: HttpRequest, code: Annotated[str, Field(max_length=60)]) -> dict[str, Any]:
    """The published letter with the code that is printed on it; nothing of the person it was issued to."""
    ratelimit.hit("documents.check.code", client_ip(request), limit=CODES_PER_HOUR, seconds=HOUR)
    record = plain_record(record_with_code(code))
    if record is None:
        raise NotFound(code)
    return record
