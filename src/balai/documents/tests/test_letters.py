"""A letter from request to publication, whatever is killed on the way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from balai.audit.models import Entry
from balai.documents import actions, owners, production, queries, rendering
from balai.documents.enums import MOVES, LetterState, NumberState
from balai.documents.errors import NotPublished, NumberIssued, OfficeUnknown, ReasonMissing, TemplateRefused
from balai.documents.models import Letter, LetterSource, Number, Series
from balai.documents.tests import samples
from balai.documents.tests.samples import CASE, SRI, ask
from balai.files import readers
from balai.files.models import Upload
from balai.kernel.errors import ValueRefused
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.region.models import Office
from balai.sync.tests.racing import Arena

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture(autouse=True)
def town(db: None, frozen_clock: Callable[[datetime], object]) -> Iterator[None]:
    """Sawentar on 21 November 2026, seven in the morning."""
    frozen_clock(datetime(YEAR, 11, 21, 0, 0, tzinfo=UTC))
    samples.make_offices()
    yield


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    """What the owner's package was told."""
    calls: list[tuple[str, str]] = []
    owners.register(CASE.label, on_published=lambda owner_id, letter_id: calls.append((owner_id, letter_id)))
    yield calls
    owners.forget(CASE.label)


def texts(state: NumberState | None = None) -> list[str]:
    book = queries.agenda(samples.VILLAGE, YEAR)
    return [number.text for number in (book.filter(state=state) if state else book)]


def test_requested_letter_is_numbered_set_and_published(
    run_jobs: Callable[[], int], told: list[tuple[str, str]]
) -> None:
    letter = ask(valid_until_on=date(2026, 12, 21))
    assert letter.state == LetterState.REQUESTED
    run_jobs()
    letter = queries.letter(letter.pk)
    assert (letter.state, letter.number.text) == ("published", "500.2.2.4/001/SWT/XI/2026")
    assert (letter.dated_on, letter.number.state) == (date(2026, 11, 21), "issued")
    assert queries.letter_content(letter).startswith(b"%PDF-1.7")
    assert told == [(CASE.id, str(letter.pk))]
    assert list(queries.letters_of(CASE)) == [letter]


def test_letter_holds_from_its_own_date_as_long_as_was_asked_for(
    run_jobs: Callable[[], int], frozen_clock: Callable[[datetime], object]
) -> None:
    letters = [ask(valid_until_on=date(2026, 12, 21)), ask()]
    frozen_clock(datetime(YEAR, 11, 24, 2, 0, tzinfo=UTC))
    run_jobs()
    found = [queries.letter(letter.pk) for letter in letters]
    assert [(each.dated_on, each.valid_until_on) for each in found if each] == [
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 11, 24), None),
    ]


def test_draft_read_on_a_later_day_says_until_when_the_letter_will_hold(
    frozen_clock: Callable[[datetime], object],
) -> None:
    letter = ask(valid_until_on=date(2026, 12, 21))
    frozen_clock(datetime(YEAR, 11, 24, 2, 0, tzinfo=UTC))
    signer = {"name": "Bambang Sutejo", "title": "Kepala Desa Sawentar", "mode": "definitive"}
    read = " ".join(rendering.words(letter, signer))
    published = production.produce(letter.pk)
    assert published.valid_until_on == date(2026, 12, 24)
    days = ("21 Desember 2026", "24 Desember 2026")
    assert [day for day in days if day in read] == ["24 Desember 2026"]


def test_owner_is_told_again_only_until_it_has_heard(told: list[tuple[str, str]]) -> None:
    letter = ask()
    production.produce(letter.pk)
    production.produce(letter.pk)
    assert len(told) == 1


