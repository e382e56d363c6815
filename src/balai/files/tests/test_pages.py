"""The page that hands files out, and the handler that takes them in."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.audit.models import Entry
from balai.files import actions, readers, views
from balai.files.limits import Limits
from balai.files.models import Upload
from balai.files.tests import samples
from balai.files.upload_handler import MaxBody, TooLargeFile, body_was_too_large
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.errors import NotFound

OWNER = Subject("files.testowner", "1")
SMALL = Limits(file_bytes=1000, body_bytes=5000)


@pytest.fixture(autouse=True)
def reader() -> Iterator[None]:
    """The owner's package lets whoever carries the mark read."""
    readers.register(OWNER.label, lets_the_marked)
    yield
    readers.forget(OWNER.label)


def lets_the_marked(request: HttpRequest, owner_id: str) -> bool:
    return request.headers.get("Mark") == owner_id


def asked(upload: Upload, *, mark: str = "1", officer: object = None, query: str = "") -> HttpResponse:
    request = RequestFactory().get(f"/unduh/{upload.pk}/{query}", headers={"mark": mark})
    request.officer = officer
    return views.download(request, upload.pk)


def kept(content: bytes, media_type: str, name: str = "surat keterangan.pdf") -> Upload:
    return actions.store_bytes(by=SYSTEM, owner=OWNER, name=name, media_type=media_type, content=content)


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_photo_is_shown_in_the_page_and_closed_in() -> None:
    content = samples.jpeg()
    response = asked(kept(content, "image/jpeg", "foto usaha.jpg"))
    assert body(response) == content
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == 'inline; filename="foto usaha.jpg"'
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_letter_is_shown_by_the_viewer_of_the_browser() -> None:
    response = asked(kept(samples.pdf(), "application/pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" not in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("inline")


@pytest.mark.django_db
def test_letter_is_saved_when_asked() -> None:
    response = asked(kept(samples.pdf(), "application/pdf"), query="?simpan")
    assert response["Content-Disposition"] == 'attachment; filename="surat keterangan.pdf"'


@pytest.mark.django_db
@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"])
def test_pages_are_never_shown_from_our_address(media_type: str) -> None:
    response = asked(kept(b"<script>alert(1)</script>", media_type))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.django_db
def test_absent_and_forbidden_look_alike() -> None:
    upload = kept(b"x", "application/pdf")
    stranger = Upload(pk=uuid7())
    with pytest.raises(NotFound):
        asked(upload, mark="2")
    with pytest.raises(NotFound):
        asked(stranger)


@pytest.mark.django_db
def test_file_of_an_owner_that_nobody_answers_for_is_read_by_nobody() -> None:
    owner = Subject("files.orphanage", "1")
    upload = actions.store_bytes(by=SYSTEM, owner=owner, name="a", media_type="application/pdf", content=b"x")
    with pytest.raises(NotFound):
        asked(upload)


@pytest.mark.django_db
def test_reading_by_an_officer_is_journalled_for_the_owner() -> None:
    sri = Actor("officer", "0190-sri", "Sri Wahyuni")
    asked(kept(b"x", "application/pdf"), officer=SimpleNamespace(as_actor=lambda: sri))
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.by_id, entry.about_label, entry.about_id) == (sri.id, OWNER.label, OWNER.id)


@pytest.mark.django_db
def test_reading_one_s_own_file_is_not_journalled() -> None:
    upload = kept(b"x", "application/pdf")
    before = Entry.objects.count()
    asked(upload)
    assert Entry.objects.count() == before


def test_second_reader_of_a_label_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        readers.register(OWNER.label, lambda request, owner_id: True)


def posted(fields: dict[str, object], limits: Limits = SMALL) -> HttpRequest:
    request = RequestFactory().post("/", fields)
    handler = MaxBody(request)
    handler.limits = limits
    request.upload_handlers = [handler]
    return request


def test_small_file_arrives_whole_beside_the_fields() -> None:
    request = posted({"name": "Siti", "photo": SimpleUploadedFile("a.jpg", b"1" * 900), "note": "ya"})
    assert request.POST.dict() == {"name": "Siti", "note": "ya"}
    assert request.FILES["photo"].read() == b"1" * 900


def test_large_file_is_marked_and_the_fields_after_it_are_kept() -> None:
    request = posted({"name": "Siti", "photo": SimpleUploadedFile("a.jpg", b"1" * 3000), "note": "ya"})
    assert request.POST.dict() == {"name": "Siti", "note": "ya"}
    photo = request.FILES["photo"]
    assert isinstance(photo, TooLargeFile)
    assert (photo.size, photo.read(), photo.name) == (3000, b"", "a.jpg")
    assert not body_was_too_large(request)


def test_file_after_a_large_one_is_kept() -> None:
    large, small = SimpleUploadedFile("a.jpg", b"1" * 3000), SimpleUploadedFile("b.jpg", b"2" * 10)
    request = posted({"first": large, "second": small})
    assert request.FILES["first"].too_large
    assert request.FILES["second"].read() == b"2" * 10


def test_fifty_megabytes_cost_no_memory_and_lose_no_field() -> None:
    photo = SimpleUploadedFile("a.jpg", b"1" * 50_000_000)
    request = posted({"photo": photo, "note": "ya"}, Limits())
    assert request.POST.dict() == {"note": "ya"}
    assert request.FILES["photo"].file.getbuffer().nbytes == 0


def test_endless_body_is_cut_off_with_the_fields_so_far() -> None:
    files = {f"photo{number}": SimpleUploadedFile("a.jpg", b"1" * 3000) for number in range(3)}
    request = posted({"name": "Siti", **files, "note": "lost"})
    assert request.POST.dict() == {"name": "Siti"}
    assert body_was_too_large(request)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1300)), max_size=5))
def test_every_field_survives_any_mix_of_files(parts: list[tuple[bool, int]]) -> None:
    fields: dict[str, object] = {}
    for at, (is_file, size) in enumerate(parts):
        fields[f"part{at}"] = SimpleUploadedFile("f", b"x" * size) if is_file else "y" * size
    limits = Limits(file_bytes=1000, body_bytes=10_000)
    request = posted(fields, limits)
    assert {name: len(text) for name, text in request.POST.items()} == {
        f"part{at}": size for at, (is_file, size) in enumerate(parts) if not is_file
    }
    marks = {name: isinstance(file, TooLargeFile) for name, file in request.FILES.items()}
    sizes = [(at, size) for at, (is_file, size) in enumerate(parts) if is_file]
    assert marks == {f"part{at}": size > 1000 for at, size in sizes}
