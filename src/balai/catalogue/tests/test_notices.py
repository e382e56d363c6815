"""Texts of notices: what may stand in them, how long they may be, and which words hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.management import call_command

from balai.catalogue import engine as registry
from balai.catalogue import running
from balai.catalogue.notices import IN_TEXT, LONGEST, filled, read_notices
from balai.catalogue.schema import ServiceDefinition

PERSONAL = '"{%s}" is personal: strangers read notices; say it on the page instead.'
GOOD = """[ready.id]
subject = "Berkas {number}"
short = "Berkas {number} siap. {link}"
text = "Berkas {number} ({service}) siap di {office}."
"""


class Teller(registry.Engine):
    """An engine that tells two things."""

    code: ClassVar[str] = "teller"
    news: ClassVar[frozenset[str]] = frozenset({"ready", "returned"})


@pytest.fixture
def teller() -> Iterator[None]:
    running.current()  # before the engines change: what is read stays
    known = {each.code: each for each in registry.engines()}
    for code in known:
        registry.unregister(code)
    registry.register(Teller)
    yield
    registry.unregister("teller")
    for each in known.values():
        registry.register(each)


def service() -> ServiceDefinition:
    """A service of the town, as if it were the teller's."""
    return running.current().by_id("village/business-statement").model_copy(update={"engine": "teller"})


def write(folder: Path, text: str, name: str = "_shared") -> Path:
    file = folder / "services" / name / "notices.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return folder / "services"


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in read_notices(folder, [service()])[1]]


@pytest.mark.parametrize(
    ("was", "becomes", "line", "sentence"),
    [
        ("{link}", "{lnik}", 3, 'nothing gives "{lnik}"; known are letter, link, number, product, town.'),
        ("{link}", "{nik}", 3, PERSONAL % "nik"),
        (
            "{office}",
            "{name}",
            4,
            '"{name}" is personal: strangers read notices; say it on the page instead.',
        ),
        ("{link}", "{business_name}", 3, PERSONAL % "business_name"),
        (
            '"Berkas {number}"',
            '"{service} {number}"',
            2,
            '"{service}" says too much for a locked screen; it may stand in "text" only.',
        ),
        ("siap. ", "siap. " + "Ambil ya. " * 6, 3, '"short" takes up to 168 places, one SMS has 160.'),
        (
            "siap. ",
            "siap… ",
            3,
            '"short" takes up to 108 places, one SMS has 70 (a sign outside the SMS alphabet leaves 70).',
        ),
        ("{link}", "{link", 3, "a brace stands alone; a place is written {number}."),
        ("ready.id", "ready.su", 1, "\"su\" must be one of 'id', 'jv' or 'en', not 'su'."),
        ("subject =", "subjct =", 1, 'the key "subject" is missing.'),
        ("text = ", "text = 5 #", 4, '"text" must be a text in quotes.'),
        ("[ready.id]", "[ready.id", 1, "this is not TOML: expected ']' at the end of a table declaration."),
    ],
)
def test_fault_is_told_with_its_line(
    tmp_path: Path, teller: None, was: str, becomes: str, line: int, sentence: str
) -> None:
    returned = GOOD.replace("ready", "returned")
    folder = write(tmp_path, GOOD.replace(was, becomes, 1) + returned)
    assert f"services/_shared/notices.toml:{line}: {sentence}" in faults(folder)


def test_news_without_words_is_a_fault(tmp_path: Path, teller: None) -> None:
    folder = write(tmp_path, GOOD)
    assert faults(folder) == [
        'services/_shared/notices.toml:1: the news "returned" has no words: add [returned.id].'
    ]


def test_a_service_tells_only_what_its_engine_tells(tmp_path: Path, teller: None) -> None:
    write(tmp_path, GOOD + GOOD.replace("ready", "returned"))
    folder = write(tmp_path, GOOD.replace("ready", "raedy"), service().id)
    assert faults(folder) == [
        f"services/{service().id}/notices.toml:1: "
        'nobody tells the news "raedy"; it is one of ready, returned.'
    ]


def test_a_services_own_words_replace_one_language_only(tmp_path: Path, teller: None) -> None:
    shared = GOOD + GOOD.replace("ready.id", "ready.en") + GOOD.replace("ready", "returned")
    folder = write(tmp_path, shared)
    write(tmp_path, GOOD.replace("siap.", "jadi."), service().id)
    notices, found = read_notices(folder, [service()])
    assert found == []
    words = notices.wordings(service().id, "ready")
    assert {language: "jadi" in notice.short for language, notice in words.items()} == {
        "id": True,
        "en": False,
    }
    assert (notices.is_own(service().id, "ready", "id"), notices.is_own(service().id, "ready", "en")) == (
        True,
        False,
    )
    with pytest.raises(LookupError, match="sold"):
        notices.wordings(service().id, "sold")


def test_every_shipped_notice_can_be_filled_in_three_languages() -> None:
    values = {name: "x" * LONGEST.get(name, 10) for name in IN_TEXT}
    book = running.current().notices.shared
    assert {"returned", "ready", "rejected", "issued", "revoked", "reminder"} <= book.keys()
    for news, wordings in book.items():
        assert wordings.keys() == {"id", "jv", "en"}, news
        for notice in wordings.values():
            assert "{" not in "".join(
                filled(part, values) for part in (notice.subject, notice.short, notice.text)
            )


def test_templates_for_the_platform_are_printed_with_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("notice_templates")
    lines = capsys.readouterr().out.splitlines()
    assert "balai_ready | id | Surat berkas {{number}} siap diambil. Bawa KTP. Lihat {{link}}" in lines
    assert [line for line in lines if "| jv |" in line] == []