def test_owner_that_fails_to_hear_is_told_again() -> None:
    calls: list[str] = []

    def hears_at_second(owner_id: str, letter_id: str) -> None:
        calls.append(letter_id)
        if len(calls) == 1:
            raise RuntimeError("not now")

    owners.register(CASE.label, on_published=hears_at_second)
    letter = ask()
    with pytest.raises(RuntimeError, match="not now"):
        production.produce(letter.pk)
    production.produce(letter.pk)
    production.produce(letter.pk)
    owners.forget(CASE.label)
    assert len(calls) == 2
    assert texts(NumberState.ISSUED) == ["500.2.2.4/001/SWT/XI/2026"]


def test_every_step_may_be_the_last_before_a_kill() -> None:
    """Each prefix of the steps, then a fresh delivery of the job: one number, one published file."""
    steps: list[Callable[[Letter], object]] = [
        lambda letter: production.reserve_number(letter=letter),
        lambda letter: production.store_rendering(queries.letter(letter.pk)),
        lambda letter: production.keep_rendering(
            letter=letter, upload=production.store_rendering(queries.letter(letter.pk))
        ),
        lambda letter: production.publish(letter=letter),
    ]
    for reached in range(len(steps) + 1):
        letter = ask()
        for step in steps[:reached]:
            step(letter)
        published = production.produce(letter.pk)
        assert published.state == LetterState.PUBLISHED
        attached = Upload.objects.filter(owner_id=str(letter.pk), state="attached")
        assert [row.pk for row in attached] == [published.upload_id]
    assert texts(NumberState.ISSUED) == [f"500.2.2.4/00{at}/SWT/XI/2026" for at in range(1, 6)]


def test_setting_again_gives_the_same_bytes() -> None:
    letter = production.reserve_number(letter=ask())
    first = production.store_rendering(letter)
    second = production.store_rendering(letter)
    assert first.sha256 == second.sha256


def test_year_turns_with_the_wall_clock_of_the_government(frozen_clock: Callable[[datetime], object]) -> None:
    """Jakarta is seven hours ahead: its new year begins at 17.00 UTC."""
    clock = frozen_clock(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC))
    before = production.reserve_number(letter=ask())
    clock.move(seconds=1)
    after = production.reserve_number(letter=ask())
    assert (before.number.text, after.number.text) == (
        "500.2.2.4/001/SWT/XII/2026",
        "500.2.2.4/001/SWT/I/2027",
    )
    assert (before.dated_on, after.dated_on) == (date(2026, 12, 31), date(2027, 1, 1))


def test_each_office_and_book_counts_for_itself() -> None:
    village = production.reserve_number(letter=ask())
    district = production.reserve_number(letter=ask(office_code=samples.DISTRICT))
    decrees = production.reserve_number(letter=ask(book="decrees"))
    numbers = [letter.number.text for letter in (village, district, decrees)]
    assert numbers == [
        "500.2.2.4/001/SWT/XI/2026",
        "500.2.2.4/001/KNG/XI/2026",
        "500.2.2.4/001/SWT/XI/2026",
    ]


def test_void_number_stays_in_the_book_and_is_never_given_again() -> None:
    first = production.reserve_number(letter=ask())
    actions.void_number(by=SRI, number=first.number, reason="  salah   nama ")
    production.produce(ask().pk)
    book = [(number.text, number.state, number.reason) for number in queries.agenda(samples.VILLAGE, YEAR)]
    assert book == [
        ("500.2.2.4/001/SWT/XI/2026", "void", "salah nama"),
        ("500.2.2.4/002/SWT/XI/2026", "issued", ""),
    ]
    assert production.produce(first.pk).state == LetterState.VOID


def test_letter_made_void_while_it_is_set_is_not_published() -> None:
    letter = production.reserve_number(letter=ask())
    upload = production.store_rendering(letter)
    actions.void_letter(by=SRI, letter=letter, reason="ditarik pemohon")
    assert production.keep_rendering(letter=letter, upload=upload).state == LetterState.VOID
    assert production.publish(letter=letter).state == LetterState.VOID
    upload.refresh_from_db()
    assert upload.state == "staged", "nobody's bytes expire"


