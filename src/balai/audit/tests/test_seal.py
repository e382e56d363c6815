from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from balai import audit
from balai.audit import actions, tasks, verification
from balai.audit.models import Batch, Entry
from balai.audit.verification import JournalAltered, Verdict, verify
from balai.kernel.references import SYSTEM, Subject
from balai.runtime import crypto, keyring

pytestmark = pytest.mark.django_db

CASE = Subject("cases.case", "1")


def write(count: int) -> None:
    for number in range(count):
        audit.record("t.done", by=SYSTEM, about=CASE, note=f"line {number}", data={"n": number})


def sql(statement: str, *values: object) -> None:
    """What somebody with the database's password can do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def fault() -> JournalAltered:
    with pytest.raises(JournalAltered) as altered:
        verify()
    return altered.value


@pytest.fixture
def ids() -> list[int]:
    """Ids of nine rows, sealed in three batches of three; a tenth is not sealed."""
    write(9)
    while actions.seal_next(most=3) is not None:
        pass
    write(1)
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def test_empty_journal_is_whole() -> None:
    assert verify() == Verdict(batches=0, sealed=0, unsealed=0, head="0:" + "0" * 64)
    assert actions.seal_next() is None


def test_sealed_journal_is_whole(ids: list[int]) -> None:
    last = Batch.objects.get(number=3)
    assert verify() == Verdict(batches=3, sealed=9, unsealed=1, head=f"3:{last.head}")
    assert [batch.total for batch in Batch.objects.order_by("number")] == [3, 6, 9]


def test_sealer_job_seals_everything(run_jobs: Callable) -> None:
    write(5)
    tasks.seal()
    assert verify().unsealed == 0
    tasks.seal()
    assert Batch.objects.count() == 1


def test_row_that_commits_late_comes_into_the_next_batch(ids: list[int]) -> None:
    write(1)
    sql("UPDATE audit_entry SET id = 0 WHERE id = (SELECT max(id) FROM audit_entry)")
    tasks.seal()
    assert verify().unsealed == 0
    assert Entry.objects.get(pk=0).batch == 4


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event", "t.undone"),
        ("by_kind", "officer"),
        ("by_id", "2"),
        ("by_name", "Somebody else"),
        ("about_label", "cases.other"),
        ("about_id", "2"),
        ("note", "line 4 "),
        ("data", '{"n": 4}'),
        ("at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_altered_row_is_named_whatever_was_altered(ids: list[int], column: str, value: str) -> None:
    value = value.removesuffix("+00:00") if connection.vendor == "sqlite" else value
    sql(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, ids[4])  # noqa: S608 (columns named above)
    altered = fault()
    assert (altered.entry_id, altered.batch) == (ids[4], 2)
    assert str(altered) == f"row {ids[4]} was altered (batch 2)"


def test_first_of_several_altered_rows_is_named(ids: list[int]) -> None:
    for place in (7, 3, 5):
        sql("UPDATE audit_entry SET note = 'x' WHERE id = %s", ids[place])
    assert fault().entry_id == ids[3]


def test_deleted_row_is_named(ids: list[int]) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", ids[8])
    assert str(fault()) == f"row {ids[8]} was deleted or taken out of its batch (batch 3)"


def test_row_taken_out_of_its_batch_is_named(ids: list[int]) -> None:
    sql("UPDATE audit_entry SET batch = NULL, note = 'x' WHERE id = %s", ids[0])
    assert fault().entry_id == ids[0]


def test_inserted_row_is_named(ids: list[int]) -> None:
    sql("UPDATE audit_entry SET batch = 2 WHERE id = %s", ids[9])
    assert str(fault()) == f"row {ids[9]} was inserted after the sealing (batch 2)"


def test_row_inserted_into_a_batch_that_does_not_exist_is_named(ids: list[int]) -> None:
    sql("UPDATE audit_entry SET batch = 9 WHERE id = %s", ids[9])
    assert str(fault()) == f"row {ids[9]} claims batch 9, which is not in the chain"


def test_batch_sealed_since_the_walk_reached_the_end_is_no_fault(ids: list[int]) -> None:
    assert actions.seal_next() is not None
    verification._check_no_strangers(3, 9)
    with pytest.raises(JournalAltered):
        verification._check_no_strangers(3, 8)


def test_swapped_rows_are_named(ids: list[int]) -> None:
    sql("UPDATE audit_entry SET id = 0 WHERE id = %s", ids[1])
    sql("UPDATE audit_entry SET id = %s WHERE id = %s", ids[1], ids[2])
    sql("UPDATE audit_entry SET id = %s WHERE id = 0", ids[2])
    assert fault().entry_id == ids[1]


def test_rows_swapped_between_batches_are_named(ids: list[int]) -> None:
    sql("UPDATE audit_entry SET batch = 2 WHERE id = %s", ids[0])
    sql("UPDATE audit_entry SET batch = 1 WHERE id = %s", ids[3])
    assert fault().entry_id == ids[0]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE audit_batch SET count = 4 WHERE number = 2", "batch 2 was altered"),
        ("UPDATE audit_batch SET total = 7 WHERE number = 2", "batch 2 was altered"),
        ("UPDATE audit_batch SET head = previous_head WHERE number = 2", "batch 2 was altered"),
        (
            "UPDATE audit_batch SET previous_head = head WHERE number = 2",
            "batch 2 does not follow the one before",
        ),
        (
            "UPDATE audit_batch SET signature = (SELECT signature FROM audit_batch WHERE number = 1) "
            "WHERE number = 2",
            "batch 2 is not signed by this town",
        ),
        ("UPDATE audit_batch SET number = 5 WHERE number = 2", "batch 2 is missing"),
        ("DELETE FROM audit_batch WHERE number = 1", "batch 1 is missing"),
    ],
)
def test_altered_batch_is_named(ids: list[int], statement: str, sentence: str) -> None:
    sql(statement)
    assert str(fault()) == sentence


def test_altered_leaves_are_found(ids: list[int]) -> None:
    batch = Batch.objects.get(number=2)
    leaves = bytearray(batch.leaves)
    leaves[-1] ^= 1
    Batch.objects.filter(number=2).update(leaves=bytes(leaves))
    assert str(fault()) == "batch 2 was altered"


def test_forger_without_the_key_cannot_reseal(ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows and batches made anew with all the right digests, but another town's key."""
    sql("UPDATE audit_entry SET batch = NULL")
    sql("UPDATE audit_entry SET note = 'x' WHERE id = %s", ids[4])
    Batch.objects.all().delete()
    own = crypto.sign_journal
    monkeypatch.setattr(actions, "sign_journal", lambda message: own(message)[:9] + "0" * 64)
    tasks.seal()
    assert str(fault()) == "batch 1 is not signed by this town"


