"""Each kind: what it takes as typed, how it stores it, how it shows it, what it says when it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from balai.catalogue import kinds
from balai.catalogue.kinds import FormContext
from balai.catalogue.kinds.sentences import SENTENCES, WARNINGS
from balai.catalogue.schema import FieldSpec

CONTEXT = FormContext(date(2026, 11, 21), areas=lambda: (("Kecamatan X", (("35.05.10.2011", "Sawentar"),)),))
CHOICES = [{"value": "own", "label": "Milik sendiri"}, {"value": "rent", "label": "Sewa"}]
EXTRA: dict[str, dict[str, Any]] = {"choice": {"choices": CHOICES}}


def spec(kind: str, **more: Any) -> FieldSpec:
    return FieldSpec(id="x", kind=kind, label="X", **{**EXTRA.get(kind, {}), **more})


def cleaned(kind: str, typed: str, **more: Any) -> Any:
    return kinds.kind(kind).form_field(spec(kind, **more), CONTEXT).clean(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "shown"),
    [
        ("text", "  Warung   Bu Siti ", "Warung Bu Siti", "Warung Bu Siti"),
        ("paragraph", "satu\r\n\r\n\r\n\r\ndua", "satu\n\ndua", "satu\n\ndua"),
        ("date", "17 Agustus 1995", "1995-08-17", "17 Agustus 1995"),
        ("date", "17/8/1995", "1995-08-17", "17 Agustus 1995"),
        ("time", "14.30", "14:30", "14.30"),
        ("time", "pukul 7:05", "07:05", "07.05"),
        ("choice", "rent", "rent", "Sewa"),
        ("yes_no", "no", False, "Tidak"),
        ("nik", "350510 570895 0001", "3505105708950001", "3505105708950001"),
        ("kk", "3505.1012.0101.0001", "3505101201010001", "3505101201010001"),
        ("name", " Hj.  Nur’aini,  S.Pd. ", "Hj. Nur'aini, S.Pd.", "Hj. Nur'aini, S.Pd."),
        ("name", "Suharto", "Suharto", "Suharto"),
        ("number", "1.250", 1250, "1.250"),
        ("rupiah", "Rp1.500.000,-", 1500000, "Rp1.500.000"),
        ("phone", "0812-3456-7801", "+6281234567801", "0812-3456-7801"),
        ("email", "Siti@Contoh.ID", "siti@contoh.id", "siti@contoh.id"),
        ("area", "35.05.10.2011", "35.05.10.2011", "Desa Sawentar, Kecamatan Kanigoro"),
    ],
)
def test_typed_is_cleaned_stored_and_shown(kind: str, typed: str, stored: object, shown: str) -> None:
    this, question = kinds.kind(kind), spec(kind)
    value = cleaned(kind, typed)
    assert (this.to_json(value), this.display(stored, question)) == (stored, shown)
    assert this.from_json(stored) == value
    assert cleaned(kind, this.typed(stored)) == value
    assert cleaned(kind, this.text_of(stored, question)) == value


@pytest.mark.parametrize(
    ("kind", "typed", "more", "code"),
    [
        ("text", "\x00", {}, "text.control"),
        ("text", "\ud800", {}, "text.control"),
        ("text", "a" * 201, {}, "text.long"),
        ("text", "abc", {"min_length": 5}, "text.short"),
        ("text", "a" * 30_000, {"max_length": 10_000}, "text.long"),
        ("text", "\u200b", {}, "required"),
        ("date", "31-02-1995", {}, "date.impossible"),
        ("date", "17-8-95", {}, "date.shape"),
        ("date", "22-11-2026", {"latest": "today"}, "date.future"),
        ("date", "31-12-1899", {"earliest": "1900-01-01"}, "date.early"),
        ("time", "25.00", {}, "time.impossible"),
        ("time", "setengah tiga", {}, "time.shape"),
        ("choice", "lainnya", {}, "invalid_choice"),
        ("yes_no", "mungkin", {}, "invalid_choice"),
        ("nik", "3505105708950000", {}, "nik.serial"),
        ("nik", "3505103102950001", {}, "nik.date"),
        ("nik", "123", {}, "nik.digits"),
        ("kk", "3505101201010000", {}, "kk.serial"),
        ("name", "R2-D2", {}, "name.characters"),
        ("number", "1,5", {}, "number.shape"),
        ("number", "dua", {"min": 1900, "max": 2100, "width": 4}, "number.between"),
        ("number", "9" * 5000, {}, "number.large"),
        ("number", "-1", {}, "number.small"),
        ("rupiah", "1,500,000", {}, "rupiah.shape"),
        ("rupiah", "2000", {"max": 1000}, "number.large"),
        ("phone", "12345", {}, "phone.shape"),
        ("email", "siti@", {}, "email.shape"),
        ("area", "35.05.99.2011", {}, "invalid_choice"),
        ("text", "", {}, "required"),
    ],
)
def test_refusal_has_a_code_and_an_indonesian_sentence(
    kind: str, typed: str, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        cleaned(kind, typed, **more)
    (error,) = refused.value.error_list
    assert error.code == code
    (sentence,) = error.messages
    assert sentence.endswith(".") and "%" not in sentence
    assert typed == "" or len(typed) < 4 or typed not in sentence


@pytest.mark.parametrize("kind", [code for code in kinds.codes() if code not in ("photo", "document")])
def test_optional_question_may_stay_empty(kind: str) -> None:
    assert cleaned(kind, "", required=False) in (None, "")


def test_every_kernel_code_has_a_sentence() -> None:
    codes = {
        "nik.digits",
        "nik.date",
        "nik.serial",
        "kk.digits",
        "kk.serial",
        "name.empty",
        "name.characters",
    }
    codes |= {"name.long", "phone.shape", "email.shape", "rupiah.shape", "rupiah.large", "date.shape"}
    codes |= {"date.impossible", "text.control", "time.shape", "time.impossible"}
    assert codes <= set(SENTENCES)
    assert set(WARNINGS) == {"nik.placeholder", "nik.region_unknown", "nik.birth_differs", "nik.sex_differs"}


def test_kinds_that_tell_who_somebody_is_are_personal() -> None:
    personal = {code for code in kinds.codes() if kinds.kind(code).personal}
    assert personal == {"nik", "kk", "name", "phone", "email", "photo", "document"}


def test_field_may_be_personal_although_its_kind_is_not() -> None:
    assert kinds.kind("date").is_personal(spec("date", personal=True))
    assert not kinds.kind("name").is_personal(spec("name", personal=False))


@pytest.mark.parametrize(
    ("kind", "fact", "stored"),
    [
        ("choice", "Sewa", "rent"),
        ("choice", "rent", "rent"),
        ("choice", "Kos", None),
        ("number", "003", 3),
        ("number", "?", None),
    ],
)
def test_known_fact_fills_in_only_what_fits(kind: str, fact: str, stored: object) -> None:
    assert kinds.kind(kind).prefill(fact, spec(kind)) == stored


def test_width_shows_leading_zeros() -> None:
    assert kinds.kind("number").display(3, spec("number", width=3)) == "003"


def test_controls_bring_the_right_keyboard() -> None:
    def attrs(kind: str) -> dict[str, Any]:
        return kinds.kind(kind).form_field(spec(kind), CONTEXT).widget.attrs

    assert (
        attrs("nik")["inputmode"] == attrs("date")["inputmode"] == attrs("rupiah")["inputmode"] == "numeric"
    )
    assert (attrs("nik")["autocomplete"], attrs("phone")["autocomplete"]) == ("off", "tel")
    assert attrs("text")["maxlength"] == 200


def test_unknown_kind_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        kinds.kind("nama")
