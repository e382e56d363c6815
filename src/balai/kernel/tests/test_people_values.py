"""No. KK, names, telephone numbers and e-mail addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.email import mask_email, parse_email
from balai.kernel.errors import ValueRefused
from balai.kernel.kk import parse_kk
from balai.kernel.names import bare_name, clean_name, short_name
from balai.kernel.phone import format_phone, mask_phone, parse_phone
from balai.kernel.tests.brief import brief


def code_of(parse: Callable[[str], str], text: str) -> str | None:
    try:
        parse(text)
    except ValueRefused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3505101708950001", None),
        ("3505 1017 0895 0001", None),
        ("350510170895001", "kk.digits"),
        ("350510170895000x", "kk.digits"),
        ("3505101708950000", "kk.serial"),
        ("3505109999990001", None),  # the date of recording is not checked
    ],
)
def test_parse_kk(text: str, code: str | None) -> None:
    assert code_of(parse_kk, text) == code
    if code is None:
        assert len(parse_kk(text)) == 16


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Suharto", "Suharto"),
        ("  Siti   Aminah ", "Siti Aminah"),
        ("H. Bambang Sutejo, S.Sos., M.Si.", "H. Bambang Sutejo, S.Sos., M.Si."),
        ("Nur’aini", "Nur'aini"),
        ("Ma`ruf", "Ma'ruf"),
        ("I Gusti Ayu–Ratna", "I Gusti Ayu-Ratna"),
        ("Müller-Łukasz", "Müller-Łukasz"),
        ("أحمد", "أحمد"),
        ("ꦱꦶꦠꦶ", "ꦱꦶꦠꦶ"),
        ("Jose\u0301", "José"),
        ("M. Yusuf (Alm.)", "M. Yusuf (Alm.)"),
        ("siti", "siti"),
        ("Siti\u200bAminah", "SitiAminah"),
    ],
)
def test_clean_name_keeps_names_as_people_write_them(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name.empty"),
        (" \n\t", "name.empty"),
        ("\u200b", "name.empty"),
        ("Siti2", "name.characters"),
        ("<b>Siti</b>", "name.characters"),
        ("Siti; DROP", "name.characters"),
        ("Siti\x00", "name.characters"),
        ("Siti \U0001f600", "name.characters"),
        ("...", "name.characters"),
        ("\u0301", "name.characters"),
        ("a" * 101, "name.long"),
    ],
)
def test_clean_name_refuses(typed: str, code: str) -> None:
    assert code_of(clean_name, typed) == code


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Siti Aminah", "Siti A."),
        ("Suharto", "Suharto"),
        ("Siti Nur Aminah", "Siti A."),
        ("H. Bambang Sutejo, S.Sos.", "Bambang S."),
        ("Hj. Dra. Sri Wahyuni", "Sri W."),
        ("Hj", "Hj"),
        ("Prof. Dr. Ir. Hadi", "Hadi"),
        ("nur aini", "nur A."),
        ("Budi (Alm.)", "Budi A."),
        ("", ""),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Drs. H. Bambang Sutejo, M.Si.", "bambang sutejo"),
        ("BAMBANG  SUTEJO", "bambang sutejo"),
        ("Siti Nur'aini", "siti nuraini"),
        ("André", "andre"),
        ("Haji", "haji"),
    ],
)
def test_bare_name(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    "typed",
    [
        "081234567801",
        "0812-3456-7801",
        "0812 3456 7801",
        "+6281234567801",
        "+62 812-3456-7801",
        "+62 (0)812 3456 7801",
        "6281234567801",
        "006281234567801",
        "81234567801",
        "0812.3456.7801",
        "0812\u20113456\u20137801",
    ],
)
def test_parse_phone_reads_every_way_of_writing(typed: str) -> None:
    assert parse_phone(typed) == "+6281234567801"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0812",
        "081234567",
        "08123456789012",
        "+6581234567",
        "0342801234",
        "08o234567801",
        "0012345678",
        "112",
    ],
)
def test_parse_phone_refuses(typed: str) -> None:
    assert code_of(parse_phone, typed) == "phone.shape"


@pytest.mark.parametrize(
    ("typed", "kept"), [("0342-801234", "+62342801234"), ("(021) 500 1234", "+62215001234")]
)
def test_parse_phone_reads_landlines_when_asked(typed: str, kept: str) -> None:
    assert parse_phone(typed, landline_too=True) == kept
    assert code_of(parse_phone, typed) == "phone.shape"


@brief
@given(st.integers(811_000_000, 89_999_999_999))
def test_phone_reads_back_what_it_writes(national: int) -> None:
    phone = f"+62{national}"
    if code_of(parse_phone, phone) is None:
        assert parse_phone(format_phone(phone)) == phone
        assert mask_phone(phone).count("•") == len(phone) - 2 - 6


@pytest.mark.parametrize(
    ("phone", "shown", "masked"),
    [
        ("+6281234567801", "0812-3456-7801", "0812••••••01"),
        ("+628123456780", "0812-3456-780", "0812•••••80"),
        ("+62342801234", "0342801234", "0342••••34"),
        ("112", "112", "••••••••"),
    ],
)
def test_format_and_mask_phone(phone: str, shown: str, masked: str) -> None:
    assert (format_phone(phone), mask_phone(phone)) == (shown, masked)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("siti@contoh.id", "siti@contoh.id"),
        (" Siti.Aminah@Contoh.ID ", "siti.aminah@contoh.id"),
        ("a+b_c@sub.contoh.co.id", "a+b_c@sub.contoh.co.id"),
    ],
)
def test_parse_email_has_one_spelling(typed: str, kept: str) -> None:
    assert parse_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "siti",
            "siti@",
            "@contoh.id",
            "siti@contoh",
            "siti@@contoh.id",
            "siti@contoh..id",
            ".s@contoh.id",
        ),
        *(
            "s..i@contoh.id",
            "siti aminah@contoh.id",
            "siti@-contoh.id",
            "siti@contoh.1d2-",
            "s@contoh.id\nBcc: x@y.id",
        ),
        *("a" * 65 + "@contoh.id", "a@" + "b" * 250 + ".id", "siti@contoh.id\x00", "siti,budi@contoh.id"),
    ],
)
def test_parse_email_refuses(typed: str) -> None:
    assert code_of(parse_email, typed) == "email.shape"


@pytest.mark.parametrize(
    ("address", "masked"), [("siti@contoh.id", "s•••@contoh.id"), ("x", "•••"), ("", "•••")]
)
def test_mask_email(address: str, masked: str) -> None:
    assert mask_email(address) == masked


TROUBLE = st.text("aZ9é'`.-–,()/@+ \n\t\x00\u200b\u202e\u0301\ud800ꦱ😀<", max_size=30)


@brief
@given(TROUBLE)
def test_every_text_gives_a_value_or_a_code_of_its_kind(text: str) -> None:
    for parse, package in (
        (clean_name, "name"),
        (parse_phone, "phone"),
        (parse_email, "email"),
        (parse_kk, "kk"),
    ):
        code = code_of(parse, text)
        assert code is None or code.startswith(f"{package}.")


@brief
@given(TROUBLE)
def test_clean_name_changes_nothing_the_second_time(text: str) -> None:
    if code_of(clean_name, text) is None:
        assert clean_name(clean_name(text)) == clean_name(text)