def test_letter_without_a_number_is_made_void_without_one() -> None:
    letter = actions.void_letter(by=SRI, letter=ask(), reason="ditarik")
    assert (letter.state, letter.number, texts()) == ("void", None, [])


def test_issued_number_cannot_be_made_void() -> None:
    letter = production.produce(ask().pk)
    with pytest.raises(NumberIssued) as caught:
        actions.void_number(by=SRI, number=letter.number, reason="salah")
    assert "500.2.2.4/001/SWT/XI/2026" in caught.value.sentence


def test_void_without_a_reason_is_refused() -> None:
    letter = production.reserve_number(letter=ask())
    with pytest.raises(ReasonMissing):
        actions.void_number(by=SRI, number=letter.number, reason="  ")


def test_letter_is_not_read_before_it_is_published() -> None:
    letter = production.reserve_number(letter=ask())
    with pytest.raises(NotPublished):
        queries.letter_content(letter)
    assert queries.letter_upload(letter) is None


def test_published_letter_is_read_by_readers_of_its_owner() -> None:
    readers.register(CASE.label, lambda request, owner_id: owner_id == CASE.id)
    request, letter = RequestFactory().get("/"), production.reserve_number(letter=ask())
    before = owners.may_read_letter(request, str(letter.pk))
    production.produce(letter.pk)
    assert (before, owners.may_read_letter(request, str(letter.pk))) == (False, True)
    assert not owners.may_read_letter(request, str(uuid7()))
    assert not owners.may_read_letter(request, "nonsense")
    readers.forget(CASE.label)
    assert not owners.may_read_letter(request, str(letter.pk))


def test_letter_keeps_sources_and_letterhead_of_its_day() -> None:
    letter = ask()
    changed = {**samples.FILES, "letter.typ": samples.LETTER.replace("memiliki usaha", "berusaha")}
    assert ask().source_id == letter.source_id
    assert ask(files=changed).source_id != letter.source_id
    assert LetterSource.objects.count() == 2
    assert letter.data.clear["office"]["lines"] == [
        "Pemerintah Kabupaten Blitar",
        "Kecamatan Kanigoro",
        "Desa Sawentar",
    ]


def test_answers_are_not_in_the_database_in_the_clear() -> None:
    ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_letter")
        assert "3505105708950001" not in str(cursor.fetchall())
        cursor.execute("SELECT payload FROM runtime_job")
        assert "Siti" not in str(cursor.fetchall())


def test_file_of_the_letter_names_title_and_date() -> None:
    content = queries.letter_content(production.produce(ask().pk))
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert pdf.docinfo["/Title"] == "Surat Keterangan Usaha"
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261121")


def test_file_is_named_by_title_and_number_and_never_by_its_holder() -> None:
    first, second = ask(title="SURAT KETERANGAN USAHA"), ask(title='Surat "Izin" a/b\\c\r\n Keramaian')
    names = [Upload.objects.get(pk=production.produce(each.pk).upload_id).name for each in (first, second)]
    assert names == [
        "Surat keterangan usaha 001-SWT-2026.pdf",
        "Surat Izin a b c Keramaian 002-SWT-2026.pdf",
    ]


def test_file_of_an_office_without_a_short_code_is_named_by_sequence_and_year() -> None:
    Office.objects.update(number_code="")
    Series.objects.create(office_code=samples.VILLAGE, book="letters-out", year=YEAR, last=4711)
    stored = Upload.objects.get(pk=production.produce(ask().pk).upload_id)
    assert stored.name == "Surat Keterangan Usaha 4712 tahun 2026.pdf"


def test_each_step_is_in_the_journal_of_the_owner(run_jobs: Callable[[], int]) -> None:
    ask()
    run_jobs()
    events = Entry.objects.filter(about_label=CASE.label).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["documents.requested", "documents.number_reserved", "documents.published"]


