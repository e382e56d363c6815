"""Files and their rows: stored once, attached by whom they belong to, gone when their time is over."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from balai.audit.models import Entry
from balai.files import actions, encryption, queries
from balai.files.enums import UploadState
from balai.files.errors import FileRefused
from balai.files.models import Upload
from balai.files.storage import current_storage
from balai.files.tests import samples
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime import clock

pytestmark = pytest.mark.django_db

SITI = Actor("citizen", "0190-siti", "Siti Aminah")
BUDI = Actor("citizen", "0190-budi", "Budi")
SITIS = Subject("people.citizen", SITI.id)
CASE = Subject("cases.case", "0190-case")


def stored(by: Actor = SITI, **changes: object) -> Upload:
    owner = Subject("people.citizen", by.id)
    values = {"file": samples.sent(samples.jpeg()), "allow": "photo", **changes}
    return actions.store(by=by, owner=owner, **values)


def bytes_at(upload: Upload) -> bytes:
    return (Path(settings.BALAI.data_dir) / "files" / upload.storage_key).read_bytes()


def refused(code: str) -> pytest.RaisesContext[FileRefused]:
    return pytest.raises(FileRefused, match=code)


def test_stored_photo_comes_back_and_lies_encrypted() -> None:
    upload = stored()
    content = queries.open_content(upload)
    assert (upload.state, upload.media_type, upload.size) == ("staged", "image/jpeg", len(content))
    assert content.startswith(b"\xff\xd8")
    assert content not in bytes_at(upload)


def test_damaged_file_is_noticed() -> None:
    upload = stored()
    place = Path(settings.BALAI.data_dir) / "files" / upload.storage_key
    place.write_bytes(place.read_bytes()[:-1] + b"\x00")
    with pytest.raises(encryption.StoredFileDamaged):
        queries.open_content(upload)


def test_same_id_and_content_is_the_same_upload() -> None:
    key = uuid7()
    assert stored(id=key) == stored(id=key)
    assert Upload.objects.count() == 1


def test_same_id_with_other_content_is_refused() -> None:
    key = uuid7()
    stored(id=key)
    with refused("files.id_taken"):
        stored(id=key, file=samples.sent(samples.jpeg(99, 99)))


def test_id_of_someone_else_is_refused() -> None:
    key = uuid7()
    stored(id=key)
    with refused("files.id_taken"):
        stored(BUDI, id=key)


@pytest.mark.parametrize("key", [uuid.uuid4(), uuid.UUID("01000000-0000-7000-8000-000000000000")])
def test_id_that_no_phone_made_now_is_refused(key: uuid.UUID) -> None:
    with refused("files.id_taken"):
        stored(id=key)


@pytest.fixture
def own_storage(settings, tmp_path: Path) -> Iterator[None]:
    """A folder that nobody else writes to: signing processes of other tests may end late."""
    settings.BALAI = settings.BALAI.model_copy(update={"data_dir": tmp_path})
    current_storage.cache_clear()
    yield
    current_storage.cache_clear()


def test_refused_file_leaves_no_row_and_no_bytes(own_storage: None) -> None:
    with refused("files.empty"):
        stored(file=samples.sent(b""))
    assert Upload.objects.count() == 0
    assert list(current_storage().keys_older_than(datetime.max.replace(tzinfo=UTC))) == []
    stored()
    assert len(list(current_storage().keys_older_than(datetime.max.replace(tzinfo=UTC)))) == 1


def test_attached_file_belongs_to_the_case_and_never_expires() -> None:
    upload = stored()
    actions.attach(by=SITI, ids=[upload.pk], to=CASE)
    upload.refresh_from_db()
    assert (upload.owner, upload.state, upload.expires_at) == (CASE, "attached", None)


def test_attaching_again_is_no_error() -> None:
    first, second = stored(), stored()
    actions.attach(by=SITI, ids=[first.pk], to=CASE)
    actions.attach(by=SITI, ids=[second.pk, str(first.pk)], to=CASE)
    assert Upload.objects.filter(owner_label=CASE.label, owner_id=CASE.id).count() == 2


def test_file_of_someone_else_cannot_be_attached() -> None:
    upload = stored()
    with refused("files.gone"):
        actions.attach(by=BUDI, ids=[upload.pk], to=CASE)
    assert not Upload.objects.filter(owner_label=CASE.label).exists()


def test_officer_attaches_what_a_named_owner_sent() -> None:
    upload = stored()
    officer = Actor("officer", "0190-sri", "Sri Wahyuni")
    actions.attach(by=officer, ids=[upload.pk], to=CASE, owner=SITIS)
    upload.refresh_from_db()
    assert upload.owner == CASE


def test_file_of_one_case_is_not_taken_into_another() -> None:
    upload = stored()
    actions.attach(by=SITI, ids=[upload.pk], to=CASE)
    with refused("files.gone"):
        actions.attach(by=SITI, ids=[upload.pk], to=Subject("cases.case", "other"))


def test_unknown_id_is_refused_with_nothing_attached() -> None:
    upload = stored()
    with refused("files.gone"):
        actions.attach(by=SITI, ids=[upload.pk, uuid7()], to=CASE)
    upload.refresh_from_db()
    assert upload.state == UploadState.STAGED


@pytest.mark.django_db(transaction=True)
def test_discarded_file_loses_its_bytes_and_keeps_its_row() -> None:
    upload = stored()
    assert actions.discard(by=SITI, ids=[upload.pk]) == 1
    assert actions.discard(by=SITI, ids=[upload.pk]) == 0
    assert queries.upload(upload.pk) is None
    assert Upload.objects.get().state == UploadState.DISCARDED
    assert not current_storage().exists(upload.storage_key)


@pytest.mark.django_db(transaction=True)
def test_only_what_nobody_attached_expires(frozen_clock: Callable[[datetime], object]) -> None:
    left, attached = stored(), stored()
    actions.attach(by=SITI, ids=[attached.pk], to=CASE)
    later = clock.now() + timedelta(hours=49)
    assert actions.expire_staged(by=SYSTEM, moment=later) == 1
    assert actions.expire_staged(by=SYSTEM, moment=later) == 0
    assert queries.upload(left.pk) is None
    assert queries.open_content(Upload.objects.get(pk=attached.pk))


def test_bytes_that_no_row_speaks_of_are_swept_after_a_day() -> None:
    kept = stored()
    current_storage().write("ff/left-by-a-kill", [b"orphan"])
    moment = datetime.now(UTC)
    assert actions.sweep_orphans(moment=moment) == 0
    assert actions.sweep_orphans(moment=moment + timedelta(hours=25)) >= 1
    assert not current_storage().exists("ff/left-by-a-kill")
    assert current_storage().exists(kept.storage_key)


def test_staged_files_of_a_draft_find_their_person() -> None:
    draft = Subject("sync.draft", "0190-draft")
    upload = actions.store(by=SYSTEM, owner=draft, file=samples.sent(samples.jpeg()), allow="photo")
    end = clock.now() + timedelta(days=30)
    assert actions.change_owner(by=SITI, ids=[upload.pk], owner=draft, to=SITIS, expires_at=end) == 1
    assert actions.change_owner(by=SITI, ids=[upload.pk], owner=draft, to=SITIS) == 0
    upload.refresh_from_db()
    assert (upload.owner, upload.expires_at) == (SITIS, end)


def test_each_deed_is_in_the_journal_without_the_name_of_the_file() -> None:
    upload = stored(file=samples.sent(samples.jpeg(), "Siti 3505105708950001.jpg"))
    actions.attach(by=SITI, ids=[upload.pk], to=CASE)
    actions.discard(by=SITI, ids=[upload.pk])
    entries = Entry.objects.order_by("pk")
    assert [entry.event for entry in entries] == ["files.stored", "files.attached", "files.discarded"]
    assert not any("Siti 3505" in str(vars(entry)) for entry in entries)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "lost"},
        {"state": "staged", "expires_at": None},
        {"state": "attached"},
        {"state": "discarded"},
        {"size": 0},
    ],
)
def test_database_refuses_nonsense(nonsense: dict[str, object]) -> None:
    upload = stored()
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(**nonsense)
