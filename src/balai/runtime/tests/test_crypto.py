from __future__ import annotations

import json
import stat
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.runtime import crypto, keyring

KINDS = ((crypto.seal_text, crypto.open_text), (crypto.seal_bytes, crypto.open_bytes))


@pytest.fixture
def ring_folder(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without keys yet."""
    folder = tmp_path / "keys"
    settings.BALAI = settings.BALAI.model_copy(update={"keys_dir": folder})
    monkeypatch.setattr(keyring, "_rings", {})
    return folder


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(max_size=40))
def test_text_opens_as_it_was_sealed(value: str, context: str) -> None:
    context = context.encode("utf-8", "ignore").decode()
    sealed = crypto.seal_text(value, context=context)
    assert crypto.open_text(sealed, context=context) == value
    assert crypto.seal_text(value, context=context) != sealed


@given(st.binary())
def test_bytes_open_as_they_were_sealed(value: bytes) -> None:
    sealed = crypto.seal_bytes(value, context="t")
    assert crypto.open_bytes(sealed, context="t") == value
    assert len(sealed) == len(value) + 33


@given(st.binary(min_size=1), st.data())
def test_one_changed_bit_does_not_open(value: bytes, data: st.DataObject) -> None:
    sealed = bytearray(crypto.seal_bytes(value, context="t"))
    place = data.draw(st.integers(min_value=0, max_value=len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(min_value=0, max_value=7))
    with pytest.raises((crypto.SealBroken, keyring.KeyMissing)):
        crypto.open_bytes(bytes(sealed), context="t")


@given(st.text(max_size=80))
def test_anything_else_does_not_open(text: str) -> None:
    with pytest.raises((crypto.SealBroken, keyring.KeyMissing)):
        crypto.open_text(text, context="t")
    with pytest.raises((crypto.SealBroken, keyring.KeyMissing)):
        crypto.open_bytes(text.encode("utf-8", "ignore"), context="t")


def test_value_does_not_open_in_another_context() -> None:
    sealed = crypto.seal_text("3505105708950001", context="people.citizen.nik")
    with pytest.raises(crypto.SealBroken):
        crypto.open_text(sealed, context="people.citizen.kk")


def test_sealed_text_names_its_key() -> None:
    assert crypto.seal_text("x", context="t").split(".")[:2] == ["s1", keyring.key_set("seal").current]


def test_lookup_hash_is_stable_and_differs_by_value_and_context() -> None:
    one = crypto.lookup_hash("3505105708950001", context="nik")
    assert one == crypto.lookup_hash("3505105708950001", context="nik")
    others = {
        crypto.lookup_hash("3505105708950002", context="nik"),
        crypto.lookup_hash("3505105708950001", context="kk"),
        crypto.lookup_hash("k3505105708950001", context="ni"),
    }
    assert len(one) == 64
    assert len(others - {one}) == 3


def test_journal_signature_holds_for_its_message_only() -> None:
    signature = crypto.sign_journal(b"head")
    assert crypto.journal_signature_holds(b"head", signature) is True
    assert crypto.journal_signature_holds(b"heaD", signature) is False
    assert crypto.journal_signature_holds(b"head", "00000000." + "0" * 64) is False
    assert crypto.journal_signature_holds(b"head", "") is False


def test_ring_is_made_on_first_use_for_its_owner_alone(ring_folder: Path) -> None:
    crypto.seal_text("x", context="t")
    file = ring_folder / "ring.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring_folder.stat().st_mode) == 0o700
    assert sorted(json.loads(file.read_text())) == ["journal", "letters", "lookup", "mode", "seal"]
    assert [path.name for path in ring_folder.iterdir()] == ["ring.json"]


def test_purposes_have_keys_of_their_own(ring_folder: Path) -> None:
    keys = {key for purpose in keyring.PURPOSES for key in keyring.key_set(purpose).keys.values()}
    assert len(keys) == 4


def test_ring_of_an_existing_town_gets_the_missing_purpose_and_keeps_its_keys(ring_folder: Path) -> None:
    sealed = crypto.seal_text("x", context="t")
    file = ring_folder / "ring.json"
    before = json.loads(file.read_text())
    file.write_text(json.dumps({name: value for name, value in before.items() if name != "letters"}))
    keyring.forget()
    made = keyring.key_set("letters").current
    after = json.loads(file.read_text())
    assert {**after, "letters": before["letters"]} == before
    assert (after["letters"]["current"], stat.S_IMODE(file.stat().st_mode)) == (made, 0o600)
    keyring.forget()
    assert keyring.key_set("letters").current == made
    assert crypto.open_text(sealed, context="t") == "x"


def test_ring_that_lacks_a_purpose_and_cannot_be_written_says_what_to_do(ring_folder: Path) -> None:
    """The file of the lock cannot be opened, as in a read-only folder, whoever runs the test."""
    keyring.key_set("seal")
    file = ring_folder / "ring.json"
    content = json.loads(file.read_text())
    del content["letters"]
    file.write_text(json.dumps(content))
    (ring_folder / "ring.lock").mkdir()
    keyring.forget()
    with pytest.raises(keyring.RingRefused, match=r"no key yet for letters.*make .* writable"):
        keyring.key_set("seal")
    assert json.loads(file.read_text()) == content


def _key_added_by_a_process(folder: str) -> str:
    keyring.forget()
    return keyring._read_or_make(Path(folder) / "ring.json")["letters"].current


def test_processes_that_extend_a_ring_at_once_add_one_key(ring_folder: Path) -> None:
    keyring.key_set("seal")
    file = ring_folder / "ring.json"
    content = json.loads(file.read_text())
    del content["letters"]
    file.write_text(json.dumps(content))
    with get_context("fork").Pool(4) as pool:
        kids = pool.map(_key_added_by_a_process, [str(ring_folder)] * 8)
    assert len(set(kids)) == 1


def test_key_rotated_by_another_process_is_published(ring_folder: Path) -> None:
    old = keyring.key_set("letters").current
    stale = dict(keyring._rings)
    new = keyring.rotate("letters")
    keyring._rings.update(stale)
    assert sorted(keyring.fresh_key_set("letters").keys) == sorted([old, new])


def _key_made_by_a_process(folder: str) -> str:
    keyring._make(Path(folder) / "ring.json")
    return json.loads((Path(folder) / "ring.json").read_text())["seal"]["current"]


def test_processes_that_start_at_once_make_one_ring(ring_folder: Path) -> None:
    ring_folder.mkdir()
    with get_context("fork").Pool(4) as pool:
        kids = pool.map(_key_made_by_a_process, [str(ring_folder)] * 8)
    assert len(set(kids)) == 1


def test_rotated_key_is_used_and_the_old_one_still_opens(ring_folder: Path) -> None:
    old = crypto.seal_text("x", context="t")
    kid = keyring.rotate("seal")
    new = crypto.seal_text("x", context="t")
    assert new.split(".")[1] == kid
    assert old.split(".")[1] != kid
    assert crypto.open_text(old, context="t") == crypto.open_text(new, context="t") == "x"
    assert stat.S_IMODE((ring_folder / "ring.json").stat().st_mode) == 0o600


def test_key_rotated_by_another_process_is_found(ring_folder: Path) -> None:
    stale = {keyring.ring_path(): dict.fromkeys(keyring.PURPOSES, keyring.key_set("seal"))}
    keyring.rotate("seal")
    sealed = crypto.seal_text("x", context="t")
    keyring._rings.clear()
    keyring._rings.update(stale)
    assert crypto.open_text(sealed, context="t") == "x"


def test_lookup_key_does_not_rotate(ring_folder: Path) -> None:
    with pytest.raises(ValueError, match="lookup"):
        keyring.rotate("lookup")


def test_production_refuses_a_ring_that_a_demo_made(ring_folder: Path, settings) -> None:
    keyring.key_set("seal")
    keyring.forget()
    settings.BALAI = settings.BALAI.model_copy(update={"mode": "production"})
    with pytest.raises(keyring.RingRefused):
        keyring.key_set("seal")