def test_letter_that_cannot_be_set_keeps_its_number_visible() -> None:
    letter = ask(files={"letter.typ": "#given.nothing"})
    with pytest.raises(Exception, match="unknown variable"):
        production.produce(letter.pk)
    production.note_failure(letter_id=str(letter.pk))
    assert texts(NumberState.RESERVED) == ["500.2.2.4/001/SWT/XI/2026"]
    actions.void_letter(by=SRI, letter=letter, reason="naskah rusak")
    assert texts(NumberState.VOID) == ["500.2.2.4/001/SWT/XI/2026"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"pattern": "{sequence}"}, ValueRefused),
        ({"office_code": "99.99"}, OfficeUnknown),
        ({"files": {}}, TemplateRefused),
        ({"files": {"../letter.typ": "", "letter.typ": ""}}, TemplateRefused),
        ({"files": {"/etc/letter.typ": "", "letter.typ": ""}}, TemplateRefused),
        ({"files": {"letter.typ": '#import "@preview/cetz:0.3.0"'}}, TemplateRefused),
    ],
)
def test_request_that_could_not_be_made_is_refused_at_once(
    changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(**changes)
    assert Letter.objects.count() == 0


def test_letter_goes_no_way_that_the_table_does_not_know() -> None:
    letter = ask()
    known = MOVES[LetterState.REQUESTED]
    for state in set(LetterState) - known:
        with pytest.raises(ValueError, match="does not go"):
            letter.enter(state)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "reserved"},
        {"state": "published"},
        {"state": "lost"},
        {"published_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_database_refuses_impossible_letters(nonsense: dict[str, object]) -> None:
    letter = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**nonsense)


@pytest.mark.parametrize(
    "nonsense", [{"state": "void"}, {"reason": "x"}, {"sequence": 0}, {"state": "issued"}, {"state": "?"}]
)
def test_database_refuses_impossible_numbers(nonsense: dict[str, object]) -> None:
    number = production.reserve_number(letter=ask()).number
    with pytest.raises(IntegrityError), transaction.atomic():
        Number.objects.filter(pk=number.pk).update(**nonsense)


@pytest.mark.django_db(transaction=True)
def test_processes_reserving_at_once_get_a_number_each(tmp_path: Path) -> None:
    letters = [ask() for _each in range(12)]
    arena = Arena(tmp_path)

    def reserve_three(first: int) -> list[str]:
        mine = letters[first : first + 3]
        return [production.reserve_number(letter=letter).number.text for letter in mine]

    results = arena.race(*[lambda first=first: reserve_three(first) for first in (0, 3, 6, 9)])
    given = sorted(text for result in results for text in result)
    assert given == [f"500.2.2.4/{at:03}/SWT/XI/2026" for at in range(1, 13)]


PRODUCE = """
from balai.documents import production
for key in sys.argv[1:]:
    production.produce(key)
"""


def attached_to(letter: Letter) -> list[object]:
    found = Upload.objects.filter(owner_id=str(letter.pk), state="attached")
    return [row.pk for row in found]


@pytest.mark.django_db(transaction=True)
def test_worker_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Two kills, then two workers at once with what is left."""
    keys = [str(ask().pk) for _each in range(12)]
    arena, chance = Arena(tmp_path), random.Random(7)
    kills = [arena.kill_after(chance.uniform(0.01, 0.12), PRODUCE, *keys) for _round in range(2)]
    assert any(kills)
    for worker in [arena.started(PRODUCE, *keys), arena.started(PRODUCE, *keys)]:
        with worker:
            assert worker.wait(60) == 0
    with arena.entered():
        assert sorted(Number.objects.values_list("sequence", "state")) == [
            (at, "issued") for at in range(1, 13)
        ]
        for letter in Letter.objects.all():
            assert attached_to(letter) == [letter.upload_id]
            assert queries.letter_content(letter).startswith(b"%PDF")


def test_subject_of_a_letter_carries_its_title() -> None:
    letter = ask()
    assert letter.as_subject() == Subject("documents.letter", str(letter.pk), "Surat Keterangan Usaha")
