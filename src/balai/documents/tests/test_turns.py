"""Turns at a letter: initials before signatures, refusals, ink, and what the owner hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from balai.audit.models import Entry
from balai.documents import actions, owners, queries
from balai.documents.enums import LetterState, News, TurnKind, TurnState
from balai.documents.errors import (
    AlreadySigned,
    BeingReplaced,
    NotInForce,
    NotYourTurn,
    NumberIssued,
    RefusalUnexplained,
    RevocationUnexplained,
    TurnOver,
)
from balai.documents.models import Letter, Turn
from balai.documents.tests import samples
from balai.documents.tests.partner import (
    PASSPHRASE,
    TO_INITIAL,
    TO_SIGN,
    ask_certified,
    head,
    partner,
    secretary,
    signing_here,
)
from balai.documents.tests.samples import CASE, SRI
from balai.kernel.references import Subject
from balai.people.tests.factories import make_officer
from balai.runtime.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
HOLDER = Subject("people.citizen", "0190-siti", "Siti Aminah")


@pytest.fixture(autouse=True)
def town(db: None, frozen_clock: Callable[[datetime], object]) -> None:
    """Sawentar at seven in the morning, and a signer in good health."""
    frozen_clock(SEVEN)
    samples.make_offices()
    partner()


@pytest.fixture
def heard() -> Iterator[list[tuple[str, str, str]]]:
    """News to the owner, as it comes: what, which letter, which turn."""
    calls: list[tuple[str, str, str]] = []
    owners.register(
        CASE.label,
        on_published=lambda owner_id, letter_id: calls.append(("published", letter_id, "")),
        on_news=lambda owner_id, letter_id, news, turn_id: calls.append((str(news), letter_id, turn_id)),
    )
    yield calls
    owners.forget(CASE.label)


def waiting(letter: Letter) -> Turn:
    turn = queries.open_turn(letter)
    assert turn is not None
    return turn


def states(letter: Letter) -> list[str]:
    return [turn.state for turn in queries.turns_of(letter)]


def signed(letter: Letter, by: object) -> Letter:
    with signing_here():
        actions.begin_batch(by=by, turns=[waiting(letter)], passphrase=PASSPHRASE)
    found = queries.letter(letter.pk)
    assert found is not None
    return found


def test_turns_open_one_after_the_other_and_the_last_publishes(
    run_jobs: Callable[[], int], heard: list[tuple[str, str, str]]
) -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    assert states(letter) == ["open", "ahead"]
    first = actions.initial(by=secretary(), turn=waiting(letter), note=" Alamat  sudah dicocokkan. ")
    assert (first.note, states(letter)) == ("Alamat sudah dicocokkan.", ["taken", "open"])
    published = signed(letter, head())
    run_jobs()
    assert (published.state, published.number.text) == ("published", "500.2.2.4/001/SWT/XI/2026")
    assert states(letter) == ["taken", "taken"]
    assert heard == [("initialled", str(letter.pk), str(first.pk)), ("published", str(letter.pk), "")]


def test_letter_has_no_number_before_its_signing_begins() -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    actions.initial(by=secretary(), turn=waiting(letter))
    letter.refresh_from_db()
    assert (letter.state, letter.number_id, list(queries.agenda(samples.VILLAGE, 2026))) == (
        "requested",
        None,
        [],
    )


def test_letter_bears_the_name_of_who_really_signs() -> None:
    acting = head(name="Endang Purwati")
    letter = signed(ask_certified(), acting)
    assert (letter.signer_name, letter.signer_title) == ("Endang Purwati", "Kepala Desa Sawentar")
    assert letter.data.clear["signer"]["name"] == "Endang Purwati"


def test_two_sign_one_file_one_after_the_other() -> None:
    letter = ask_certified(TO_SIGN, TO_SIGN)
    signed(letter, head(name="Bambang"))
    once = Letter.objects.get(pk=letter.pk)
    assert (once.state, states(letter)) == ("signed", ["taken", "open"])
    twice = signed(letter, head(name="Camat"))
    assert twice.state == "published"
    assert queries.letter_content(twice).endswith(b"\n% TTE-1 Bambang\n\n% TTE-2 Camat\n")


@pytest.mark.parametrize("kind", [TurnKind.INITIAL, TurnKind.SIGN])
def test_refusal_stops_the_letter_and_says_why(
    kind: TurnKind, run_jobs: Callable[[], int], heard: list[tuple[str, str, str]]
) -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN) if kind == TurnKind.INITIAL else ask_certified()
    officer = secretary() if kind == TurnKind.INITIAL else head()
    turn = actions.refuse(by=officer, turn=waiting(letter), reason="Nama usaha keliru")
    run_jobs()
    letter.refresh_from_db()
    assert (letter.state, turn.state, turn.note) == ("void", "refused", "Nama usaha keliru")
    assert states(letter)[1:] == (["cancelled"] if kind == TurnKind.INITIAL else [])
    assert heard == [("refused", str(letter.pk), str(turn.pk))]


def test_refusal_by_the_second_signer_leaves_a_void_number() -> None:
    letter = ask_certified(TO_SIGN, TO_SIGN)
    signed(letter, head())
    actions.refuse(by=head(name="Camat"), turn=waiting(letter), reason="Bukan wilayah kami")
    book = [(row.state, row.reason) for row in queries.agenda(samples.VILLAGE, 2026)]
    assert book == [("void", "Bukan wilayah kami")]


def test_refusal_without_a_reason_is_refused() -> None:
    with pytest.raises(RefusalUnexplained):
        actions.refuse(by=head(), turn=waiting(ask_certified()), reason=" \u200b ")


def test_turn_of_another_office_or_another_act_is_not_taken() -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    elsewhere = make_officer(office_code=samples.DISTRICT, permissions=["documents.initial"])
    for officer in (elsewhere, head()):
        with pytest.raises(NotYourTurn):
            actions.initial(by=officer, turn=waiting(letter))
        with pytest.raises(NotFound):
            queries.turn_for(officer, waiting(letter).pk)


def test_turn_is_taken_once_and_not_before_its_time() -> None:
    letter, officer = ask_certified(TO_INITIAL, TO_SIGN), secretary()
    turn = waiting(letter)
    ahead = queries.turns_of(letter)[1]
    with pytest.raises(TurnOver):
        actions.refuse(by=head(), turn=ahead, reason="belum")
    actions.initial(by=officer, turn=turn)
    with pytest.raises(TurnOver) as caught:
        actions.initial(by=officer, turn=turn)
    assert "selesai" in caught.value.sentence


def test_officer_without_certificate_signs_in_ink(run_jobs: Callable[[], int]) -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    actions.initial(by=secretary(), turn=waiting(letter))
    actions.sign_in_ink(by=head(certificate=False), turn=waiting(letter))
    run_jobs()
    letter.refresh_from_db()
    assert (letter.state, letter.signature, letter.level, states(letter)) == (
        "published",
        "wet",
        "",
        ["taken", "taken"],
    )


def test_letter_that_bears_a_certified_signature_is_not_finished_in_ink() -> None:
    letter = ask_certified(TO_SIGN, TO_SIGN)
    signed(letter, head())
    with pytest.raises(AlreadySigned):
        actions.sign_in_ink(by=head(certificate=False), turn=waiting(letter))


def test_letter_in_ink_is_made_after_its_initials(run_jobs: Callable[[], int]) -> None:
    letter = samples.ask(turns=(TO_INITIAL,))
    run_jobs()
    assert Letter.objects.get(pk=letter.pk).state == LetterState.REQUESTED
    actions.initial(by=secretary(), turn=waiting(letter))
    run_jobs()
    assert Letter.objects.get(pk=letter.pk).state == LetterState.PUBLISHED


def test_withdrawn_letter_waits_for_nobody(heard: list[tuple[str, str, str]]) -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    actions.withdraw_letter(by=SRI, letter=letter, reason="Permohonan ditarik")
    assert (states(letter), queries.open_turn(letter), heard) == (["cancelled", "cancelled"], None, [])


def test_published_letter_is_not_withdrawn() -> None:
    letter = signed(ask_certified(), head())
    with pytest.raises(NumberIssued):
        actions.withdraw_letter(by=SRI, letter=letter, reason="Permohonan ditarik")


def test_letter_made_void_from_the_book_is_news(
    run_jobs: Callable[[], int], heard: list[tuple[str, str, str]]
) -> None:
    letter = ask_certified()
    actions.void_letter(by=SRI, letter=letter, reason="salah kantor")
    run_jobs()
    assert heard == [("voided", str(letter.pk), "")]


def test_certified_letter_needs_somebody_to_sign() -> None:
    for turns in ((TO_INITIAL,), (TO_SIGN, TO_INITIAL)):
        with pytest.raises(ValueError, match="turn to sign, as the last"):
            ask_certified(*turns)


def test_tray_shows_what_is_due_first_and_only_to_whom_it_waits_for() -> None:
    officer = head()
    late = ask_certified(due_at=SEVEN + timedelta(days=3))
    urgent = ask_certified(due_at=SEVEN + timedelta(hours=2))
    whenever = ask_certified()
    ask_certified(TO_INITIAL, TO_SIGN)
    page = queries.tray_page(officer)
    assert [turn.letter_id for turn in page.turns] == [urgent.pk, late.pk, whenever.pk]
    assert queries.tray_page(secretary()).total == 1
    assert (
        queries.tray_page(make_officer(office_code=samples.DISTRICT, permissions=["documents.sign"])).total
        == 0
    )


def test_revoked_letter_says_why_and_its_owner_hears(
    run_jobs: Callable[[], int], heard: list[tuple[str, str, str]]
) -> None:
    officer = head()
    letter = signed(ask_certified(), officer)
    actions.revoke(by=officer, letter=letter, code="content-wrong", note="Nama  usaha salah")
    run_jobs()
    letter.refresh_from_db()
    assert (letter.is_revoked, letter.is_in_force) == (True, False)
    assert (letter.revocation_code, letter.revocation_note, letter.revoked_by_name) == (
        "content-wrong",
        "Nama usaha salah",
        "Bambang",
    )
    assert [what for what, _letter, _turn in heard] == ["published", "revoked"]
    assert Entry.objects.filter(event="documents.revoked", about_id=CASE.id).count() == 1
    with pytest.raises(NotInForce):
        actions.revoke(by=officer, letter=letter, code="content-wrong")


@pytest.mark.parametrize("code", ["", "replaced", "because"])
def test_letter_is_not_revoked_without_a_reason_of_the_list(code: str) -> None:
    officer = head()
    letter = signed(ask_certified(), officer)
    with pytest.raises(RevocationUnexplained):
        actions.revoke(by=officer, letter=letter, code=code)


def test_letter_is_revoked_by_an_officer_of_its_office() -> None:
    letter = signed(ask_certified(), head())
    with pytest.raises(Forbidden):
        actions.revoke(by=secretary(), letter=letter, code="content-wrong")


def test_replaced_letter_counts_until_the_new_one_is_published(
    run_jobs: Callable[[], int], heard: list[tuple[str, str, str]]
) -> None:
    officer = head()
    old = signed(ask_certified(holder=HOLDER), officer)
    new = ask_certified(replaces=old)
    old.refresh_from_db()
    assert (old.is_in_force, new.holder_with_name) == (True, HOLDER)
    signed(new, officer)
    run_jobs()
    old.refresh_from_db()
    assert (old.revocation_code, old.revocation_note) == ("replaced", "500.2.2.4/002/SWT/XI/2026")
    assert old.replaced_by == new
    assert [(what, id) for what, id, _turn in heard] == [
        ("published", str(old.pk)),
        ("revoked", str(old.pk)),
        ("published", str(new.pk)),
    ]


def test_letter_is_replaced_by_one_letter_that_comes_about() -> None:
    officer = head()
    old = signed(ask_certified(), officer)
    new = ask_certified(replaces=old)
    with pytest.raises(BeingReplaced):
        ask_certified(replaces=old)
    actions.refuse(by=officer, turn=waiting(new), reason="Salah juga")
    ask_certified(replaces=old)
    assert Letter.objects.get(pk=old.pk).is_in_force


def test_only_a_letter_in_force_is_replaced() -> None:
    with pytest.raises(NotInForce):
        ask_certified(replaces=ask_certified())


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": TurnState.QUEUED},
        {"state": TurnState.TAKEN},
        {"state": TurnState.REFUSED},
        {"state": "lost"},
        {"taken_at": SEVEN},
    ],
)
def test_database_refuses_impossible_turns(nonsense: dict[str, object]) -> None:
    turn = waiting(ask_certified())
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(**nonsense)


def test_news_has_the_names_that_owners_know() -> None:
    assert [str(news) for news in News] == ["initialled", "refused", "published", "revoked", "voided"]
