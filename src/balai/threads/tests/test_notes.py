"""Notes: who reads them, and what is kept of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from balai.audit.models import Entry
from balai.kernel.references import Actor, Subject
from balai.threads import actions, queries
from balai.threads.enums import Audience
from balai.threads.errors import NoteEmpty, NoteNotInside, NoteTooLong, NoteUnreadable
from balai.threads.models import Note

pytestmark = pytest.mark.django_db
ABOUT = Subject("work.sample", "1")
SRI = Actor("officer", "a", "Sri Wahyuni")
SITI = Actor("citizen", "b", "Siti A.")


def test_citizen_reads_the_talk_and_not_what_stays_inside() -> None:
    actions.post(by=SITI, subject=ABOUT, text="Kapan selesai?")
    actions.post(by=SRI, subject=ABOUT, text="Tanya RT dulu", audience=Audience.INTERNAL)
    actions.post(by=SRI, subject=ABOUT, text="Besok, Bu.")
    actions.post(by=SRI, subject=Subject("work.sample", "2"), text="Lain")
    read = [(note.author_name, note.text.clear) for note in queries.notes(ABOUT, Audience.CITIZEN)]
    assert read == [("Siti A.", "Kapan selesai?"), ("Sri W.", "Besok, Bu.")]
    assert len(queries.notes(ABOUT, Audience.INTERNAL)) == 3


def test_note_is_sealed_and_the_journal_keeps_no_word_of_it() -> None:
    actions.post(by=SITI, subject=ABOUT, text="NIK saya 3505105708950001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM threads_note")
        (stored,) = cursor.fetchone()
    assert "3505105708950001" not in stored
    entry = Entry.objects.get(event="threads.posted")
    assert "3505105708950001" not in f"{entry.note}{entry.data}"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", NoteEmpty), ("  \n ", NoteEmpty), ("a" * 2001, NoteTooLong), ("a\x00b", NoteUnreadable)],
)
def test_note_that_nobody_can_read_is_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.post(by=SITI, subject=ABOUT, text=text)
    assert Note.objects.count() == 0


def test_citizen_writes_no_internal_note() -> None:
    with pytest.raises(NoteNotInside):
        actions.post(by=SITI, subject=ABOUT, text="Halo", audience=Audience.INTERNAL)
    note = actions.post(by=SITI, subject=ABOUT, text="Halo")
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(audience="internal")


def test_newest_200_notes_are_shown_oldest_first() -> None:
    for number in range(203):
        Note.objects.create(
            subject_label=ABOUT.label,
            subject_id=ABOUT.id,
            author_kind="officer",
            author_name="Sri W.",
            text=str(number),
            audience=Audience.CITIZEN,
            created_at="2026-11-23T02:00:00Z",
        )
    read = [note.text.clear for note in queries.notes(ABOUT, Audience.CITIZEN)]
    assert (read[0], read[-1], len(read)) == ("3", "202", 200)
