"""What was typed is kept, closed to others, and found again by the person who typed it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from balai.files import actions as files
from balai.files import queries as file_queries
from balai.files.models import Upload
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.sync import actions, drafts, queries
from balai.sync.errors import DraftChanged, DraftTooLarge, StashNotFound
from balai.sync.models import Draft
from balai.sync.tests.racing import Arena

pytestmark = pytest.mark.django_db

SITI = Actor("citizen", "0190-siti", "Siti Aminah")
BUDI = Actor("citizen", "0190-budi", "Budi")
SITIS, BUDIS = Subject("people.citizen", SITI.id), Subject("people.citizen", BUDI.id)
FORM = {"kind": "cases.form", "about": "village/business-statement"}


def save(data: dict[str, object], **more: object) -> Draft:
    return actions.save_draft(by=SITI, owner=SITIS, **FORM, data=data, **more)


def typed(owner: Subject = SITIS) -> object:
    draft = queries.draft(owner, **FORM)
    return draft and draft.data.clear


def photo(owner: Subject) -> Upload:
    return files.store_bytes(by=SYSTEM, owner=owner, name="a", media_type="image/jpeg", content=b"isi")


def test_saved_answers_come_back() -> None:
    save({"nik": "3505105708950001", "since": None, "rows": [1, 2]})
    assert typed() == {"nik": "3505105708950001", "since": None, "rows": [1, 2]}


def test_one_form_has_one_draft_and_counts_its_versions() -> None:
    assert [save({"a": number}).version for number in range(3)] == [1, 2, 3]
    assert Draft.objects.count() == 1
    assert typed() == {"a": 2}


def test_answers_are_not_in_the_database_in_the_clear() -> None:
    save({"nik": "3505105708950001"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sync_draft")
        assert "3505105708950001" not in str(cursor.fetchall())


def test_draft_of_one_is_not_seen_by_another() -> None:
    draft = save({"a": 1})
    assert queries.draft_by_id(SITIS, draft.pk) == draft
    assert queries.draft_by_id(BUDIS, draft.pk) is None
    assert queries.draft_by_id(SITIS, "not-an-id") is None
    assert typed(BUDIS) is None


def test_writer_who_has_not_seen_the_latest_is_told() -> None:
    save({"a": 1})
    save({"a": 2}, version=1)
    with pytest.raises(DraftChanged) as caught:
        save({"a": 3}, version=1)
    assert (caught.value.status, caught.value.version) == (409, 2)
    assert typed() == {"a": 2}


def test_phone_names_its_draft() -> None:
    key = uuid7()
    assert save({"a": 1}, id=key).pk == key


@pytest.mark.parametrize("key", [uuid.uuid4(), uuid.UUID(int=0)])
def test_id_that_no_phone_makes_is_refused(key: uuid.UUID) -> None:
    with pytest.raises(NotFound):
        save({"a": 1}, id=key)


def test_id_of_another_s_draft_is_refused() -> None:
    key = save({"a": 1}).pk
    with pytest.raises(NotFound):
        actions.save_draft(by=BUDI, owner=BUDIS, **FORM, data={}, id=key)


def test_draft_too_large_for_a_form_is_refused() -> None:
    with pytest.raises(DraftTooLarge) as caught:
        save({"a": "x" * 300_000})
    assert "256 kB" in caught.value.sentence


def test_files_live_as_long_as_their_draft() -> None:
    upload = photo(SITIS)
    draft = save({"a": 1}, uploads=[upload.pk])
    upload.refresh_from_db()
    assert upload.expires_at == draft.expires_at
    assert draft.uploads == [str(upload.pk)]
    assert save({"a": 2}).uploads == [str(upload.pk)]


def test_discarded_draft_takes_its_files_with_it() -> None:
    upload = photo(SITIS)
    save({}, uploads=[upload.pk])
    assert actions.discard(by=SITI, owner=SITIS, **FORM)
    assert not actions.discard(by=SITI, owner=SITIS, **FORM)
    assert file_queries.upload(upload.pk) is None


def test_files_that_were_sent_stay() -> None:
    sent, left = photo(SITIS), photo(SITIS)
    save({}, uploads=[sent.pk, left.pk])
    files.attach(by=SITI, ids=[sent.pk], to=Subject("cases.case", "1"), owner=SITIS)
    actions.discard(by=SITI, owner=SITIS, **FORM)
    assert file_queries.upload(sent.pk) is not None
    assert file_queries.upload(left.pk) is None


def test_stash_becomes_the_draft_of_who_holds_the_token_once() -> None:
    token = actions.stash(**FORM, data={"name": "Warung"})
    draft = actions.claim_stash(by=SITI, owner=SITIS, token=token)
    assert (draft.owner, typed()) == (SITIS, {"name": "Warung"})
    with pytest.raises(StashNotFound):
        actions.claim_stash(by=BUDI, owner=BUDIS, token=token)


def test_stash_meant_for_one_is_not_given_to_another() -> None:
    token = actions.stash(**FORM, data={"a": 1}, meant_for=SITIS)
    with pytest.raises(StashNotFound):
        actions.claim_stash(by=BUDI, owner=BUDIS, token=token)
    assert actions.claim_stash(by=SITI, owner=SITIS, token=token).owner == SITIS


def test_stash_wins_field_by_field_over_the_older_draft() -> None:
    save({"name": "old", "since": 2019})
    token = actions.stash(**FORM, data={"name": "new"})
    draft = actions.claim_stash(by=SITI, owner=SITIS, token=token)
    assert (draft.version, typed()) == (2, {"name": "new", "since": 2019})
    assert Draft.objects.count() == 1


def test_files_of_a_stash_come_along() -> None:
    key = uuid7()
    upload = photo(Subject("sync.draft", str(key)))
    token = actions.stash(**FORM, data={}, uploads=[upload.pk], id=key)
    draft = actions.claim_stash(by=SITI, owner=SITIS, token=token)
    upload.refresh_from_db()
    assert (draft.pk, draft.uploads, upload.owner) == (key, [str(upload.pk)], SITIS)
    assert upload.expires_at == draft.expires_at


def test_stash_is_not_found_by_an_empty_owner_or_an_id() -> None:
    actions.stash(**FORM, data={"a": 1})
    stashed = Draft.objects.get()
    assert queries.draft_by_id(SITIS, stashed.pk) is None
    assert typed() is None


def test_stash_ends_after_two_hours(frozen_clock: Callable[[datetime], object]) -> None:
    moment = frozen_clock(datetime(2026, 11, 21, 1, tzinfo=UTC))
    token = actions.stash(**FORM, data={"a": 1})
    moment.move(hours=2)
    with pytest.raises(StashNotFound):
        actions.claim_stash(by=SITI, owner=SITIS, token=token)


def test_drafts_and_their_files_end_after_thirty_days() -> None:
    upload = photo(SITIS)
    save({"a": 1}, uploads=[upload.pk])
    assert actions.expire_drafts(by=SYSTEM, moment=clock.now() + timedelta(days=29)) == 0
    assert actions.expire_drafts(by=SYSTEM, moment=clock.now() + timedelta(days=31)) == 1
    assert (Draft.objects.count(), file_queries.upload(upload.pk)) == (0, None)


def test_draft_saved_while_the_sweep_looks_at_it_stays() -> None:
    upload = photo(SITIS)
    later = clock.now() + timedelta(days=31)
    stale = save({"a": 1}, uploads=[upload.pk])
    Draft.objects.filter(pk=stale.pk).update(expires_at=later + timedelta(days=1))
    assert drafts._forget(SYSTEM, stale, later) is False
    assert (Draft.objects.count(), file_queries.upload(upload.pk)) == (1, upload)


@pytest.mark.parametrize(
    "nonsense",
    [{"owner_id": ""}, {"token_hash": "0" * 64}, {"owner_id": "", "owner_label": ""}, {"version": 0}],
)
def test_database_refuses_nonsense(nonsense: dict[str, object]) -> None:
    draft = save({})
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(**nonsense)


@pytest.mark.django_db(transaction=True)
def test_processes_saving_at_once_keep_one_draft(tmp_path: Path) -> None:
    arena = Arena(tmp_path)
    results = arena.race(*[lambda number=number: save({"a": number}).version for number in range(4)])
    assert sorted(results) == [1, 2, 3, 4]
    with arena.entered():
        assert Draft.objects.get().version == 4


@pytest.mark.django_db(transaction=True)
def test_one_of_two_claimants_gets_the_stash(tmp_path: Path) -> None:
    token = actions.stash(**FORM, data={"a": 1})
    arena = Arena(tmp_path)
    results = arena.race(
        lambda: actions.claim_stash(by=SITI, owner=SITIS, token=token).owner_id,
        lambda: actions.claim_stash(by=BUDI, owner=BUDIS, token=token).owner_id,
    )
    assert sorted(results)[0] in (SITIS.id, BUDIS.id)
    assert sum(str(result).startswith("StashNotFound") for result in results) == 1
