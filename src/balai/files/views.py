"""The one page from which stored files are read."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from balai import audit
from balai.files import queries, readers, sniffing
from balai.files.models import Upload
from balai.runtime.audience import everyone
from balai.runtime.errors import NotFound
from balai.runtime.transaction import write_transaction

# Shown in the page; all else is handed over as a download of unnamed bytes. HTML and SVG are never shown.
INLINE = frozenset({sniffing.JPEG, sniffing.PDF})
# A PDF is not sandboxed: browsers refuse to open their viewer in a sandbox, and application/pdf with
# nosniff never becomes a document of our origin.
_CLOSED = "default-src 'none'; frame-ancestors 'self'"
_SANDBOX = f"{_CLOSED}; sandbox"


@everyone
@require_safe
@xframe_options_sameorigin
def download(request: HttpRequest, upload_id: UUID) -> StreamingHttpResponse:
    """The file, to whoever its owner's package lets read it; absent and forbidden look alike."""
    upload = queries.upload(upload_id)
    if upload is None or not readers.may_read(request, upload.owner_label, upload.owner_id):
        raise NotFound()
    _journal(request, upload)
    return answer_file(upload, as_attachment="simpan" in request.GET)


def answer_file(upload: Upload, *, as_attachment: bool) -> StreamingHttpResponse:
    """A file's content under closed headers; whoever calls has asked who may read it."""
    inline = upload.media_type in INLINE and not as_attachment
    media_type = upload.media_type if upload.media_type in INLINE else "application/octet-stream"
    answer = StreamingHttpResponse(queries.stream_content(upload), content_type=media_type)
    disposition = content_disposition_header(as_attachment=not inline, filename=upload.name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Content-Length"] = str(upload.size)
    answer["Content-Encoding"] = "identity"  # JPEG and PDF gain nothing from gzip; keeps the length exact
    answer["Content-Security-Policy"] = _CLOSED if upload.media_type == sniffing.PDF else _SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"  # village offices share their computers
    return answer


def _journal(request: HttpRequest, upload: Upload) -> None:
    """An officer's look at someone's file is a reading of personal data, noted for what owns the file."""
    officer = getattr(request, "officer", None)
    if officer is None:
        return
    with write_transaction():
        audit.record_reading(
            by=officer.as_actor(), about=upload.owner, what=_("lampiran"), purpose=_("memeriksa berkas")
        )