def test_batches_cut_off_are_found_by_a_head_noted_earlier(ids: list[int]) -> None:
    noted = verify().head
    sql("DELETE FROM audit_entry WHERE batch = 3")
    sql("DELETE FROM audit_batch WHERE number = 3")
    assert verify().batches == 2
    with pytest.raises(JournalAltered, match="cut off"):
        verify(expected_head=noted)


def test_earlier_head_is_found_in_a_longer_chain(ids: list[int]) -> None:
    noted = verify().head
    tasks.seal()
    assert verify(expected_head=noted).batches == 4


def test_old_signatures_hold_after_the_journal_key_was_rotated(ids: list[int]) -> None:
    keyring.rotate("journal")
    tasks.seal()
    assert verify().batches == 4
    kids = {batch.signature.split(".")[0] for batch in Batch.objects.all()}
    assert len(kids) == 2


def test_command_tells_what_holds(ids: list[int]) -> None:
    said = io.StringIO()
    call_command("audit_verify", stdout=said)
    head = verify().head
    assert said.getvalue() == f"journal whole: 9 rows sealed in 3 batches, 1 unsealed; head {head}\n"


def test_command_names_the_row_and_fails(ids: list[int]) -> None:
    sql("UPDATE audit_entry SET note = 'x' WHERE id = %s", ids[4])
    with pytest.raises(CommandError, match=f"row {ids[4]} was altered") as failure:
        call_command("audit_verify")
    assert failure.value.returncode == 1


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(TEXTS, st.dictionaries(TEXTS, st.one_of(st.none(), st.booleans(), st.integers(), TEXTS), max_size=3))
def test_whatever_is_written_verifies(note: str, data: dict[str, object]) -> None:
    audit.record("t.done", by=SYSTEM, about=CASE, note=note, data=data)
    tasks.seal()
    assert verify().unsealed == 0
