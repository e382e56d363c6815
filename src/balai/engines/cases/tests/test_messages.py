"""What applicants are told, and STATUS by message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.engines.cases import actions
from balai.engines.cases.actions.filing import GUESSES_PER_NUMBER
from balai.engines.cases.models import Case
from balai.engines.cases.rules.messages import NEWS
from balai.engines.cases.tasks import wordings
from balai.engines.cases.tests import factories as make
from balai.kernel.case_number import make_case_number, read_number_and_pin
from balai.kernel.references import SYSTEM
from balai.kernel.sms_text import sms_parts
from balai.notify import actions as notify
from balai.notify.models import Address, Message
from balai.notify.replies import Question
from balai.people.models import Citizen

OWN = Address("phone", "+6281234567801")
OTHER = Address("phone", "+6281234567899")
NUMBER = make_case_number("SKU", 2026, "4831776")
WRONG_CHECK = f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}"


def ask(text: str, address: Address = OTHER) -> str:
    reply = actions.answer_status(Question("i", "sms", address, "STATUS", text, f"STATUS {text}"))
    assert reply is not None
    return reply.text


def file_case() -> tuple[Case, str]:
    town = make.make_town()
    receipt = make.submit(town.siti)
    return receipt.case, receipt.pin


@pytest.mark.django_db
def test_own_phone_is_told_by_the_number_alone_without_anything_personal() -> None:
    case, _pin = file_case()
    told = ask(case.number, OWN)
    assert told.startswith(f"Berkas {case.number}: Sedang diproses. Selengkapnya di ")
    assert sms_parts(told) == 1
    assert [text for text in ("Siti", "3505", "usaha", "Sawentar") if text in told] == []


@pytest.mark.django_db
def test_another_phone_needs_the_pin_and_learns_nothing_before() -> None:
    case, pin = file_case()
    unknown = make_case_number("SKU", 2026, "0000001")
    asked, asked_in_vain = ask(case.number), ask(unknown)
    assert asked.replace(case.number, "") == asked_in_vain.replace(unknown, "")
    assert "PIN" in asked
    assert ask(f"{case.number} 000000") == ask(f"{unknown} 000000")
    assert "Sedang diproses" in ask(f"{case.number} {pin}")
    assert "/saya/" not in ask(f"{case.number} {pin}")


@pytest.mark.django_db
def test_pins_are_not_guessed_by_message() -> None:
    case, pin = file_case()
    for guess in range(GUESSES_PER_NUMBER):
        ask(f"{case.number} {guess:06}")
    assert "Terlalu banyak percobaan" in ask(f"{case.number} {pin}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "berkas saya", "SKU-2026", f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}"]
)
def test_question_that_names_no_number_gets_an_example(text: str) -> None:
    assert "contohnya" in ask(text)


@pytest.mark.django_db
def test_news_goes_in_the_language_and_to_the_contact_of_the_applicant(run_jobs) -> None:
    town = make.make_town()
    notify.set_preferences(
        by=SYSTEM,
        owner=town.siti.as_subject(),
        language="jv",
        channels=("sms",),
        stopped=(),
        addresses=(),
    )
    case = make.returned(town, make.PURPOSE_TARGET)
    run_jobs()
    message = Message.objects.get(about_id=str(case.pk))
    assert (message.owner_id, message.language, message.template) == (str(town.siti.pk), "jv", "returned")
    assert "kedah dipundandosi" in message.short.clear
    assert message.parameters.clear.keys() == {"number", "link"}


@pytest.mark.django_db
def test_every_news_has_words_in_one_sms_that_name_nobody() -> None:
    case, _pin = file_case()
    personal = ("Siti", "Aminah", Citizen.objects.get(pk=case.applicant_id).nik.clear, "Kanigoro")
    for news in NEWS:
        for wording in wordings(case, news).values():
            assert sms_parts(wording.short) == 1
            whole = f"{wording.subject} {wording.short} {wording.text}"
            assert [text for text in personal if text in whole] == []


@given(
    st.from_regex(r"[A-Z]{2,5}", fullmatch=True),
    st.integers(2020, 2099),
    st.from_regex(r"[0-9]{7}", fullmatch=True),
    st.one_of(st.just(""), st.from_regex(r"[0-9]{6}", fullmatch=True)),
    st.sampled_from(["", "no ", "Nomor: ", "no."]),
    st.sampled_from([" ", " PIN ", ", pin: ", "\n"]),
    st.sampled_from(["-", " ", "", ".", "/"]),
    st.booleans(),
)
def test_number_and_pin_are_read_however_they_are_typed(
    prefix, year, digits, pin, before, between, mark, is_small
) -> None:
    number = make_case_number(prefix, year, digits)
    typed = f"{before}{number.replace('-', mark)}{between if pin else ''}{pin}"
    assert read_number_and_pin(typed.lower() if is_small else typed) == (number, pin)


@given(st.text(max_size=120))
def test_any_text_is_read_or_not(text: str) -> None:
    number, pin = read_number_and_pin(text)
    assert bool(number) or not pin
